using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// One conversation handed to one worker, with everything that is due in it: first what was said but has not arrived,
/// then what the contact said. No other worker gets it until <see cref="ILedger.Release"/>.
/// </summary>
internal sealed record ClaimedConversation
{
    public required long Id { get; init; }

    /// <summary>The ledger's own mark of this claim, where it keeps one.</summary>
    public Guid Claim { get; init; }

    public required ConversationKey Key { get; init; }

    /// <summary>Number of the last committed turn: the fence for the next commit, and the stamp of the session state.</summary>
    public required long Turn { get; init; }

    /// <summary>False after the contact left: replies may go, pushes may not.</summary>
    public required bool Reachable { get; init; }

    /// <summary>Rows of the outbox not settled yet, oldest first.</summary>
    public required IReadOnlyList<OutboxItem> Unsettled { get; init; }

    /// <summary>True when something said earlier may not be tried yet and officers have the floor: turns go on, but what they say waits in line.</summary>
    public bool HeldBack { get; init; }

    /// <summary>Whether an officer had the floor when it was claimed: then what cannot leave holds up what is said next, but not its turn.</summary>
    public bool WithOfficer { get; init; }

    /// <summary>False when what is held back may have been half sent by a former holder; whoever tries it must reckon with that.</summary>
    public bool LeftInOrder { get; init; } = true;

    /// <summary>Events without a turn, by the time they happened, then by arrival.</summary>
    public required IReadOnlyList<InboxItem> Pending { get; init; }
}
