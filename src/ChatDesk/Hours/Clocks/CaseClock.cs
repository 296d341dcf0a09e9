using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Clocks;

/// <summary>What happens to a clock.</summary>
internal enum ClockEventKind
{
    /// <summary>It begins to run from nothing, also a second time (a case opened again).</summary>
    Started,

    /// <summary>It stands still: the contact was asked something.</summary>
    Paused,

    /// <summary>It goes on: the contact has answered.</summary>
    Resumed,

    /// <summary>What it waited for was done.</summary>
    Met,
}

/// <param name="Kind">What happened.</param>
/// <param name="At">When; a moment before the one of the event before it counts as that one (clocks of machines jump).</param>
internal sealed record ClockEvent(ClockEventKind Kind, DateTimeOffset At);

/// <summary>How a clock stands.</summary>
internal enum ClockStanding
{
    NotStarted,
    Running,
    Paused,
    Met,
}

/// <summary>
/// One clock of a case, in business time: how much of its target is used, and when it falls due. A value: every event gives
/// a new one, and the same events in the same order always give the same one, so it can be kept or worked out again.
/// </summary>
/// <param name="Target">Business time until it is due; more than zero.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Used">Business time used before <paramref name="Since"/>.</param>
/// <param name="Since">The last event's moment in UTC; null before the first.</param>
/// <param name="RanOutAt">The moment at which the target was used up, as far as an event has told; null until then.</param>
internal sealed record CaseClock(TimeSpan Target, ClockStanding Standing, TimeSpan Used, DateTimeOffset? Since, DateTimeOffset? RanOutAt)
{
    /// <summary>A clock that has not started.</summary>
    public static CaseClock For(TimeSpan target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(target, TimeSpan.Zero);
        return new CaseClock(target, ClockStanding.NotStarted, TimeSpan.Zero, null, null);
    }

    /// <summary>Works a clock out from its events, in the order in which they were recorded.</summary>
    public static CaseClock Of(TimeSpan target, IEnumerable<ClockEvent> events, BusinessCalendar calendar) =>
        events.Aggregate(For(target), (clock, next) => clock.After(next, calendar));

    /// <summary>The clock after one more event. An event that means nothing now (a pause of a clock that stands) changes nothing but its moment.</summary>
    public CaseClock After(ClockEvent next, BusinessCalendar calendar)
    {
        var at = Since is { } since && since > next.At ? since : next.At.ToUniversalTime();
        return (Standing, next.Kind) switch
        {
            (ClockStanding.NotStarted or ClockStanding.Met, ClockEventKind.Started) => For(Target) with { Standing = ClockStanding.Running, Since = at },
            (ClockStanding.Running, ClockEventKind.Paused) => Stopped(at, calendar) with { Standing = ClockStanding.Paused },
            (ClockStanding.Running, ClockEventKind.Met) => Stopped(at, calendar) with { Standing = ClockStanding.Met },
            (ClockStanding.Paused, ClockEventKind.Met) => this with { Standing = ClockStanding.Met, Since = at },
            (ClockStanding.Paused, ClockEventKind.Resumed) => this with { Standing = ClockStanding.Running, Since = at },
            (ClockStanding.Running, _) => Stopped(at, calendar),
            _ => Since is null ? this : this with { Since = at },
        };
    }

    /// <summary>When it falls due, or fell due; null while it stands before that (paused or not started), when it was met in time, and when the agency never opens long enough again.</summary>
    public DateTimeOffset? DueAt(BusinessCalendar calendar) =>
        RanOutAt is { } ranOut ? calendar.Local(ranOut)
        : Standing == ClockStanding.Running ? calendar.TryAdd(Since!.Value, Target - Used)
        : null;

    /// <summary>Business time left; negative when it is overdue by so much.</summary>
    public TimeSpan RemainingAt(DateTimeOffset now, BusinessCalendar calendar) => Target - UsedAt(now, calendar);

    /// <summary>Business time used up to now.</summary>
    public TimeSpan UsedAt(DateTimeOffset now, BusinessCalendar calendar) =>
        Standing == ClockStanding.Running && now > Since ? Used + calendar.Between(Since.Value, now) : Used;

    /// <summary>Whether more than its target is used. Met at the very moment it is due counts as in time.</summary>
    public bool IsLateAt(DateTimeOffset now, BusinessCalendar calendar) => UsedAt(now, calendar) > Target;

    private CaseClock Stopped(DateTimeOffset at, BusinessCalendar calendar)
    {
        var used = Used + calendar.Between(Since!.Value, at);
        var ranOut = RanOutAt ?? (used >= Target ? calendar.TryAdd(Since.Value, Target - Used)?.ToUniversalTime() : null);
        return this with { Used = used, Since = at, RanOutAt = ranOut };
    }
}
