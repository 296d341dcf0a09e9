namespace ChatDesk.Channels.Line.Sending;

/// <summary>How long to wait before the next try: 1 s, 2 s, 4 s … at most 5 minutes, each drawn anew between nothing and that ("full jitter").</summary>
internal sealed class LineBackoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    /// <summary>LINE asks not to come back at once, so not even luck may draw zero.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();

    /// <param name="failures">How many tries failed before this one.</param>
    public TimeSpan Next(int failures)
    {
        var ceiling = failures >= 9 ? Most : Min(First * (1 << Math.Max(0, failures)), Most);
        return Spread(ceiling);
    }

    /// <returns>Some time up to <paramref name="ceiling"/>, so that many who wait do not come back together.</returns>
    public TimeSpan Spread(TimeSpan ceiling)
    {
        // An injected Random, unlike Random.Shared, is not made for several threads.
        lock (_gate) return Max(Least, ceiling * random.NextDouble());
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
