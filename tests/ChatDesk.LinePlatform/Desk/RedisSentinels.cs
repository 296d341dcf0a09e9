namespace ChatDesk.LinePlatform.Desk;

/// <summary>A master, a replica, and three Sentinels that let the replica take the master's place.</summary>
internal sealed class RedisSentinels : IRedis
{
    private const string Service = "chatdesk";

    private readonly string folder;
    private readonly RedisNode[] servers;
    private readonly RedisNode[] sentinels;

    public RedisSentinels(string folder)
    {
        this.folder = folder;
        var master = new RedisNode(Path.Combine(folder, "server1"), RedisServer.Kept);
        servers = [master, new RedisNode(Path.Combine(folder, "server2"), [.. RedisServer.Kept, "--replicaof", "127.0.0.1", $"{master.Port}"])];
        sentinels = [.. Enumerable.Range(1, 3).Select(n => new RedisNode(Path.Combine(folder, $"sentinel{n}"), ConfigurationFile(n), "--sentinel"))];
    }

    public string Configuration => string.Join(',', sentinels.Select(n => $"127.0.0.1:{n.Port}")) + $",serviceName={Service},abortConnect=false";

    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var server in servers) await server.StartAsync(cancel);
        for (var n = 1; n <= sentinels.Length; n++)
        {
            // Sentinels write what they learn into this file.
            Directory.CreateDirectory(Path.GetDirectoryName(ConfigurationFile(n))!);
            await File.WriteAllLinesAsync(ConfigurationFile(n),
            [
                $"sentinel monitor {Service} 127.0.0.1 {servers[0].Port} 2",
                $"sentinel down-after-milliseconds {Service} 2000",
                $"sentinel failover-timeout {Service} 5000",
            ], cancel);
            await sentinels[n - 1].StartAsync(cancel);
        }
        await InPlaceAsync(cancel);
    }

    public async Task StrikeAsync(TimeSpan down, CancellationToken cancel)
    {
        var (master, other) = await servers[0].IsMasterAsync(cancel) ? (servers[0], servers[1]) : (servers[1], servers[0]);
        await master.KillAsync();
        await RedisNode.UntilAsync(() => other.IsMasterAsync(cancel), "the Sentinels made nobody master", cancel);
        await Task.Delay(down, cancel);
        await master.StartAsync(cancel);
        await InPlaceAsync(cancel);
    }

    public async Task LeaveAsync(TimeSpan away, CancellationToken cancel)
    {
        foreach (var server in servers) await server.KillAsync();
        await Task.Delay(away, cancel);
        foreach (var server in servers) await server.StartAsync(cancel);
        await InPlaceAsync(cancel);
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        foreach (var server in servers)
        {
            if (await server.IsMasterAsync(cancel)) await server.AskAsync(cancel, "FLUSHALL");
        }
    }

    public async Task<long> KeyCountAsync(CancellationToken cancel) => long.TryParse(await servers[0].AskAsync(cancel, "DBSIZE"), out var count) ? count : -1;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in sentinels.Concat(servers)) await node.DisposeAsync();
    }

    private string ConfigurationFile(int sentinel) => Path.Combine(folder, $"sentinel{sentinel}", "sentinel.conf");

    /// <summary>One follows the other, and every Sentinel knows both and its two colleagues.</summary>
    private Task InPlaceAsync(CancellationToken cancel) => RedisNode.UntilAsync(
        async () =>
        {
            var follow = await Task.WhenAll(servers.Select(n => n.FollowsAsync(cancel)));
            var known = await Task.WhenAll(sentinels.Select(async n => (await n.AskAsync(cancel, "SENTINEL", "CKQUORUM", Service)).StartsWith("OK 3", StringComparison.Ordinal)));
            var replicas = await Task.WhenAll(sentinels.Select(async n => (await n.AskAsync(cancel, "SENTINEL", "REPLICAS", Service)).Contains("127.0.0.1", StringComparison.Ordinal)));
            return follow.Count(f => f) == 1 && known.All(k => k) && replicas.All(r => r);
        },
        "master, replica and Sentinels did not come into order", cancel);
}
