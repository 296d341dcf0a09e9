namespace ChatDesk.Hours.Calendars;

/// <summary>
/// When one agency is open, in one version. Immutable and safe for any number of threads; has no clock of its own. Every
/// answer costs at most a few steps a day of the stretch asked about. Instants are between the years 1900 and 9000.
/// </summary>
internal sealed class BusinessCalendar
{
    private readonly CalendarPlan _plan;
    private readonly OpenTimes _times;

    public BusinessCalendar(CalendarPlan plan)
    {
        _plan = plan;
        _times = new OpenTimes(plan);
    }

    public string Version => _plan.Version;

    public TimeZoneInfo Zone => _plan.Zone;

    public CalendarPlan Plan => _plan;

    /// <summary>The same moment by the agency's wall clock.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The agency's date at that moment.</summary>
    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    public bool IsOpen(DateTimeOffset at) => _times.From(at).FirstOrDefault() is { } span && span.Open <= at;

    /// <summary>The first moment from <paramref name="at"/> on when the agency is open: <paramref name="at"/> itself when it is.</summary>
    /// <returns>By the agency's wall clock; null when it never opens again.</returns>
    public DateTimeOffset? NextOpening(DateTimeOffset at) =>
        _times.From(at).FirstOrDefault() is { } span ? Local(span.Open > at ? span.Open : at) : null;

    /// <summary>When the stretch of opening that holds this moment ends; stretches that touch are one.</summary>
    /// <returns>By the agency's wall clock; null when it is closed now, or never closes.</returns>
    public DateTimeOffset? ClosesAt(DateTimeOffset at)
    {
        DateTimeOffset? closes = null;
        foreach (var span in _times.From(at))
        {
            if (closes is null ? span.Open > at : span.Open > closes) return closes is { } end ? Local(end) : null;
            closes = span.Close;
            if (_times.IsPlainFrom(closes.Value) && closes - at > OpenTimes.LongestPlainStretch) return null;
        }
        return closes is { } last ? Local(last) : null;
    }

    /// <summary>How much business time lies between two moments; negative when the second comes first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) return -Between(to, from);
        var total = TimeSpan.Zero;
        foreach (var span in _times.From(from))
        {
            if (span.Open >= to) break;
            total += (span.Close < to ? span.Close : to) - (span.Open > from ? span.Open : from);
        }
        return total;
    }

    /// <summary>The first moment at which that much business time has passed since <paramref name="start"/>: an hour from 15:30 is 16:30, not the next morning.</summary>
    /// <param name="start">Open or closed.</param>
    /// <param name="businessTime">Zero gives <paramref name="start"/> itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="InvalidOperationException">The agency is never open that long again; <see cref="TryAdd"/> asks first.</exception>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan businessTime) =>
        TryAdd(start, businessTime) ?? throw new InvalidOperationException($"calendar {Version} has less than {businessTime} of business time after {start:O}");

    /// <summary><see cref="Add"/>, or null when the agency is never open that long again.</summary>
    public DateTimeOffset? TryAdd(DateTimeOffset start, TimeSpan businessTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(businessTime, TimeSpan.Zero);
        if (businessTime == TimeSpan.Zero) return Local(start);
        var left = businessTime;
        foreach (var span in _times.From(start))
        {
            var open = span.Open > start ? span.Open : start;
            if (span.Close - open >= left) return Local(open + left);
            left -= span.Close - open;
        }
        return null;
    }

    /// <summary>When the agency closes for the last time on that day, or next after it when it is not open then (a working day spent away).</summary>
    /// <returns>Null when it never opens again; the end of the day when it is open without end.</returns>
    public DateTimeOffset? LastClosingOn(DateOnly day)
    {
        var (midnight, next) = (_times.StartOf(day), _times.StartOf(day.AddDays(1)));
        DateTimeOffset? last = null;
        foreach (var span in _times.From(midnight))
        {
            if (span.Open >= next && last is not null) break;
            last = span.Open < next && span.Close > next ? next : span.Close;
            if (span.Open >= next) break;
        }
        return last is { } closing ? Local(closing) : null;
    }

    /// <summary>Whether the law counts this day: a working weekday that no holiday takes away.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _plan.Days.GetValueOrDefault(day)?.IsWorkingDay ?? _plan.WorkingDays.Contains(day.DayOfWeek);

    /// <summary>The n-th working day after this one (before it, when n is negative); the day itself for 0.</summary>
    /// <exception cref="InvalidOperationException">No weekday is a working day.</exception>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        if (_plan.WorkingDays.IsEmpty) throw new InvalidOperationException($"calendar {Version} has no working days");
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkingDay(day)) left--;
        }
        return day;
    }

    /// <summary>How many working days come after <paramref name="from"/> up to and with <paramref name="to"/>; negative when it comes first.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkingDaysBetween(to, from);
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1)) count += IsWorkingDay(day) ? 1 : 0;
        return count;
    }

    /// <summary>Why this day is special, or null.</summary>
    public DayNote? NoteOf(DateOnly day) => _plan.Days.GetValueOrDefault(day)?.Note;

    /// <summary>When the day is open by the wall clock; a night shift stands on the day it begins.</summary>
    public IReadOnlyList<OpenSpan> HoursOf(DateOnly day) => _times.SpansOf(day);
}
