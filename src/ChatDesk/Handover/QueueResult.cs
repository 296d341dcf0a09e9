using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>How an officer's action ended.</summary>
internal enum QueueStatus
{
    Done,

    /// <summary>Done before, by the same client id: nothing changed.</summary>
    Repeated,

    /// <summary>Somebody else has it: <see cref="QueueResult.Row"/> says who and since when.</summary>
    Taken,

    /// <summary>It is not this officer's.</summary>
    NotYours,

    /// <summary>No such open handover in this agency.</summary>
    Gone,

    /// <summary>The officer, or the one it is offered to, has as many as they can take.</summary>
    Full,

    /// <summary>The officer, or the one it is offered to, is not on duty.</summary>
    Absent,

    /// <summary>Nothing suitable waits.</summary>
    Empty,

    /// <summary>The view was outdated: <see cref="SayResult.Missed"/>.</summary>
    Outdated,

    /// <summary>Not possible where the handover stands (the table has no such step).</summary>
    NotNow,

    /// <summary>A reason, text or choice is missing or too long.</summary>
    Invalid,
}

/// <summary>An action's end, with all that an audit row needs.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Row">The handover as it is now; null when there is none.</param>
/// <param name="Before">As it was before a change.</param>
internal sealed record QueueResult(QueueStatus Status, HandoverRow? Row = null, HandoverRow? Before = null)
{
    public bool Ok => Status is QueueStatus.Done or QueueStatus.Repeated;
}

/// <summary>What an officer says.</summary>
/// <param name="Handover">Which.</param>
/// <param name="ClientId">Made by the page, the same for every try: a retry never doubles. At most 64 letters.</param>
/// <param name="SeenSeq">The last number the officer's page has applied.</param>
/// <param name="Text">At most 5,000 characters; may be empty when a file goes.</param>
internal sealed record SayOrder(long Handover, string ClientId, long SeenSeq, string Text)
{
    public IReadOnlyList<OutboundFile> Files { get; init; } = [];

    /// <summary>Message id of the contact's message being answered, where the channel can quote.</summary>
    public string? Quotes { get; init; }
}

/// <summary>How saying ended.</summary>
/// <param name="Status">Outdated: nothing was sent, look at <paramref name="Missed"/> first.</param>
/// <param name="Row">The handover as it is now.</param>
/// <param name="LineKey">The line to watch.</param>
/// <param name="Missed">Lines that came after <see cref="SayOrder.SeenSeq"/>.</param>
internal sealed record SayResult(QueueStatus Status, HandoverRow? Row = null, string? LineKey = null, IReadOnlyList<TranscriptLine>? Missed = null);

/// <summary>One hit of a search.</summary>
/// <param name="Kind"><c>person</c>, <c>message</c> or <c>case</c>.</param>
/// <param name="Conversation">Where.</param>
/// <param name="ContactName">Who, if known.</param>
/// <param name="Text">The words around the hit, or the case number.</param>
/// <param name="Sort">Opens the transcript at the hit; null for persons.</param>
/// <param name="At">When.</param>
internal sealed record SearchHit(string Kind, ConversationKey Conversation, string? ContactName, string Text, string? Sort, DateTimeOffset At);

/// <summary>A person as the desk knows them.</summary>
/// <param name="Conversation">The chat.</param>
/// <param name="Name">As the channel's profile says.</param>
/// <param name="Tags">Put on by officers.</param>
/// <param name="Reachable">False after the contact blocked the account.</param>
/// <param name="FirstSeen">First message.</param>
/// <param name="Handovers">Newest first, at most 50: outcome, topic, officer.</param>
internal sealed record ContactCard(
    ConversationKey Conversation, string? Name, IReadOnlyList<string> Tags, bool Reachable, DateTimeOffset FirstSeen, IReadOnlyList<HandoverRow> Handovers);
