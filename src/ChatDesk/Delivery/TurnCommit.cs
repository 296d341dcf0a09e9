using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>Everything that one turn leaves behind. Kept whole in one transaction, or not at all.</summary>
internal sealed record TurnCommit
{
    public required ClaimedConversation Conversation { get; init; }

    /// <summary>The turn number the worker based its work on; the ledger must still stand there.</summary>
    public required long BasedOnTurn { get; init; }

    public required InboxItem Item { get; init; }

    /// <summary>How the turn ended, from a closed list (<c>kb:slug</c>, <c>handover</c> …).</summary>
    public required string Outcome { get; init; }

    /// <summary>Query, candidates and scores behind the outcome, as JSON.</summary>
    public string? Evidence { get; init; }

    /// <summary>Session state after the turn, as JSON.</summary>
    public required ReadOnlyMemory<byte> Snapshot { get; init; }

    public IReadOnlyList<OutboundActivity> Replies { get; init; } = [];

    public IReadOnlyList<RecordedEffect> Effects { get; init; } = [];

    public IReadOnlyList<TimerChange> Timers { get; init; } = [];

    /// <summary>What other rooms keep with the turn.</summary>
    public IReadOnlyList<TurnPart> Parts { get; init; } = [];

    /// <summary>A reply handle to answer with in place of the activity's own: an earlier message's that is still unused.</summary>
    public ReplyHandle? Handle { get; init; }

    /// <summary>Set when the turn learnt that the contact can (or can no longer) be reached by push.</summary>
    public bool? Reachable { get; init; }

    /// <summary>A message the contact took back: its text, raw bytes and file go.</summary>
    public string? WithdrawnMessageId { get; init; }

    /// <summary>
    /// The contact's text with identity and phone numbers hidden, to replace it everywhere; the raw bytes go. Until its turn
    /// the inbox row is the only copy of a message and keeps it whole.
    /// </summary>
    public string? KeptText { get; init; }

    /// <summary>Set when the activity is given up: the row goes to quarantine with this reason.</summary>
    public string? QuarantineReason { get; init; }
}

/// <summary>Something that a room with tables of its own keeps with a turn, in the same transaction; its partner in the ledger writes it.</summary>
internal abstract record TurnPart;

/// <summary>A provider's free, single-use handle, and when the desk received it (its freshness counts from there).</summary>
internal sealed record ReplyHandle(string Token, DateTimeOffset At);

/// <summary>Something a turn asks another room to do.</summary>
internal sealed record RecordedEffect(string Kind, string? Data = null);

/// <summary>Sets (or, without a time, cancels) the conversation's timer of one kind.</summary>
internal sealed record TimerChange(string Kind, DateTimeOffset? DueAt, string? Data = null);

/// <summary>A turn that is now in the ledger.</summary>
/// <param name="Turn">Its number.</param>
/// <param name="Outbox">What it says, to be sent now; null when it says nothing.</param>
internal sealed record CommittedTurn(long Turn, OutboxItem? Outbox);
