namespace ChatDesk.Channels.Web.Access;

/// <summary>
/// How often one key (a conversation, an address) may do a thing: a bucket that holds <paramref name="burst"/> and fills by
/// <paramref name="perMinute"/> a minute. Bounded: keys whose bucket is full again are forgotten.
/// </summary>
/// <param name="name">Which limit this is.</param>
/// <param name="burst">At once.</param>
/// <param name="perMinute">In the long run.</param>
/// <param name="time">The desk's clock.</param>
/// <param name="shared">What other replicas let pass; null for a desk alone.</param>
internal sealed class Throttle(string name, int burst, int perMinute, TimeProvider time, SharedBuckets? shared = null)
{
    private const int KeysBeforeSweep = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private int _sweepAt = KeysBeforeSweep;

    private readonly double _perSecond = perMinute / 60d;

    /// <summary>Counts here, and then at all replicas: what this one refuses by itself costs nobody else anything.</summary>
    /// <inheritdoc cref="Take"/>
    public ValueTask<TimeSpan?> TakeAsync(string key, int cost = 1) =>
        Take(key, cost) is { } wait ? new(wait) : shared is null ? default : shared.TakeAsync(name, key, burst, perMinute, cost);

    /// <returns>Null when it may be done now (and it counts), else how long to wait.</returns>
    private TimeSpan? Take(string key, int cost)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var level = _buckets.TryGetValue(key, out var bucket) ? Level(bucket, now) : burst;
            if (level < cost) return TimeSpan.FromSeconds((cost - level) / _perSecond);
            _buckets[key] = new(level - cost, now);
            if (_buckets.Count > _sweepAt) Sweep(now);
            return null;
        }
    }

    private double Level(Bucket bucket, long now) => Math.Min(burst, bucket.Level + (time.GetElapsedTime(bucket.At, now).TotalSeconds * _perSecond));

    private void Sweep(long now)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (Level(bucket, now) >= burst) _buckets.Remove(key);
        }
        // Under a flood of keys that are all in use, sweeping each time would cost more than the memory.
        _sweepAt = Math.Max(KeysBeforeSweep, _buckets.Count * 2);
    }

    private readonly record struct Bucket(double Level, long At);
}
