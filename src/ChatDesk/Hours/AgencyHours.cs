using System.Collections.Frozen;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Law;

namespace ChatDesk.Hours;

/// <summary>Everything about time that an agency's editors wrote, in one version.</summary>
internal sealed record AgencyHours
{
    public required BusinessCalendar Calendar { get; init; }

    public required PromiseRule Promise { get; init; }

    public required PromiseWords Words { get; init; }

    /// <summary>The statutory limits that the agency keeps, by their id; empty when it has no law files.</summary>
    public IReadOnlyDictionary<string, StatutoryRule> Laws { get; init; } = FrozenDictionary<string, StatutoryRule>.Empty;

    /// <summary>The exact moment by which a person answers somebody who asks now.</summary>
    /// <returns>By the agency's wall clock; null when the agency never opens again.</returns>
    public DateTimeOffset? PromiseFrom(DateTimeOffset asked) => Promise.Within.DueFrom(asked, Calendar);

    /// <summary>The exact moment by which a case of this kind is answered.</summary>
    /// <returns>By the agency's wall clock; null when the agency never opens again.</returns>
    public DateTimeOffset? AnswerBy(DateTimeOffset asked, string? caseKind) => Promise.ForCase(caseKind).DueFrom(asked, Calendar);

    /// <summary>The clock for one of <see cref="Laws"/>.</summary>
    public StatutoryClock ClockFor(string law) => new(Laws[law], Calendar);
}
