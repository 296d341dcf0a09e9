namespace ChatDesk.LinePlatform.Desk;

/// <summary>The real PostgreSQL of a run: one server, or several of which one leads.</summary>
internal interface IPostgres : IAsyncDisposable
{
    /// <summary>For the desk's <c>Ledger:ConnectionString</c>.</summary>
    string ConnectionString { get; }

    /// <summary>Makes it and starts it.</summary>
    /// <exception cref="PlatformException">Something is not installed, or does not start.</exception>
    Task CreateAsync(CancellationToken cancel);

    /// <summary>The one that leads crashes, and is started again after a while; returns when all stand in their places again.</summary>
    Task StrikeAsync(TimeSpan down, CancellationToken cancel);

    /// <summary>All of it is gone for so long.</summary>
    Task LeaveAsync(TimeSpan away, CancellationToken cancel);
}
