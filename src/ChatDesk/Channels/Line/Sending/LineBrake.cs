namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// Holds one agency's whole channel back after LINE said "too fast" or refused its token: until then nothing is called,
/// and nobody waits on a thread. The first call that goes through releases it.
/// </summary>
internal sealed class LineBrake(LineBackoff backoff, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _heldUntilTicks;
    private int _failures;

    /// <summary>Why it was pressed last, a machine word.</summary>
    public string Reason { get; private set; } = "";

    /// <returns>When a held-back item should come again (spread, so that not all come at once), or null when the way is free.</returns>
    public DateTimeOffset? Held()
    {
        var until = new DateTimeOffset(Volatile.Read(ref _heldUntilTicks), TimeSpan.Zero);
        var left = until - time.GetUtcNow();
        return left <= TimeSpan.Zero ? null : until + backoff.Spread(left);
    }

    /// <summary>LINE said to go slower; calls under way at that moment that say the same count once.</summary>
    public void Press(string reason)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now.UtcTicks < _heldUntilTicks) return;
            Reason = reason;
            Volatile.Write(ref _heldUntilTicks, (now + backoff.Next(_failures++)).UtcTicks);
        }
    }

    public void Release()
    {
        if (Volatile.Read(ref _failures) == 0) return;
        lock (_gate)
        {
            // A call begun before the brake was pressed proves nothing about now.
            if (time.GetUtcNow().UtcTicks >= _heldUntilTicks) _failures = 0;
        }
    }
}
