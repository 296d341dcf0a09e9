using ChatDesk.Activities;
using ChatDesk.Data;

namespace ChatDesk.Cases.Model;

/// <summary>
/// A case as it stands: what its events add up to (<see cref="CaseProjection"/>), kept for lists and look-ups. Nothing is
/// in it that its events and the agency's calendar do not say.
/// </summary>
internal sealed class Case : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    /// <summary>The key of what opened it; unique in the agency, so that it is opened once.</summary>
    public required string Key { get; init; }

    /// <summary>Eight letters and digits to read over the phone. Found with the code; alone it can, very rarely, name two cases.</summary>
    public string Number { get; set; } = "";

    /// <summary>The contact's secret. Whoever reads this table reads the case itself, so it is not hashed.</summary>
    public string Code { get; set; } = "";

    public CaseKind Kind { get; set; }

    public string? Topic { get; set; }

    public CaseState State { get; set; }

    /// <summary>Where it stood when the contact was asked.</summary>
    public CaseState? BeforeQuestion { get; set; }

    public string Summary { get; set; } = "";

    public string? What { get; set; }

    public string? Place { get; set; }

    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    public string? Day { get; set; }

    public string? Wish { get; set; }

    public string? Contact { get; set; }

    public bool Anonymous { get; set; }

    /// <summary>Who the contact is may be seen by the protected unit's supervisors only.</summary>
    public bool Protected { get; set; }

    /// <summary>Message ids or stored paths, as a JSON list.</summary>
    public string Files { get; set; } = "[]";

    /// <summary>Further answers of the dialog, as a JSON object.</summary>
    public string Fields { get; set; } = "{}";

    public string? Channel { get; set; }

    public string? Address { get; set; }

    /// <summary>Where the contact hears of a case that came here from another agency of this desk: the conversation there. No officer of this agency reads or searches it.</summary>
    public string? ToldAgency { get; set; }

    public string? ToldChannel { get; set; }

    public string? ToldAddress { get; set; }

    /// <summary>Where to tell the contact what is done; null when nobody can be told.</summary>
    public ConversationKey? ToldIn => ToldAgency is not null ? new(ToldAgency, ToldChannel!, ToldAddress!) : Address is not null ? new(Agency, Channel!, Address) : null;

    public string Language { get; set; } = "th";

    public string Source { get; set; } = "";

    public CaseUrgency Urgency { get; set; }

    public string? UrgencyWhy { get; set; }

    public double? Sentiment { get; set; }

    public string? Unit { get; set; }

    public string? Officer { get; set; }

    public string? OfficerName { get; set; }

    /// <summary>The last question put to the contact, while it is open.</summary>
    public string? Question { get; set; }

    /// <summary>The answer, what was done, or the reason: the last word of the office.</summary>
    public string? Outcome { get; set; }

    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public DateTimeOffset? ContestUntil { get; set; }

    public int Reopened { get; set; }

    public long? MergedInto { get; set; }

    /// <summary>How many events it has; the number of the last one.</summary>
    public int Events { get; set; }

    /// <summary><see cref="CaseClocks"/> as JSON.</summary>
    public string? Clocks { get; set; }

    public DateTimeOffset? LookDue { get; set; }

    public DateTimeOffset? AnswerDue { get; set; }

    public DateTimeOffset? ProgressDue { get; set; }

    /// <summary>Everything that can be searched, folded and without spaces (<see cref="CaseSearch"/>).</summary>
    public string Search { get; set; } = "";
}
