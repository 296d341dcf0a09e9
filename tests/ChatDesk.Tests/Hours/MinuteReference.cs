using ChatDesk.Hours.Calendars;

namespace ChatDesk.Tests.Hours;

/// <summary>Knows a calendar by looking at every single minute of it. Slow to make, and too simple to be wrong.</summary>
internal sealed class MinuteReference
{
    private readonly DateTimeOffset _first;
    private readonly bool[] _open;
    private readonly long[] _openBefore;

    public MinuteReference(CalendarPlan plan, DateOnly from, int days)
    {
        _first = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), plan.Zone.BaseUtcOffset);
        _open = new bool[days * 1440];
        _openBefore = new long[_open.Length + 1];
        for (var minute = 0; minute < _open.Length; minute++)
        {
            var day = from.AddDays(minute / 1440);
            _open[minute] = Holds(plan, day, minute % 1440) || Holds(plan, day.AddDays(-1), (minute % 1440) + 1440);
            _openBefore[minute + 1] = _openBefore[minute] + (_open[minute] ? 60 : 0);
        }
    }

    /// <summary>A moment as seconds after the first.</summary>
    public DateTimeOffset At(long second) => _first.AddSeconds(second);

    public bool IsOpen(long second) => _open[second / 60];

    public long Between(long from, long to) => Used(to) - Used(from);

    public long? NextOpening(long second)
    {
        for (var minute = second / 60; minute < _open.Length; minute++)
        {
            if (_open[minute]) return Math.Max(second, minute * 60);
        }
        return null;
    }

    public long? ClosesAt(long second)
    {
        for (var minute = second / 60; minute < _open.Length; minute++)
        {
            if (!_open[minute]) return minute * 60;
        }
        return null;
    }

    public long? Add(long second, long businessSeconds)
    {
        if (businessSeconds == 0) return second;
        var goal = Used(second) + businessSeconds;
        for (var minute = second / 60; minute < _open.Length; minute++)
        {
            if (_openBefore[minute + 1] >= goal) return (minute * 60) + goal - _openBefore[minute];
        }
        return null;
    }

    private long Used(long second) => _openBefore[second / 60] + (second / 60 < _open.Length && _open[second / 60] ? second % 60 : 0);

    private static bool Holds(CalendarPlan plan, DateOnly day, int minute)
    {
        var week = plan.Weeks.LastOrDefault(w => w.From <= day) ?? plan.Weeks[0];
        var spans = plan.Days.GetValueOrDefault(day)?.Spans ?? week.On(day.DayOfWeek);
        return spans.Any(span => span.From <= minute && minute < span.To);
    }
}
