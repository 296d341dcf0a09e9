using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours;

/// <summary>Everything about time that an agency's editors wrote, in one version.</summary>
internal sealed record AgencyHours
{
    public required BusinessCalendar Calendar { get; init; }

    public required PromiseRule Promise { get; init; }

    public required PromiseWords Words { get; init; }

    /// <summary>The exact moment by which a person answers somebody who asks now.</summary>
    /// <returns>By the agency's wall clock; null when the agency never opens again.</returns>
    public DateTimeOffset? PromiseFrom(DateTimeOffset asked) => Promise.DueFrom(asked, Calendar);
}
