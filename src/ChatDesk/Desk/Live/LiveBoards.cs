using System.Collections.Concurrent;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>The boards of all agencies that have a page open, or had one since the start. Turns signals of the feed into readings: however many signals come while one is read, one more reading follows.</summary>
internal sealed class LiveBoards : IDisposable
{
    private readonly ConcurrentDictionary<string, Watched> _boards = new(StringComparer.Ordinal);
    private readonly IOfficerQueue _queue;
    private readonly DeskFeed _feed;
    private readonly ILogger<LiveBoards> _log;

    public LiveBoards(IOfficerQueue queue, DeskFeed feed, ILogger<LiveBoards> log)
    {
        (_queue, _feed, _log) = (queue, feed, log);
        feed.Changed += Signal;
    }

    /// <summary>The agency's board, current as of the call.</summary>
    public async Task<AgencyBoard> OpenAsync(string agency)
    {
        var board = _boards.GetOrAdd(agency, id => new Watched(new AgencyBoard(id, _queue))).Board;
        await board.CatchUpAsync();
        return board;
    }

    public void Dispose()
    {
        _feed.Changed -= Signal;
        foreach (var watched in _boards.Values) watched.Board.Dispose();
    }

    private void Signal(string agency, long seq)
    {
        if (!_boards.TryGetValue(agency, out var watched)) return;
        // The first signal starts a reader; those that come meanwhile only leave a mark.
        if (Interlocked.Increment(ref watched.Signals) == 1) _ = Task.Run(() => ReadAsync(watched));
    }

    private async Task ReadAsync(Watched watched)
    {
        for (; ; )
        {
            var heard = Volatile.Read(ref watched.Signals);
            try
            {
                await watched.Board.CatchUpAsync();
            }
            catch (LedgerException fault)
            {
                // The next signal tries again; pages also catch up by number whenever they connect.
                _log.LogError(fault, "The desk's pages could not be brought up to date");
            }
            if (Interlocked.CompareExchange(ref watched.Signals, 0, heard) == heard) return;
        }
    }

    private sealed class Watched(AgencyBoard board)
    {
        public int Signals;

        public AgencyBoard Board { get; } = board;
    }
}
