namespace ChatDesk.LineSimulator.Channel;

/// <summary>The five ways to send (protocols.md 2.2).</summary>
internal enum SendKind
{
    Reply,
    Push,
    Multicast,
    Narrowcast,
    Broadcast,
}

/// <summary>One send call as it came over the wire, already validated.</summary>
internal sealed record SendCall(SendKind Kind, string RequestId, ReadOnlyMemory<byte> Body, int MessageCount)
{
    public string? ReplyToken { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public Guid? RetryKey { get; init; }
}

/// <summary>What LINE decided about a <see cref="SendCall"/>.</summary>
internal readonly record struct SendVerdict(SendRuling Ruling, AcceptedCall? Accepted = null, AcceptedCall? Before = null)
{
    public static SendVerdict InvalidReplyToken => new(SendRuling.InvalidReplyToken);

    public static SendVerdict UnknownRecipient => new(SendRuling.UnknownRecipient);

    public static SendVerdict QuotaUsedUp => new(SendRuling.QuotaUsedUp);

    public static SendVerdict Ok(AcceptedCall accepted) => new(SendRuling.Accepted, Accepted: accepted);

    public static SendVerdict AlreadyAccepted(AcceptedCall before) => new(SendRuling.AlreadyAccepted, Before: before);
}

internal enum SendRuling
{
    Accepted,

    /// <summary>409: this retry key was accepted within 24 hours (ref@223000).</summary>
    AlreadyAccepted,

    /// <summary>400 "Invalid reply token": used, expired or never issued (ref@129300).</summary>
    InvalidReplyToken,

    /// <summary>400 "Failed to send messages": nobody with this id.</summary>
    UnknownRecipient,

    /// <summary>429 "You have reached your monthly limit." (ref@139000).</summary>
    QuotaUsedUp,
}
