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

    /// <summary>Which versions of the calendar were in force when; begins with this one.</summary>
    public CalendarHistory History { get => field ??= CalendarHistory.Of(Calendar); private init; }

    /// <summary>These hours as the successors of others, whose calendar is kept.</summary>
    public AgencyHours After(AgencyHours before, DateTimeOffset since) => this with { History = before.History.With(Calendar, since) };

    /// <summary>The first moment from this one on when the agency is open, by its wall clock.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset at) => Known(Calendar.NextOpening(at));

    /// <summary>The exact moment by which a person answers somebody who asks now, by the agency's wall clock.</summary>
    public DateTimeOffset PromiseFrom(DateTimeOffset asked) => Known(Promise.Within.DueFrom(asked, Calendar));

    /// <summary>The exact moment by which a case of this kind is answered, by the agency's wall clock.</summary>
    public DateTimeOffset AnswerBy(DateTimeOffset asked, string? caseKind) => Known(Promise.ForCase(caseKind).DueFrom(asked, Calendar));

    /// <summary>The clock for one of <see cref="Laws"/>.</summary>
    public StatutoryClock ClockFor(string law) => new(Laws[law], Calendar);

    private static DateTimeOffset Known(DateTimeOffset? moment) =>
        moment ?? throw new InvalidOperationException("hours of an agency that never opens are refused when they are read");
}
