namespace ChatDesk.LineSimulator.Channel;

/// <summary>
/// Retry keys of accepted calls, remembered for 24 hours; after that the same key is a new message (ref@223000).
/// Only acceptance is remembered: a call that was refused may come again with the same key.
/// </summary>
internal sealed class RetryKeys(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, AcceptedCall> keys = [];
    private readonly Queue<(Guid Key, DateTimeOffset At)> byAge = new();
    private long conflicts;

    /// <summary>How many calls were answered 409 so far.</summary>
    public long Conflicts => Interlocked.Read(ref conflicts);

    /// <returns>The call that was accepted under this key, or null when the key is free.</returns>
    public AcceptedCall? Find(Guid key)
    {
        lock (gate)
        {
            while (byAge.TryPeek(out var oldest) && time.GetUtcNow() - oldest.At >= Life) keys.Remove(byAge.Dequeue().Key);
            if (!keys.TryGetValue(key, out var call)) return null;
            conflicts++;
            return call;
        }
    }

    public void Remember(Guid key, AcceptedCall call)
    {
        lock (gate)
        {
            keys[key] = call;
            byAge.Enqueue((key, call.At));
        }
    }
}
