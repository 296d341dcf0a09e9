using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Law;

/// <summary>
/// Counts a statutory limit: when a decision is due, how late it is, which notices are owed. It computes from what was
/// entered and decides nothing; whoever shows a reading shows the rule's label with it.
/// </summary>
internal sealed class StatutoryClock(StatutoryRule rule, BusinessCalendar calendar)
{
    /// <summary>Ends the list of notices for an application that was forgotten for years.</summary>
    private const int MostNotices = 520;

    public StatutoryRule Rule => rule;

    public BusinessCalendar Calendar => calendar;

    /// <summary>The limit in days: the rule's own, else the public manual's.</summary>
    /// <exception cref="ArgumentException">Neither gives one.</exception>
    public int DaysFor(StatutoryFacts facts) =>
        rule.Days ?? facts.ManualDays ?? throw new ArgumentException($"rule {rule.Id} takes its limit from the public manual; give ManualDays", nameof(facts));

    /// <summary>How the clock stands on a day.</summary>
    /// <exception cref="ArgumentException">Neither the rule nor the facts give a limit.</exception>
    public StatutoryReading Read(StatutoryFacts facts, DateOnly today)
    {
        facts = facts.AsOf(today);
        var days = DaysFor(facts);
        var from = CountsFrom(facts);
        var due = from is { } start ? MovedOff(Add(start, days, rule.Counts)) : (DateOnly?)null;
        var end = facts.Decided ?? today;
        return new StatutoryReading
        {
            CountsFrom = from,
            Due = due,
            IsLate = end > due,
            OverdueDays = due is { } last && end > last ? Count(last, end) : 0,
            Notices = due is { } passed && rule.Late is { } late ? [.. Notices(late, passed, facts, today)] : [],
            ForbiddenRequests = [.. facts.DocumentsAsked.Skip(rule.DocumentRequests)],
            TellBy = facts.Decided is { } made && rule.TellWithin is { } within ? MovedOff(made.AddDays(within)) : null,
            DaysOff = from is { } first && due is { } until && rule.Counts == DayCount.Working ? [.. SpecialDaysOff(first, until)] : [],
        };
    }

    /// <summary>The day the application counts as received: at the next opening, where the rule says so.</summary>
    public DateOnly ReceivedOn(StatutoryFacts facts)
    {
        if (facts.ReceivedAt is not { } at) return facts.Received;
        return calendar.DateOf(rule.ReceivedAtOpening ? calendar.NextOpening(at) ?? at : at);
    }

    /// <summary>The day the rule's limit is counted in the days it counts.</summary>
    public DateOnly Add(DateOnly day, int days, DayCount counts) => counts == DayCount.Working ? calendar.AddWorkingDays(day, days) : day.AddDays(days);

    private DateOnly? CountsFrom(StatutoryFacts facts)
    {
        var received = ReceivedOn(facts);
        // Only requests that the law allows stop the clock; one more than that changes nothing.
        if (facts.DocumentsAsked.Count == 0 || rule.DocumentRequests == 0) return received;
        return facts.DocumentsComplete is { } complete && complete > received ? complete : facts.DocumentsComplete is null ? null : received;
    }

    private DateOnly MovedOff(DateOnly day)
    {
        if (rule.MovesOffDaysOff)
        {
            while (!calendar.IsWorkingDay(day)) day = day.AddDays(1);
        }
        return day;
    }

    /// <summary>Days after one day up to and with another, as the rule counts them.</summary>
    public int Count(DateOnly from, DateOnly to) => rule.Counts == DayCount.Working ? calendar.WorkingDaysBetween(from, to) : to.DayNumber - from.DayNumber;

    /// <summary>A notice is in time from the day after the one before it was owed up to its own day.</summary>
    private IEnumerable<LateNotice> Notices(LateNotices late, DateOnly due, StatutoryFacts facts, DateOnly today)
    {
        var after = due;
        for (var number = 1; number <= MostNotices; number++)
        {
            var by = Add(due, late.FirstAfter + (late.Every * (number - 1)), late.Counts);
            if (facts.Decided is { } decided && decided <= by) yield break;
            var given = facts.NoticesGiven.Where(d => d > after && d <= by).Cast<DateOnly?>().FirstOrDefault();
            var standing = given is not null ? NoticeStanding.Given : by < today ? NoticeStanding.Missed : by == today ? NoticeStanding.Owed : NoticeStanding.Coming;
            if (standing != NoticeStanding.Coming || today > due) yield return new LateNotice(number, by, standing, given);
            if (by >= today) yield break;
            after = by;
        }
    }

    private IEnumerable<DateOnly> SpecialDaysOff(DateOnly from, DateOnly to)
    {
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            if (!calendar.IsWorkingDay(day) && calendar.Plan.WorkingDays.Contains(day.DayOfWeek)) yield return day;
        }
    }
}
