using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Clocks;

namespace ChatDesk.Cases;

/// <summary>
/// The clocks of a case in business time. Acknowledgement needs none: the contact hears number and time in the turn that
/// opens the case. A value; the same events with the same basis always give the same one.
/// </summary>
/// <param name="Look">Until an officer has looked at it.</param>
/// <param name="Answer">Until it is decided.</param>
/// <param name="Progress">Until the contact is told something, again and again.</param>
/// <param name="Version">Of the calendar and targets it was reckoned with.</param>
internal sealed record CaseClocks(CaseClock Look, CaseClock Answer, CaseClock Progress, string Version)
{
    /// <summary>Names calendar and targets, so that a case reckoned with others is found and reckoned again.</summary>
    public static string VersionOf(CaseBasis basis, CaseKind kind)
    {
        var targets = basis.Rules.TargetsOf(kind);
        return FormattableString.Invariant($"{basis.Hours.Calendar.Version}/{targets.FirstLook.TotalMinutes}/{targets.Answer.TotalMinutes}/{targets.Progress.TotalMinutes}");
    }

    public static CaseClocks Begin(CaseBasis basis, CaseKind kind, DateTimeOffset at)
    {
        var targets = basis.Rules.TargetsOf(kind);
        var clocks = new CaseClocks(CaseClock.For(targets.FirstLook), CaseClock.For(targets.Answer), CaseClock.For(targets.Progress), VersionOf(basis, kind));
        return clocks.All(ClockEventKind.Started, at, basis.Hours.Calendar);
    }

    public static CaseClocks Read(string json) => JsonSerializer.Deserialize(json, CaseJson.Readable.CaseClocks)!;

    public string Write() => JsonSerializer.Serialize(this, CaseJson.Readable.CaseClocks);

    /// <summary>The clocks after one more event.</summary>
    /// <param name="one">The event.</param>
    /// <param name="before">Where the case stood.</param>
    /// <param name="after">Where it stands.</param>
    /// <param name="calendar">The agency's.</param>
    public CaseClocks After(CaseEvent one, CaseState before, CaseState after, BusinessCalendar calendar)
    {
        var next = this;
        if (before == CaseState.WaitingForCitizen && after != before) next = next.All(ClockEventKind.Resumed, one.At, calendar);
        if (one.By == CaseParty.Officer) next = next with { Look = next.Look.After(new(ClockEventKind.Met, one.At), calendar) };
        if (one.Deed is CaseDeed.Progress or CaseDeed.Ask) next = next with { Progress = next.Progress.After(new(ClockEventKind.Met, one.At), calendar).After(new(ClockEventKind.Started, one.At), calendar) };
        if (after.IsOver() && !before.IsOver()) return next.All(ClockEventKind.Met, one.At, calendar);
        if (before.IsOver() && !after.IsOver()) next = next.All(ClockEventKind.Started, one.At, calendar);
        return after == CaseState.WaitingForCitizen ? next.All(ClockEventKind.Paused, one.At, calendar) : next;
    }

    /// <summary>Puts what lists need into the row: when each falls due, as long as it is not met.</summary>
    public void Show(Case row, BusinessCalendar calendar)
    {
        row.Clocks = Write();
        row.LookDue = Due(Look, calendar);
        row.AnswerDue = Due(Answer, calendar);
        row.ProgressDue = Due(Progress, calendar);
    }

    private static DateTimeOffset? Due(CaseClock clock, BusinessCalendar calendar) =>
        clock.Standing == ClockStanding.Met ? null : clock.DueAt(calendar)?.ToUniversalTime();

    private CaseClocks All(ClockEventKind kind, DateTimeOffset at, BusinessCalendar calendar)
    {
        var next = new ClockEvent(kind, at);
        return this with { Look = Look.After(next, calendar), Answer = Answer.After(next, calendar), Progress = Progress.After(next, calendar) };
    }
}
