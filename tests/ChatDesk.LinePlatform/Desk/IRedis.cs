namespace ChatDesk.LinePlatform.Desk;

/// <summary>The real Redis of a run: one server, or several that stand in for each other.</summary>
internal interface IRedis : IAsyncDisposable
{
    /// <summary>For the desk's <c>Redis:Configuration</c>.</summary>
    string Configuration { get; }

    /// <exception cref="PlatformException">redis-server is not installed, or does not answer.</exception>
    Task StartAsync(CancellationToken cancel);

    /// <summary>Kills the one that leads (of several: one of those) with -9, and brings it back after a while; returns when all stand in their places again.</summary>
    Task StrikeAsync(TimeSpan down, CancellationToken cancel);

    /// <summary>All of it is gone for so long.</summary>
    Task LeaveAsync(TimeSpan away, CancellationToken cancel);

    /// <summary>Loses everything.</summary>
    Task FlushAsync(CancellationToken cancel);

    /// <summary>How many keys it holds; shows that the desk uses it at all.</summary>
    Task<long> KeyCountAsync(CancellationToken cancel);
}
