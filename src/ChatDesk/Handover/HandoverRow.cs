using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>One handover, whole: what the queue, the thread's head and the live feed show. Never changed in place; every change is one more version.</summary>
internal sealed record HandoverRow
{
    public required long Id { get; init; }

    /// <summary>Compare-and-set: counts every change from 1.</summary>
    public required long Version { get; init; }

    public required ConversationKey Conversation { get; init; }

    /// <summary>The ledger's number of the conversation.</summary>
    public required long ConversationId { get; init; }

    public required HandoverState State { get; init; }

    public required HandoverReason Reason { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public HandoverPriority Priority { get; init; }

    /// <summary>Why the priority is above normal, for people: <c>danger</c>, <c>anger</c>, or an officer's words.</summary>
    public string? PriorityReason { get; init; }

    /// <summary>The contact's language, <c>th</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>A skill to look for; null when none is known.</summary>
    public string? Topic { get; init; }

    /// <summary>The unit whose queue it stands in; null for the agency's common one.</summary>
    public string? Unit { get; init; }

    public HandoverPacket Packet { get; init; } = HandoverPacket.Empty;

    /// <summary>As the channel's profile says; null until known or where channels have none.</summary>
    public string? ContactName { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The last line, for the list: its kind and the beginning of its text.</summary>
    public LineKind LastKind { get; init; }

    public string? LastText { get; init; }

    /// <summary><see cref="TranscriptLine.Key"/> of that line, so that it can be forgotten when the contact takes it back.</summary>
    public string? LastKey { get; init; }

    public LineSpeaker LastBy { get; init; }

    public DateTimeOffset LastAt { get; init; }

    /// <summary>Contact's messages since the officer last answered or marked as read.</summary>
    public int Unread { get; init; }

    /// <summary>When the first contact's message came that nobody has answered yet: set once, cleared by an officer's answer only.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    public string? OfficerId { get; init; }

    public string? OfficerName { get; init; }

    /// <summary>When the compare-and-set was won.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When the claim's turn was kept: from here on no bot word leaves. Null while the claim is under way (show "กำลังรับช่วง…").</summary>
    public DateTimeOffset? FloorSince { get; init; }

    /// <summary>Last time its officer said something or took it.</summary>
    public DateTimeOffset? OfficerActedAt { get; init; }

    /// <summary>Set while a transfer waits for an answer; the row stays with its officer until it is accepted.</summary>
    public TransferOffer? Offer { get; init; }

    /// <summary>Set for the seconds in which a close can be undone.</summary>
    public ClosePlan? Closing { get; init; }

    /// <summary>What the contact was promised: a person answers by then.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    /// <summary>When a promised row becomes work of the queue: the next opening.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>An officer's message goes free until then (LINE: the unused reply token). Null: it costs quota, or the channel has none.</summary>
    public DateTimeOffset? FreeUntil { get; init; }

    /// <summary>False after the contact blocked the account: nothing arrives, offer to close.</summary>
    public bool Reachable { get; init; } = true;

    /// <summary>How often it came back to the queue because an officer left or stayed silent.</summary>
    public int Returns { get; init; }

    /// <summary>The handover before this one in the same conversation, if it was closed less than a day ago.</summary>
    public long? Reopens { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What it was about and how it ended, as chosen on closing; <c>cancelled</c>, <c>case</c>, <c>referred</c> when no officer closed it.</summary>
    public string? ClosedTopic { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Still somebody's work.</summary>
    public bool IsOpen => State is HandoverState.Waiting or HandoverState.Promised or HandoverState.Accepted or HandoverState.OnHold;

    /// <summary>An officer has it, whether or not the claim's turn is kept yet.</summary>
    public bool IsHeld => State is HandoverState.Accepted or HandoverState.OnHold;
}

/// <summary>What an officer must know so that nothing is asked twice.</summary>
/// <param name="Asked">What the contact wanted, in their words (masked).</param>
/// <param name="Fields">Dialog answers by slot, as they were understood.</param>
/// <param name="Articles">Slugs of articles shown in this session, latest last.</param>
/// <param name="Dialog">The dialog it came out of.</param>
/// <param name="AskedKey">The line that <paramref name="Asked"/> was taken from, if it was one.</param>
internal sealed record HandoverPacket(
    string? Asked, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Articles, string? Dialog = null, string? AskedKey = null)
{
    public static readonly HandoverPacket Empty = new(null, new Dictionary<string, string>(), []);
}

/// <summary>A transfer that waits for an answer.</summary>
/// <param name="To">To whom.</param>
/// <param name="ById">Who offers.</param>
/// <param name="ByName">As shown.</param>
/// <param name="Reason">In the officer's words.</param>
/// <param name="At">When; without an answer it lapses after <see cref="HandoverRules.OfferPatience"/>.</param>
internal sealed record TransferOffer(TransferTarget To, string ById, string ByName, string Reason, DateTimeOffset At);

/// <summary>To whom a conversation is offered: exactly one of the three. Another agency gets a referral (what was asked and the packet), never the chat: that belongs to the account the contact wrote to.</summary>
internal sealed record TransferTarget(string? OfficerId = null, string? Unit = null, string? Agency = null);

/// <summary>A close that can still be undone.</summary>
/// <param name="DueAt">When it becomes final; until then nothing is sent.</param>
/// <param name="Topic">What it was about.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Survey">Whether the contact is asked how it was.</param>
internal sealed record ClosePlan(DateTimeOffset DueAt, string Topic, string Outcome, bool Survey);
