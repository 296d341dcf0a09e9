using ChatDesk.Activities;
using ChatDesk.Dialogs.Answers;
using ChatDesk.Hours.Calendars;
using ChatDesk.Knowledge;

namespace ChatDesk.Conversations;

/// <summary>
/// What the agency's own calendar says of the day that somebody asks about: above the articles on office hours and holidays, which can only tell the usual. The
/// source is said with it, and that nobody has compared a holiday with its announcement yet.
/// </summary>
internal static class CalendarWords
{
    /// <param name="turn">Whose calendar.</param>
    /// <param name="found">What is answered.</param>
    /// <param name="asked">The question; the day in it, or else now.</param>
    /// <returns>Null for an article that is not about open days, and for a day that the calendar knows nothing of.</returns>
    public static OutboundActivity? Of(TurnContext turn, KnowledgeAnswer found, string asked)
    {
        if (found.Outcome != KnowledgeOutcome.Answer || turn.Content.Knowledge.BySlug.GetValueOrDefault(found.Slug!)?.In(turn.Language).ShowsCalendar != true) return null;
        var words = turn.Content.Dialogs.Current.Vocabulary;
        return DateAnswer.Named(words.Hear(asked), words, turn.Today) is { } day && !(day == turn.Today && turn.Content.Hours.Calendar.HoursOf(day).Count > 0) ? OnDay(turn, day) : Now(turn);
    }

    private static OutboundActivity? Now(TurnContext turn)
    {
        var calendar = turn.Content.Hours.Calendar;
        if (calendar.IsOpen(turn.Now)) return calendar.ClosesAt(turn.Now) is { } closes ? Say(turn, "calendar_open_now", ("until", turn.Say(calendar.Local(closes)))) : null;
        return Say(turn, "calendar_closed_now", ("opens", turn.Say(turn.Content.Hours.NextOpening(turn.Now))));
    }

    private static OutboundActivity? OnDay(TurnContext turn, DateOnly day)
    {
        var hours = turn.Content.Hours;
        // A year whose holidays nobody has written down looks open on all of them.
        if (day < turn.Today || !hours.Calendar.Plan.Days.Any(d => d.Key.Year == day.Year && d.Value.Note.Kind == DayKind.Holiday)) return null;
        var name = hours.Words.Day(day, turn.Language);
        var note = hours.Calendar.NoteOf(day);
        if (hours.Calendar.HoursOf(day) is { Count: > 0 } spans)
            return Say(turn, "calendar_open", ("day", name), ("hours", string.Join(", ", spans)));
        var opens = turn.Say(hours.NextOpening(Midnight(turn, day)));
        var said = note is null
            ? Say(turn, "calendar_closed", ("day", name), ("opens", opens))
            : Say(turn, "calendar_holiday", ("day", name), ("opens", opens), ("name", note.Name(turn.Language)));
        return note is { IsSure: false } ? said with { Text = $"{said.Text}\n{turn.Content.Words.Say("calendar_unsure", turn.Language)}" } : said;
    }

    private static DateTimeOffset Midnight(TurnContext turn, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, turn.Content.Hours.Calendar.Zone.GetUtcOffset(local));
    }

    private static OutboundActivity Say(TurnContext turn, string phrase, params ReadOnlySpan<(string Place, string Value)> places) =>
        OutboundActivity.Say(turn.Content.Words.Say(phrase, turn.Language, places));
}
