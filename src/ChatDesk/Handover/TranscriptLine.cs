using System.Text.Json.Serialization;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover;

/// <summary>Who a line is from. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineSpeaker>))]
internal enum LineSpeaker
{
    Contact,
    Bot,
    Officer,

    /// <summary>Nobody: something happened (claimed, transferred …).</summary>
    Desk,
}

/// <summary>What a line is; every kind has something to show. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineKind>))]
internal enum LineKind
{
    Text,
    Image,
    Video,
    Audio,
    File,
    Location,
    Sticker,

    /// <summary>A tapped button; <see cref="TranscriptLine.Text"/> is what the contact was seen to say.</summary>
    Choice,

    /// <summary>The contact took the message back: nothing of it is left.</summary>
    Withdrawn,

    /// <summary>Of a kind this desk does not know; kept, never blank.</summary>
    Unknown,

    /// <summary>Between officers; never leaves the desk.</summary>
    Note,

    /// <summary>Something happened; <see cref="TranscriptLine.Happening"/> says what.</summary>
    Event,

    /// <summary>The contact came, left, or blocked the account.</summary>
    Notice,
}

/// <summary>Where something that was said stands on its way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineDelivery>))]
internal enum LineDelivery
{
    /// <summary>Not on its way yet: waits for the conversation's turn.</summary>
    Queued,
    Sending,

    /// <summary>A try failed; the desk tries again by itself. The reason is told.</summary>
    Deferred,

    /// <summary>Arrived at the provider without cost.</summary>
    SentFree,

    /// <summary>Arrived at the provider and counted against the quota.</summary>
    SentCounted,

    /// <summary>Cannot go; an officer may try again (same retry key).</summary>
    Failed,

    /// <summary>Arrived or not: cannot be known, and saying it twice would be worse.</summary>
    Unknown,

    /// <summary>The bot's, taken back unsent because an officer took the floor.</summary>
    TakenBack,
}

/// <summary>One line of a conversation as the desk shows it. A later line with the same <see cref="Key"/> replaces it (delivery state, unsend, fetched file).</summary>
internal sealed record TranscriptLine
{
    /// <summary>Names the line for ever within its agency. An officer's message has the same key before and after its turn.</summary>
    public required string Key { get; init; }

    public required ConversationKey Conversation { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Sorts lines of one conversation (ordinal); also the cursor of <see cref="IOfficerQueue.TranscriptAsync"/>.</summary>
    public required string Sort { get; init; }

    public required LineSpeaker By { get; init; }

    public required LineKind Kind { get; init; }

    public string? OfficerId { get; init; }

    public string? OfficerName { get; init; }

    /// <summary>What can be read of it: text, caption, a bot card read aloud. Contact's words are masked already and untrusted.</summary>
    public string? Text { get; init; }

    public InboundFile? File { get; init; }

    /// <summary>How far the fetching of the contact's file has come; null for lines without one.</summary>
    public FileState? FileState { get; init; }

    /// <summary>For <see cref="FileStore.Open"/> once it is stored.</summary>
    public string? FilePath { get; init; }

    public string? FileType { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>The provider's id of the message, for quoting.</summary>
    public string? MessageId { get; init; }

    /// <summary>What was said, whole, for outgoing lines: cards, buttons, files.</summary>
    public IReadOnlyList<OutboundActivity> Said { get; init; } = [];

    /// <summary>Null for lines that are not sent.</summary>
    public LineDelivery? Delivery { get; init; }

    /// <summary>A short machine word behind Deferred, Failed and Unknown: <c>quota</c>, <c>departed</c>, <c>http-400</c> …</summary>
    public string? DeliveryReason { get; init; }

    /// <summary>For events: <c>asked</c>, <c>claimed</c>, <c>floor</c>, <c>offered</c>, <c>accepted</c>, <c>refused</c>, <c>lapsed</c>, <c>taken-over</c>, <c>returned</c>,
    /// <c>held</c>, <c>resumed</c>, <c>closing</c>, <c>undone</c>, <c>closed</c>, <c>cancelled</c>, <c>promised</c>, <c>opened</c>, <c>raised</c>, <c>silent</c>, <c>referred</c>.</summary>
    public string? Happening { get; init; }

    /// <summary>Names and reasons that belong to the event: <c>to</c>, <c>reason</c>, <c>by</c>, <c>topic</c>, <c>outcome</c>.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>True for what an officer must have seen before sending: a contact's message, a colleague's words.</summary>
    public bool IsNews => By is LineSpeaker.Contact || (By is LineSpeaker.Officer && Kind is not LineKind.Event);
}

/// <summary>A stretch of a conversation.</summary>
/// <param name="Lines">Oldest first.</param>
/// <param name="Seq">The agency's sequence number as of which this is true: apply only events after it.</param>
/// <param name="Before">Cursor for the page before this one; null at the beginning.</param>
internal sealed record TranscriptPage(IReadOnlyList<TranscriptLine> Lines, long Seq, string? Before);
