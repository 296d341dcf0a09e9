namespace ChatDesk.Handover.Queue;

/// <summary>How far an agency's desk has come.</summary>
/// <param name="Agency">Whose.</param>
/// <param name="Seq">The number of its newest event.</param>
/// <param name="Rewritten">How often old events were changed.</param>
internal readonly record struct DeskHead(string Agency, long Seq, long Rewritten);

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
