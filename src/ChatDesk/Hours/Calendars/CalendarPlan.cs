using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ChatDesk.Hours.Calendars;

/// <summary>The usual week from a date on.</summary>
/// <param name="From">First day it counts.</param>
/// <param name="Days">Seven lists of spans, Sunday first as in <see cref="DayOfWeek"/>; each ascending and without overlap; empty is closed.</param>
internal sealed record WeekPlan(DateOnly From, ImmutableArray<ImmutableArray<OpenSpan>> Days)
{
    public ImmutableArray<OpenSpan> On(DayOfWeek day) => Days[(int)day];
}

/// <summary>A day that differs from its week.</summary>
/// <param name="Note">Why.</param>
/// <param name="Spans">When it is open instead; null leaves the hours of its week.</param>
/// <param name="IsWorkingDay">Whether it counts as a working day; null leaves what its weekday says.</param>
internal sealed record DayPlan(DayNote Note, ImmutableArray<OpenSpan>? Spans, bool? IsWorkingDay);

/// <summary>All that a calendar is made of, already checked.</summary>
internal sealed record CalendarPlan
{
    /// <summary>Changes whenever anything in the plan changes.</summary>
    public required string Version { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Ascending by their first day; the first one also counts for every day before it.</summary>
    public required ImmutableArray<WeekPlan> Weeks { get; init; }

    public FrozenDictionary<DateOnly, DayPlan> Days { get; init; } = FrozenDictionary<DateOnly, DayPlan>.Empty;

    /// <summary>The weekdays that the law counts as working days, open or not.</summary>
    public ImmutableHashSet<DayOfWeek> WorkingDays { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
}
