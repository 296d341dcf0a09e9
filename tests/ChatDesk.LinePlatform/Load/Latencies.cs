namespace ChatDesk.LinePlatform.Load;

/// <summary>Times in milliseconds, gathered from many threads.</summary>
internal sealed class Latencies
{
    private readonly Lock gate = new();
    private readonly List<double> values = [];

    public int Count
    {
        get
        {
            lock (gate) return values.Count;
        }
    }

    public double Max => Percentile(100);

    public void Add(TimeSpan time)
    {
        lock (gate) values.Add(time.TotalMilliseconds);
    }

    /// <returns>The smallest value that <paramref name="percent"/> per cent of all do not exceed; 0 when there are none.</returns>
    public double Percentile(double percent)
    {
        lock (gate)
        {
            if (values.Count == 0) return 0;
            values.Sort();
            return values[Math.Clamp((int)Math.Ceiling(percent / 100 * values.Count) - 1, 0, values.Count - 1)];
        }
    }
}
