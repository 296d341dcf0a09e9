using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Files;

/// <summary>Reads the lists of special days, in the yearly files and in hours.yaml.</summary>
internal static class DaysReader
{
    /// <summary>A yearly file of public holidays.</summary>
    public static void ReadYear(Entry file, Dictionary<DateOnly, DayPlan> days)
    {
        if (!file.Has("year")) file.Sheet.Report(file.Line, "'year' is missing", "write 'year: 2026' (Christian era) at the top");
        var year = file.Number("year", 1950, 2200);
        _ = file.Text("checked");
        foreach (var (date, plan, line) in Read(file))
        {
            if (year is { } only && date.Year != only) file.Sheet.Report(line, $"{date:yyyy-MM-dd} is not in {only}", $"move it to the file of {date.Year}");
            else days[date] = plan;
        }
        file.Close();
    }

    /// <summary>The list <c>days:</c> of a file.</summary>
    public static IEnumerable<(DateOnly Date, DayPlan Plan, long Line)> Read(Entry file)
    {
        var seen = new HashSet<DateOnly>();
        foreach (var item in file.List("days"))
        {
            var date = item.NeededDate("date");
            var plan = Day(item);
            item.Close();
            if (date is not { } day) continue;
            if (seen.Add(day)) yield return (day, plan, item.Line);
            else item.Report("date", $"{day:yyyy-MM-dd} stands here twice", "write both names into one entry");
        }
    }

    private static DayPlan Day(Entry item)
    {
        var kind = item.Choice("kind",
            ("holiday", DayKind.Holiday), ("substitute", DayKind.Substitute), ("special", DayKind.Special), ("half_day", DayKind.HalfDay), ("extra_day", DayKind.ExtraDay));
        var thai = item.Needed("th", "write its Thai name: 'th: ...'");
        var english = item.Needed("en", "write its English name: 'en: ...'");
        var sure = item.YesNo("sure") ?? true;
        var working = item.YesNo("working_day");
        var isOff = kind is DayKind.Holiday or DayKind.Substitute or DayKind.Special;
        var hours = item.Text("open");
        if (hours is null && !isOff) item.Sheet.Report(item.Line, "this day has no 'open' hours", $"'open: ...': {SpanText.Example}");
        var note = new DayNote(kind, thai, english, sure, $"{Path.GetFileName(item.Sheet.File)}:{item.Line}");
        return new DayPlan(note, hours is null ? (isOff ? [] : null) : Hours(item, hours), working ?? (isOff ? false : null));
    }

    private static System.Collections.Immutable.ImmutableArray<OpenSpan> Hours(Entry item, string text)
    {
        if (SpanText.Read(text, out var problem) is { } spans) return spans;
        item.Report("open", problem, SpanText.Example);
        return [];
    }
}
