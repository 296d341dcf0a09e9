using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>What happened to a board.</summary>
/// <param name="Snapshot">The lists as they are now.</param>
/// <param name="Events">What led here, in order; empty after a gap.</param>
/// <param name="Gap">Events were missed for good: whatever was built from events must be read anew.</param>
internal sealed record BoardChange(DeskSnapshot Snapshot, IReadOnlyList<DeskEvent> Events, bool Gap);

/// <summary>
/// One agency's lists, kept current for all of its open pages in this process: the ledger is asked once for each change,
/// however many officers look on. Pages share the immutable snapshot.
/// </summary>
internal sealed class AgencyBoard(string agency, IOfficerQueue queue) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);
    private volatile DeskSnapshot? _snapshot;

    /// <summary>Raised in order, one change at a time, on the reader's thread: handlers must be quick.</summary>
    public event Action<BoardChange>? Changed;

    /// <summary>The lists as last read.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read yet: <see cref="CatchUpAsync"/> first.</exception>
    public DeskSnapshot Snapshot => _snapshot ?? throw new InvalidOperationException("the board was not read yet");

    public void Dispose() => _reading.Dispose();

    /// <summary>Reads everything there is; when it ends, all of it was handed to <see cref="Changed"/>.</summary>
    public async Task CatchUpAsync()
    {
        await _reading.WaitAsync();
        try
        {
            if (_snapshot is null) _snapshot = await queue.SnapshotAsync(agency);
            else while (await StepAsync()) { }
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <returns>True when there may be more.</returns>
    private async Task<bool> StepAsync()
    {
        var before = Snapshot;
        var news = await queue.EventsAfterAsync(agency, before.Seq);
        if (news.Gap)
        {
            _snapshot = await queue.SnapshotAsync(agency);
            Changed?.Invoke(new BoardChange(_snapshot, [], Gap: true));
            return false;
        }
        if (news.Events.Count == 0) return false;
        var after = news.Events.Aggregate(before, static (snapshot, change) => snapshot.After(change));
        _snapshot = after;
        Changed?.Invoke(new BoardChange(after, news.Events, Gap: false));
        return news.Last > after.Seq;
    }
}
