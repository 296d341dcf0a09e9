using System.Collections.Concurrent;

namespace ChatDesk.Cases.Tracking;

/// <summary>
/// Slows down guessing: after so many misses on one thing (a number, an address) it is closed for a while. In memory: a
/// restart forgives, and with 25,600,000,000 codes that helps nobody.
/// </summary>
internal sealed class TrackingBrake(TimeProvider time)
{
    private const int Misses = 10;
    private const int Kept = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>False while it is closed.</summary>
    public bool Passes(string what) => !_counts.TryGetValue(what, out var count) || count.Misses < Misses || time.GetUtcNow() - count.Since >= Window;

    public void Miss(string what)
    {
        var now = time.GetUtcNow();
        if (_counts.Count >= Kept) Forget(now);
        _counts.AddOrUpdate(what, _ => new Count(1, now), (_, old) => now - old.Since >= Window ? new Count(1, now) : old with { Misses = old.Misses + 1 });
    }

    /// <summary>Somebody who fills the memory with made-up numbers only shortens everybody's wait.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (what, count) in _counts)
        {
            if (now - count.Since >= Window) _counts.TryRemove(what, out _);
        }
        if (_counts.Count >= Kept) _counts.Clear();
    }

    private sealed record Count(int Misses, DateTimeOffset Since);
}
