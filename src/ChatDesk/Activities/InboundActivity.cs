namespace ChatDesk.Activities;

/// <summary>One thing that happened in a conversation, as every room sees it. Channels make it, nobody changes it.</summary>
internal sealed record InboundActivity
{
    /// <summary>The provider's id of the event; unique within agency and channel (see <see cref="Identity"/>).</summary>
    public required string Id { get; init; }

    public required ConversationKey Conversation { get; init; }

    public required InboundKind Kind { get; init; }

    /// <summary>When it happened, by the provider's clock. Orders the transcript.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person who wrote, in the channel's own terms; in a group this differs from the address, and may be unknown.</summary>
    public string? From { get; init; }

    /// <summary>The provider's id of the message, by which a later withdrawal names it.</summary>
    public string? MessageId { get; init; }

    /// <summary>What the contact wrote or was seen to say; untrusted, at most what the channel allows.</summary>
    public string? Text { get; init; }

    /// <summary>The hidden value of a tapped button (<see cref="Choice.Data"/>).</summary>
    public string? Data { get; init; }

    /// <summary>A picture, video, sound or document that came along.</summary>
    public InboundFile? File { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>What the provider gave to answer with for free, once, soon (LINE: the reply token).</summary>
    public string? ReplyHandle { get; init; }

    /// <summary>The language the contact's device asks to be answered in (<c>th</c>, <c>en</c>), where the provider tells; counts until they choose or write one.</summary>
    public string? Language { get; init; }

    /// <summary>What the channel needs to show the activity again in its own terms, as JSON; no other room reads it.</summary>
    public string? ChannelData { get; init; }

    /// <summary>False when no answer may be given: another system holds the channel, or a group spoke without naming the bot.</summary>
    public bool MayAnswer { get; init; } = true;

    /// <summary>True in a group or room, where nothing personal may be said.</summary>
    public bool InGroup { get; init; }

    /// <summary>What tells two events apart if a provider ever gives them the same id; equal for every delivery of one event.</summary>
    public long Identity { get; init; }

    /// <summary>The trace it belongs to (W3C traceparent); null while the desk is not traced.</summary>
    public string? Trace { get; init; }
}

/// <summary>A file that a contact sent. Its bytes are fetched later, into the file store.</summary>
/// <param name="Name">The name the sender's device gave; untrusted, for display only.</param>
/// <param name="Size">In bytes, if the provider said so.</param>
/// <param name="AlbumId">Ties pictures of one album together.</param>
/// <param name="AlbumIndex">Place in the album, from 1.</param>
/// <param name="AlbumTotal">How many pictures the album has.</param>
/// <param name="Url">Set when the file lies outside the provider; never fetched by the desk.</param>
internal sealed record InboundFile(
    string? Name = null, long? Size = null, string? AlbumId = null, int? AlbumIndex = null, int? AlbumTotal = null, string? Url = null);

/// <summary>A place on the map, WGS84 degrees.</summary>
internal sealed record GeoPoint(double Latitude, double Longitude, string? Title = null, string? Address = null);
