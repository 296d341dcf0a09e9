using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// What one turn says, as one unit of sending: all activities of the turn in order. A channel may need several calls
/// for it (its parts); the row is settled when every part has arrived or can never arrive.
/// </summary>
internal sealed record OutboxItem
{
    /// <summary>The ledger's row.</summary>
    public required long RowId { get; init; }

    /// <summary><c>{activityId}:{n}</c>. Retry keys are derived from it, so every try of a part carries the same key.</summary>
    public required string Id { get; init; }

    public required ConversationKey Conversation { get; init; }

    public required IReadOnlyList<OutboundActivity> Activities { get; init; }

    /// <summary>The provider's free, single-use handle of the message being answered, if there was one.</summary>
    public string? ReplyHandle { get; init; }

    /// <summary>When the desk received that handle (its freshness counts from here).</summary>
    public DateTimeOffset ReplyHandleAt { get; init; }

    /// <summary>What is known about the handle's use so far.</summary>
    public ReplyTrace Reply { get; init; }

    /// <summary>Under which claim the row was handed out, where the ledger numbers its claims.</summary>
    public Guid Claim { get; init; }

    /// <summary>
    /// Writes down that the handle is not used (any more), so that whoever has the row after this does not use it either; false when
    /// somebody else has the row already. Null where nobody else can. To be asked before anything goes out without a handle that is still
    /// unused: a worker that stood still for a while does not know that another one has answered with it.
    /// </summary>
    public Func<ValueTask<bool>>? GiveUpHandle { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many times sending was begun before this time.</summary>
    public int Attempts { get; init; }

    /// <summary>How many parts are known to have arrived already.</summary>
    public int PartsDone { get; init; }
}

/// <summary>What is known about a single-use reply handle. Stored as a number: never renumber.</summary>
internal enum ReplyTrace
{
    /// <summary>Certainly not used by us yet.</summary>
    Unused = 0,

    /// <summary>A try may have arrived (time-out, broken line, or the process died while sending). Only the handle itself can tell.</summary>
    MaybeUsed = 1,

    /// <summary>The provider refused it and nothing arrived: push instead.</summary>
    Refused = 2,

    /// <summary>
    /// The provider answered a try with an error of its own, which by its word means that nothing arrived. If the handle
    /// then turns out to be spent, that word was wrong.
    /// </summary>
    Failed = 3,
}

/// <summary>How one try at sending an <see cref="OutboxItem"/> ended. Stored as a number: never renumber.</summary>
internal enum SendStatus
{
    /// <summary>Everything arrived at the provider.</summary>
    Sent = 1,

    /// <summary>Not now: try again at <see cref="SendResult.RetryAt"/>.</summary>
    Deferred = 2,

    /// <summary>It can never go (contact blocked us, quota used up, request refused). Shown on the desk with its reason.</summary>
    Blocked = 3,

    /// <summary>Delivered or not: cannot be known, and saying it twice would be worse. Shown on the desk with its reason.</summary>
    Unknown = 4,

    /// <summary>The bot's, not to be said any more: an officer took the floor.</summary>
    TakenBack = 5,
}

/// <summary>Outcome of one try, with all that the next try needs to know.</summary>
internal sealed record SendResult(SendStatus Status)
{
    /// <summary>A short machine word, <c>quota</c>, <c>rate</c>, <c>timeout</c>, <c>http-500</c> …; never message text.</summary>
    public string? Reason { get; init; }

    /// <summary>When to try again; only with <see cref="SendStatus.Deferred"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>True when the try was put off rather than failed (the channel is being slowed down); it does not count as an attempt.</summary>
    public bool HeldBack { get; init; }

    public int PartsDone { get; init; }

    public ReplyTrace Reply { get; init; }

    /// <summary>The provider's id of the accepted call (LINE: X-Line-Request-Id), for support cases.</summary>
    public string? ProviderId { get; init; }

    /// <summary>How many calls of this try the provider counts against the quota.</summary>
    public int Counted { get; init; }

    /// <summary>This end, for an answer that shall not be tried again; one that may have left stays unknown.</summary>
    public SendResult TakenBack() => this with
    {
        Status = Reply == ReplyTrace.MaybeUsed ? SendStatus.Unknown : SendStatus.TakenBack,
        Reason = "officer",
        RetryAt = null,
    };
}

/// <summary>The door out of one channel. Two families of members: real channels, and the terminal of <c>-- chat</c>.</summary>
internal interface IChannelSender
{
    /// <summary>The channel's name as in <see cref="ConversationKey.Channel"/>.</summary>
    string Channel { get; }

    /// <summary>True where what is said without a reply handle counts against a quota that the agency pays for; then a handle is worth keeping for an officer.</summary>
    bool PushesCost => false;

    /// <summary>Tries once to bring everything to the contact. Never throws for what the provider does; cancellation means the desk is stopping.</summary>
    ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping);

    /// <summary>Shows that the desk is working, where the channel has a sign for it. Best effort, never throws for what the provider does.</summary>
    ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping);

    /// <summary>The contact's name as the channel's profile says; null where there is none, or now is no time to ask.</summary>
    ValueTask<string?> NameOfAsync(ConversationKey conversation, CancellationToken stopping) => default;

    /// <summary>Whether somebody looks at this conversation right now, as far as the channel can tell (a web page that is open).</summary>
    bool IsWatched(ConversationKey conversation) => false;

    /// <summary>How somebody who is elsewhere comes into this channel to say given words; null where that cannot be done.</summary>
    /// <param name="agency">Whose account.</param>
    /// <param name="words">What they are to say.</param>
    /// <param name="stopping">The desk is stopping.</param>
    ValueTask<Invitation?> InviteAsync(string agency, string words, CancellationToken stopping) => default;

    /// <summary>Tells the contact that they were read, where the channel has a sign for it.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="raw">The latest message as received.</param>
    /// <param name="stopping">The desk is stopping.</param>
    ValueTask MarkReadAsync(ConversationKey conversation, ReadOnlyMemory<byte> raw, CancellationToken stopping) => default;
}
