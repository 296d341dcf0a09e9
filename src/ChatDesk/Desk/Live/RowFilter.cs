using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>The filter chips over the lists. Nothing chosen shows everything.</summary>
internal sealed record RowFilter
{
    /// <summary>How long a contact may wait for a person before the row counts as late.</summary>
    public static readonly TimeSpan Patience = HandoverRules.SilentOfficer;

    public static readonly RowFilter None = new();

    public string? Channel { get; init; }

    public string? Topic { get; init; }

    public bool OnlyLate { get; init; }

    public bool IsNone => this == None;

    public bool Lets(HandoverRow row, DateTimeOffset now) =>
        (Channel is null || row.Conversation.Channel == Channel) && (Topic is null || row.Topic == Topic) && (!OnlyLate || IsLate(row, now));

    public static bool IsLate(HandoverRow row, DateTimeOffset now) => row.State != HandoverState.Promised
        ? row.WaitingSince is { } since && now - since >= Patience
        : row.PromisedBy is { } due && now >= due;
}
