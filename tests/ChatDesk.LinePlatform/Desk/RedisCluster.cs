using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>A real Redis Cluster: three masters, each with a replica that takes its place.</summary>
internal sealed class RedisCluster(string folder, int seed) : IRedis
{
    private const int Masters = 3;

    private readonly Random random = new(seed);
    private readonly RedisNode[] nodes =
    [
        .. Enumerable.Range(1, 2 * Masters).Select(n => new RedisNode(
            Path.Combine(folder, $"{n}"),
            [.. RedisServer.Kept, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-port", $"{FreePort.Pick()}"])),
    ];

    public string Configuration => string.Join(',', nodes.Select(n => $"127.0.0.1:{n.Port}")) + ",abortConnect=false";

    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var node in nodes) await node.StartAsync(cancel);
        var start = new ProcessStartInfo("redis-cli", ["--cluster", "create", .. nodes.Select(n => $"127.0.0.1:{n.Port}"), "--cluster-replicas", "1", "--cluster-yes"])
        {
            RedirectStandardOutput = true,
        };
        using var making = Process.Start(start)!;
        var printed = await making.StandardOutput.ReadToEndAsync(cancel);
        await making.WaitForExitAsync(cancel);
        if (making.ExitCode != 0) throw new PlatformException($"the Redis Cluster could not be made: {printed}");
        await InPlaceAsync(cancel);
    }

    public async Task StrikeAsync(TimeSpan down, CancellationToken cancel)
    {
        var masters = await MastersAsync(cancel);
        var struck = masters[random.Next(masters.Count)];
        await struck.KillAsync();
        await RedisNode.UntilAsync(async () => (await MastersAsync(cancel)).Count == Masters, "no replica took the place of the killed master", cancel);
        await Task.Delay(down, cancel);
        await struck.StartAsync(cancel);
        await InPlaceAsync(cancel);
    }

    public async Task LeaveAsync(TimeSpan away, CancellationToken cancel)
    {
        foreach (var node in nodes) await node.KillAsync();
        await Task.Delay(away, cancel);
        foreach (var node in nodes) await node.StartAsync(cancel);
        await InPlaceAsync(cancel);
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        foreach (var master in await MastersAsync(cancel)) await master.AskAsync(cancel, "FLUSHALL");
    }

    public async Task<long> KeyCountAsync(CancellationToken cancel)
    {
        var sum = 0L;
        foreach (var master in await MastersAsync(cancel)) sum += long.Parse(await master.AskAsync(cancel, "DBSIZE"), System.Globalization.CultureInfo.InvariantCulture);
        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
    }

    private async Task<List<RedisNode>> MastersAsync(CancellationToken cancel)
    {
        var roles = await Task.WhenAll(nodes.Select(n => n.IsMasterAsync(cancel)));
        return [.. nodes.Where((_, n) => roles[n])];
    }

    /// <summary>Every slot is served, and every master has somebody to stand in for it.</summary>
    private Task InPlaceAsync(CancellationToken cancel) => RedisNode.UntilAsync(
        async () =>
        {
            var follow = await Task.WhenAll(nodes.Select(n => n.FollowsAsync(cancel)));
            var healthy = await Task.WhenAll(nodes.Select(async n => (await n.AskAsync(cancel, "CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal)));
            return follow.Count(f => f) == Masters && healthy.All(h => h);
        },
        "the Redis Cluster did not come into order", cancel);
}
