using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>One line of a conversation as it was committed: what the contact did, or all that one turn said.</summary>
internal sealed record LedgerLine
{
    /// <summary>Where the line stands: later lines of a conversation have higher places, with gaps.</summary>
    public required long Place { get; init; }

    /// <summary>When it happened, by the provider's clock (incoming) or the desk's (outgoing).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Incoming: the event's id; outgoing: the outbox id.</summary>
    public required string ActivityId { get; init; }

    /// <summary>What the contact did; null for an outgoing line, and for a message that was taken back.</summary>
    public InboundActivity? Incoming { get; init; }

    /// <summary>What was said; null for an incoming line.</summary>
    public IReadOnlyList<OutboundActivity>? Outgoing { get; init; }

    /// <summary>How its way to the contact stands; null for an incoming line.</summary>
    public OutboxState? Delivery { get; init; }
}
