using System.Collections.Immutable;

namespace ChatDesk.Hours.Calendars;

/// <summary>A stretch of real time in which the agency is open: from <paramref name="Open"/> to just before <paramref name="Close"/>, in UTC.</summary>
internal sealed record OpenStretch(DateTimeOffset Open, DateTimeOffset Close);

/// <summary>Unrolls a plan into stretches of real time, day after day.</summary>
internal sealed class OpenTimes
{
    /// <summary>Once no special day lies ahead, a week repeats for ever: what is open or closed longer than this stays so.</summary>
    public static readonly TimeSpan LongestPlainStretch = TimeSpan.FromDays(9);

    private readonly CalendarPlan _plan;
    private readonly DateOnly _lastChange;

    public OpenTimes(CalendarPlan plan)
    {
        _plan = plan;
        var lastWeek = plan.Weeks[^1].From;
        var lastDay = plan.Days.Count == 0 ? lastWeek : plan.Days.Keys.Max();
        _lastChange = lastDay > lastWeek ? lastDay : lastWeek;
    }

    /// <summary>The spans of a day by the wall clock.</summary>
    public ImmutableArray<OpenSpan> SpansOf(DateOnly day)
    {
        if (_plan.Days.GetValueOrDefault(day)?.Spans is { } special) return special;
        var week = _plan.Weeks[0];
        for (var i = _plan.Weeks.Length - 1; i > 0; i--)
        {
            if (_plan.Weeks[i].From > day) continue;
            week = _plan.Weeks[i];
            break;
        }
        return week.On(day.DayOfWeek);
    }

    /// <summary>True when no special day and no other week comes after this moment.</summary>
    public bool IsPlainFrom(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) > _lastChange.AddDays(2);

    /// <summary>Stretches that end after <paramref name="at"/>, ascending, none overlapping another; ends when the agency never opens again.</summary>
    public IEnumerable<OpenStretch> From(DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at.Year, 1900, nameof(at));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at.Year, 9000, nameof(at));
        // The day before may reach into this one with a night shift.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _plan.Zone).DateTime).AddDays(-2);
        var reached = DateTimeOffset.MinValue;
        for (var closedDays = 0; closedDays < 8 || day <= _lastChange; day = day.AddDays(1))
        {
            var spans = SpansOf(day);
            closedDays = spans.IsEmpty ? closedDays + 1 : 0;
            foreach (var span in spans)
            {
                var open = Instant(day, span.From, isEnd: false);
                var close = Instant(day, span.To, isEnd: true);
                if (open < reached) open = reached;
                if (close <= open) continue;
                reached = close;
                if (close > at) yield return new OpenStretch(open, close);
            }
        }
    }

    /// <summary>The first moment of a day.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instant(day, 0, isEnd: false);

    /// <summary>An hour that the clock skips begins and ends at the skip; an hour that it repeats is open both times.</summary>
    private DateTimeOffset Instant(DateOnly day, int minute, bool isEnd)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        var zone = _plan.Zone;
        TimeSpan offset;
        if (!zone.SupportsDaylightSavingTime) offset = zone.GetUtcOffset(wall);
        else if (zone.IsInvalidTime(wall)) return FirstMomentAfterSkip(wall);
        else if (zone.IsAmbiguousTime(wall)) offset = isEnd ? zone.GetAmbiguousTimeOffsets(wall).Min() : zone.GetAmbiguousTimeOffsets(wall).Max();
        else offset = zone.GetUtcOffset(wall);
        return new DateTimeOffset(DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc));
    }

    private DateTimeOffset FirstMomentAfterSkip(DateTime wall)
    {
        while (_plan.Zone.IsInvalidTime(wall)) wall = wall.AddMinutes(1);
        return new DateTimeOffset(DateTime.SpecifyKind(wall - _plan.Zone.GetUtcOffset(wall), DateTimeKind.Utc));
    }
}
