using System.Globalization;

namespace ChatDesk.Hours.Law;

/// <summary>Says a reading step by step, in the words of the rule's file, so that a citizen can follow every number.</summary>
internal sealed class StatutoryExplanation
{
    private readonly StatutoryClock _clock;
    private readonly StatutoryFacts _facts;
    private readonly StatutoryReading _reading;
    private readonly PromiseWords _words;
    private readonly string _language;
    private readonly List<StatutoryStep> _steps = [];

    private StatutoryExplanation(StatutoryClock clock, StatutoryFacts facts, StatutoryReading reading, PromiseWords words, string language) =>
        (_clock, _facts, _reading, _words, _language) = (clock, facts, reading, words, language);

    /// <param name="clock">The clock that is explained.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="today">The day it is read on.</param>
    /// <param name="words">How the agency says days.</param>
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    /// <returns>Ordered steps; the first is always the label that this was computed.</returns>
    public static IReadOnlyList<StatutoryStep> Of(StatutoryClock clock, StatutoryFacts facts, DateOnly today, PromiseWords words, string language)
    {
        var explanation = new StatutoryExplanation(clock, facts.AsOf(today), clock.Read(facts, today), words, language);
        explanation.Say(StatutoryTexts.Label);
        explanation.SayReceipt();
        if (explanation._reading is { CountsFrom: { } from, Due: { } due })
        {
            explanation.SayCount(from, due);
            explanation.SayOutcome(due, today);
            explanation.SayNotices();
            explanation.SayTelling(today);
        }
        return explanation._steps;
    }

    private void SayReceipt()
    {
        var received = _clock.ReceivedOn(_facts);
        if (_facts.ReceivedAt is { } at && _clock.Rule.ReceivedAtOpening && !_clock.Calendar.IsOpen(at))
            Say(StatutoryTexts.ReceivedAtOpening, ("date", _words.Moment(_clock.Calendar.Local(at), _language)), ("opening", _words.Moment(_clock.Calendar.NextOpening(at) ?? at, _language)));
        else
            Say(StatutoryTexts.Received, ("date", Day(received)));
        foreach (var asked in _facts.DocumentsAsked.Take(_clock.Rule.DocumentRequests)) Say(StatutoryTexts.Asked, ("date", Day(asked)));
        foreach (var again in _reading.ForbiddenRequests)
            Say(StatutoryTexts.AskedTooOften, ("date", Day(again)), ("allowed", Number(_clock.Rule.DocumentRequests)));
        if (_reading.CountsFrom is not { } from) Say(StatutoryTexts.WaitsForDocuments);
        else Say(from == received ? StatutoryTexts.Complete : StatutoryTexts.CompletedLater, ("date", Day(from)));
    }

    private void SayCount(DateOnly from, DateOnly due)
    {
        var days = _clock.DaysFor(_facts);
        Say(StatutoryTexts.Limit, ("days", Number(days)), ("first_day", Day(_clock.Add(from, 1, _clock.Rule.Counts))));
        if (_reading.DaysOff.Count > 0) Say(StatutoryTexts.DaysOff, ("list", string.Join(", ", _reading.DaysOff.Select(DayOff))));
        var counted = _clock.Add(from, days, _clock.Rule.Counts);
        if (counted == due) Say(StatutoryTexts.Due, ("date", Day(due)));
        else Say(StatutoryTexts.DueMoved, ("date", Day(due)), ("moved_from", Day(counted)));
    }

    private void SayOutcome(DateOnly due, DateOnly today)
    {
        switch (_facts.Decided, _reading.IsLate)
        {
            case ({ } decided, false):
                Say(StatutoryTexts.InTime, ("date", Day(decided)));
                break;
            case ({ } decided, true):
                Say(StatutoryTexts.DecidedLate, ("date", Day(decided)), ("days", Number(_reading.OverdueDays)));
                break;
            case (null, false):
                Say(StatutoryTexts.NotYetDue, ("date", Day(due)), ("left", Number(_clock.Count(today, due))));
                break;
            default:
                Say(StatutoryTexts.Late, ("days", Number(_reading.OverdueDays)));
                break;
        }
    }

    private void SayNotices()
    {
        if (_reading.Notices.Count == 0 || _clock.Rule.Late is not { } late) return;
        Say(StatutoryTexts.NoticeRule, ("every", Number(late.Every)), ("copy_to", late.CopyTo.In(_language)));
        foreach (var notice in _reading.Notices)
        {
            var name = notice.Standing switch
            {
                NoticeStanding.Given => StatutoryTexts.NoticeGiven,
                NoticeStanding.Missed => StatutoryTexts.NoticeMissed,
                NoticeStanding.Owed => StatutoryTexts.NoticeToday,
                _ => StatutoryTexts.NoticeNext,
            };
            Say(name, ("number", Number(notice.Number)), ("date", Day(notice.By)), ("given", notice.Given is { } given ? Day(given) : ""));
        }
    }

    private void SayTelling(DateOnly today)
    {
        if (_reading.TellBy is not { } by) return;
        if (_facts.Told is { } told)
            Say(told <= by ? StatutoryTexts.ToldInTime : StatutoryTexts.ToldLate, ("date", Day(told)), ("due", Day(by)));
        else if (by < today)
            Say(StatutoryTexts.NotToldInTime, ("due", Day(by)));
        else
            Say(StatutoryTexts.TellBy, ("date", Day(by)));
    }

    private string Day(DateOnly day) => _words.Day(day, _language);

    private string DayOff(DateOnly day) => _clock.Calendar.NoteOf(day) is { } note ? $"{Day(day)} ({note.Name(_language)})" : Day(day);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Say(string name, params (string Place, string Value)[] places) =>
        _steps.Add(new StatutoryStep(name, StatutoryTexts.Fill(_clock.Rule.Texts[name].In(_language), places)));
}
