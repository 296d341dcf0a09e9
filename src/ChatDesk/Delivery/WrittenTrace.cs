namespace ChatDesk.Delivery;

/// <summary>What a reply handle's trace, read back from the ledger, is worth.</summary>
internal static class WrittenTrace
{
    /// <summary>No provider's free handle is tried when older than this (LINE promises one minute).</summary>
    private static readonly TimeSpan HandleLife = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What was written, unless whoever wrote it may have died in the middle of the next try. If that try could still be made
    /// with the handle, the handle may be used.
    /// </summary>
    /// <param name="written">The row's trace.</param>
    /// <param name="handleAt">When the handle was received, in milliseconds since 1970; null without a handle.</param>
    /// <param name="nextAt">When the row was due to be tried.</param>
    /// <param name="partsDone">Parts that arrived: only the first can have used the handle.</param>
    /// <param name="isExact">Whether it is known that the last try ended as written.</param>
    public static ReplyTrace Read(ReplyTrace written, long? handleAt, long nextAt, int partsDone, bool isExact)
    {
        if (handleAt is not { } at || written is ReplyTrace.MaybeUsed or ReplyTrace.Refused || isExact) return written;
        return nextAt - at < HandleLife.TotalMilliseconds && partsDone == 0 ? ReplyTrace.MaybeUsed : written;
    }
}
