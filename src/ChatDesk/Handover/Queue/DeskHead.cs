namespace ChatDesk.Handover.Queue;

/// <summary>How far an agency's desk has come.</summary>
/// <param name="Agency">Whose.</param>
/// <param name="Seq">The number of its newest event.</param>
/// <param name="Rewritten">How often old events were changed.</param>
/// <param name="News">Its events since the newest one that was heard of; null when they were not asked for.</param>
internal readonly record struct DeskHead(string Agency, long Seq, long Rewritten, IReadOnlyList<HeardEvent>? News = null);

/// <summary>An event as it is read from the ledger.</summary>
/// <param name="At">When it was written, in milliseconds since 1970.</param>
/// <param name="Event">What happened.</param>
internal readonly record struct HeardEvent(long At, DeskEvent Event);

/// <summary>What the ledger must know of a conversation's handover. Stored as a number: never renumber.</summary>
internal enum DeskFloor
{
    /// <summary>No handover is open.</summary>
    Bot = 0,

    /// <summary>One is open; the bot answers meanwhile.</summary>
    Waiting = 1,

    /// <summary>An officer has it: the bot is silent.</summary>
    Officer = 2,
}
