using System.Globalization;
using ChatDesk.Hours;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Startup.Verbs;

/// <summary>A year of an agency's calendar for the terminal: the usual weeks, a strip for each month, and the special days by name.</summary>
internal static class HoursPage
{
    public static void Write(AgencyHours hours, string agency, int year, TextWriter to)
    {
        var calendar = hours.Calendar;
        to.WriteLine(Invariant($"{agency}  {year} (B.E. {year + 543})  {calendar.Zone.Id}  version {calendar.Version}"));
        to.WriteLine();
        foreach (var week in calendar.Plan.Weeks) WriteWeek(week, to);
        to.WriteLine();
        to.WriteLine("     " + string.Concat(Enumerable.Range(1, 31).Select(d => Invariant($"{d,3}"))));
        for (var month = 1; month <= 12; month++) WriteMonth(calendar, year, month, to);
        to.WriteLine("     o open  . closed  H holiday  S substitute  C closed specially  h half day  x extra day");
        to.WriteLine();
        WriteSpecialDays(calendar, year, to);
        var working = Days(year).Count(calendar.IsWorkingDay);
        to.WriteLine(Invariant($"{working} working days"));
    }

    private static void WriteWeek(WeekPlan week, TextWriter to)
    {
        to.WriteLine(week.From == DateOnly.MinValue ? "usual week" : Invariant($"usual week from {week.From:yyyy-MM-dd}"));
        foreach (var day in (DayOfWeek[])[DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday])
        {
            var spans = week.On(day);
            to.WriteLine($"  {CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day)}  {(spans.IsEmpty ? "closed" : string.Join(", ", spans))}");
        }
    }

    private static void WriteMonth(BusinessCalendar calendar, int year, int month, TextWriter to)
    {
        var name = CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month);
        var days = Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(d => Mark(calendar, new DateOnly(year, month, d)));
        to.WriteLine($"{name}  " + string.Concat(days.Select(mark => $"  {mark}")));
    }

    private static char Mark(BusinessCalendar calendar, DateOnly day) => calendar.NoteOf(day)?.Kind switch
    {
        DayKind.Holiday => 'H',
        DayKind.Substitute => 'S',
        DayKind.Special => 'C',
        DayKind.HalfDay => 'h',
        DayKind.ExtraDay => 'x',
        _ => calendar.HoursOf(day).Count > 0 ? 'o' : '.',
    };

    private static void WriteSpecialDays(BusinessCalendar calendar, int year, TextWriter to)
    {
        foreach (var day in Days(year))
        {
            if (calendar.NoteOf(day) is not { } note) continue;
            var hours = calendar.HoursOf(day);
            var open = hours.Count > 0 ? $"  {string.Join(", ", hours)}" : "";
            to.WriteLine(Invariant($"{day:ddd} {day:yyyy-MM-dd}{(note.IsSure ? "  " : " ?")}{note.Thai} / {note.English}{open}  [{note.Source}]"));
        }
        if (!Days(year).Any(day => calendar.NoteOf(day) is not null)) to.WriteLine(Invariant($"no holidays are listed for {year}: add hours/holidays-{year}.yaml"));
        else if (Days(year).Any(day => calendar.NoteOf(day) is { IsSure: false })) to.WriteLine("? not yet compared with the official announcement");
    }

    private static IEnumerable<DateOnly> Days(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1)) yield return day;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
