using ChatDesk.Delivery;

namespace ChatDesk.Handover;

/// <summary>A turn asks for a person. In a conversation that already waits or is held, only the priority can rise.</summary>
internal sealed record HandoverAsked : TurnPart
{
    public required HandoverReason Reason { get; init; }

    public required string Language { get; init; }

    public HandoverPriority Priority { get; init; }

    public string? PriorityReason { get; init; }

    public string? Topic { get; init; }

    public string? Unit { get; init; }

    public HandoverPacket Packet { get; init; } = HandoverPacket.Empty;

    /// <summary>Set out of hours, or with nobody on duty: what the contact is promised in this turn.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    public DateTimeOffset? OpensAt { get; init; }
}

/// <summary>What the conversation knows when an officer gets the floor: for whoever stepped in unasked it is the packet, for others it adds what was answered since.</summary>
/// <param name="Language">The contact's, <c>th</c> or <c>en</c>.</param>
/// <param name="Packet">Of the dialog that ends with it; empty outside of one.</param>
internal sealed record HandoverKnown(string Language, HandoverPacket Packet) : TurnPart;

/// <summary>The contact no longer wants a person, or it became a case.</summary>
/// <param name="Outcome"><c>cancelled</c> or <c>case</c>.</param>
internal sealed record HandoverDropped(string Outcome) : TurnPart;

/// <summary>Something said makes an open handover more urgent (danger while it waits, or while an officer has the floor).</summary>
internal sealed record HandoverRaised(HandoverPriority Priority, string Reason) : TurnPart;
