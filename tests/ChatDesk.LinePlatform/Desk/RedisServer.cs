namespace ChatDesk.LinePlatform.Desk;

/// <summary>One real redis-server with its append-only file in the run folder.</summary>
internal sealed class RedisServer(string folder) : IRedis
{
    /// <summary>What every Redis of a run writes down, and how.</summary>
    public static readonly string[] Kept = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""];

    private readonly RedisNode node = new(folder, Kept);

    public string Configuration => $"127.0.0.1:{node.Port},abortConnect=false";

    /// <summary>For clients that take an address.</summary>
    public Uri Url => new($"redis://127.0.0.1:{node.Port}");

    public int Id => node.Id;

    public Task StartAsync(CancellationToken cancel) => node.StartAsync(cancel);

    /// <summary>kill -9, until <see cref="StartAsync"/>.</summary>
    public Task KillAsync() => node.KillAsync();

    public Task StrikeAsync(TimeSpan down, CancellationToken cancel) => LeaveAsync(down, cancel);

    public async Task LeaveAsync(TimeSpan away, CancellationToken cancel)
    {
        await KillAsync();
        await Task.Delay(away, cancel);
        await StartAsync(cancel);
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        var answer = await node.AskAsync(cancel, "FLUSHALL");
        if (answer != "OK") throw new PlatformException($"FLUSHALL was answered by: {answer}");
    }

    public async Task<long> KeyCountAsync(CancellationToken cancel) => long.TryParse(await node.AskAsync(cancel, "DBSIZE"), out var count) ? count : -1;

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
