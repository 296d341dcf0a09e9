using ChatDesk.Hours.Calendars;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace ChatDesk.Hours.Files;

/// <summary>Reads holidays from an iCalendar file, as published by government and bank calendars: every whole-day event is a day off.</summary>
internal static class IcsReader
{
    /// <summary>Repeating events are unrolled over these years; a list of holidays is not valid for longer.</summary>
    private const int FirstYear = 2015;
    private const int LastYear = 2045;

    private const int MostDays = 5000;
    private const int MostDaysOfOneEvent = 60;

    public static void Read(Sheet sheet, Dictionary<DateOnly, DayPlan> days)
    {
        if (sheet.Text() is not { } text) return;
        var before = days.Count;
        foreach (var holiday in Events(sheet, text))
        {
            if (holiday.Start is not { } start) continue;
            if (start.HasTime)
            {
                sheet.Report(LineOf(text, holiday), $"'{holiday.Summary}' has a time of day", "make it a whole-day event; opening hours of a single day belong under 'days:' in hours.yaml");
                continue;
            }
            foreach (var day in DaysOf(holiday).Take(MostDays)) days.TryAdd(day, DayOff(sheet, text, holiday));
        }
        if (days.Count - before > MostDays) sheet.Report(0, $"the file holds more than {MostDays} days", "export only the holidays");
    }

    private static IReadOnlyList<CalendarEvent> Events(Sheet sheet, string text)
    {
        try
        {
            var calendars = Ical.Net.CalendarCollection.Load(text);
            var events = calendars.SelectMany(c => c.Events).ToList();
            if (events.Count == 0) sheet.Report(0, "the file holds no events", "export the calendar as iCalendar (.ics) again");
            return events;
        }
        // The library reports a broken file with whatever its parser ran into.
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            sheet.Report(0, $"this is not iCalendar: {broken.Message}", "export the calendar as iCalendar (.ics) again");
            return [];
        }
    }

    private static IEnumerable<DateOnly> DaysOf(CalendarEvent holiday)
    {
        var end = new CalDateTime(LastYear, 12, 31);
        foreach (var period in holiday.GetOccurrences(new CalDateTime(FirstYear, 1, 1)).TakeWhile(o => o.Period.StartTime.LessThanOrEqual(end)))
        {
            var first = period.Period.StartTime.Date;
            // The end of a whole-day event is the day after its last; without one it is a single day.
            var last = period.Period.EffectiveEndTime is { } after && after.Date > first ? after.Date.AddDays(-1) : first;
            for (var (day, left) = (first, MostDaysOfOneEvent); day <= last && left > 0; day = day.AddDays(1), left--) yield return day;
        }
    }

    private static DayPlan DayOff(Sheet sheet, string text, CalendarEvent holiday)
    {
        var name = string.IsNullOrWhiteSpace(holiday.Summary) ? "?" : holiday.Summary.Trim();
        return new DayPlan(new DayNote(DayKind.Holiday, name, name, IsSure: true, $"{Path.GetFileName(sheet.File)}:{LineOf(text, holiday)}"), [], IsWorkingDay: false);
    }

    private static int LineOf(string text, CalendarEvent holiday)
    {
        var at = holiday.Uid is { Length: > 0 } uid ? text.IndexOf(uid, StringComparison.Ordinal) : -1;
        return at < 0 ? 0 : text.AsSpan(0, at).Count('\n') + 1;
    }
}
