using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>What a channel hands to the ledger: one event, mapped as far as it could be, with the bytes it came in.</summary>
/// <param name="Activity">The event in the desk's words.</param>
/// <param name="ReceivedAt">When the desk got it, by the desk's clock.</param>
/// <param name="Raw">The event exactly as received; empty for events the desk makes itself.</param>
/// <param name="Fault">Set when the event could not be understood at all: it is kept in quarantine with this reason.</param>
internal readonly record struct InboxEntry(
    InboundActivity Activity, DateTimeOffset ReceivedAt, ReadOnlyMemory<byte> Raw, string? Fault = null);

/// <summary>One event of a claimed conversation, waiting for its turn.</summary>
internal sealed record InboxItem
{
    /// <summary>The ledger's row: order of arrival.</summary>
    public required long RowId { get; init; }

    /// <summary>Null when the contact took it back before its turn came.</summary>
    public required InboundActivity? Activity { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>True when what is stored cannot be read back: it goes to quarantine.</summary>
    public bool Unreadable { get; init; }

    /// <summary>Turns that failed on it so far.</summary>
    public int Attempts { get; init; }
}

/// <summary>Where an event stands. Stored as a number: never renumber.</summary>
internal enum InboxState
{
    Pending = 0,
    Done = 1,

    /// <summary>Set aside with its reason; listed and retried by <c>-- quarantine</c>.</summary>
    Quarantined = 2,
}

/// <summary>Where an outbox row stands: unsettled, or how it ended. Stored as a number: never renumber.</summary>
internal enum OutboxState
{
    Pending = 0,
    Sent = 1,
    Blocked = 3,
    Unknown = 4,

    /// <summary>Taken back before it left.</summary>
    TakenBack = 5,
}
