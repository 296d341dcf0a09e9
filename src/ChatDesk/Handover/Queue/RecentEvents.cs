using System.Collections.Concurrent;

namespace ChatDesk.Handover.Queue;

/// <summary>The newest events of each agency, in memory: a hundred pages that catch up read them once.</summary>
internal sealed class RecentEvents
{
    private const int Kept = 4_096;

    private readonly ConcurrentDictionary<string, Ring> _rings = new(StringComparer.Ordinal);

    public void Add(string agency, IReadOnlyList<DeskEvent> events)
    {
        var ring = _rings.GetOrAdd(agency, _ => new Ring());
        lock (ring)
        {
            foreach (var change in events) ring.Add(change);
        }
    }

    /// <summary>Drops an agency's copies: the file has changed behind them.</summary>
    public void Forget(string agency) => _rings.TryRemove(agency, out _);

    /// <summary>The newest number of an agency in this process; 0 before the first.</summary>
    public long Last(string agency) => _rings.TryGetValue(agency, out var ring) ? Volatile.Read(ref ring.Last) : 0;

    /// <returns>Null when they begin later than asked for: read the file.</returns>
    public List<DeskEvent>? After(string agency, long seq, int max)
    {
        if (!_rings.TryGetValue(agency, out var ring)) return null;
        lock (ring) return ring.After(seq, max);
    }

    private sealed class Ring
    {
        private readonly DeskEvent?[] _events = new DeskEvent?[Kept];
        private long _first = -1;
        public long Last = -1;

        public void Add(DeskEvent change)
        {
            if (_first < 0) _first = change.Seq;
            Last = change.Seq;
            _events[change.Seq % Kept] = change;
            _first = Math.Max(_first, Last - Kept + 1);
        }

        public List<DeskEvent>? After(long seq, int max)
        {
            if (_first < 0 || seq + 1 < _first) return null;
            var events = new List<DeskEvent>();
            for (var next = seq + 1; next <= Last && events.Count < max; next++) events.Add(_events[next % Kept]!);
            return events;
        }
    }
}
