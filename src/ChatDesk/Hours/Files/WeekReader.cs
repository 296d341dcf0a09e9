using System.Collections.Immutable;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Files;

/// <summary>Reads usual weeks: keys are weekdays (<c>mon</c>), ranges (<c>mon-fri</c>) or <c>daily</c>; days not named are closed.</summary>
internal static class WeekReader
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private const string KeyExample = "write a weekday (mon, tue, wed, thu, fri, sat, sun), a range such as mon-fri, or daily";

    public static WeekPlan Read(Entry week, DateOnly from)
    {
        var days = new ImmutableArray<OpenSpan>?[7];
        foreach (var (key, line) in week.Keys.Where(k => k.Key != "from"))
        {
            if (DaysOf(key) is not { } named)
            {
                week.Sheet.Report(line, $"'{key}' is no weekday", KeyExample);
                continue;
            }
            var spans = Hours(week, key);
            foreach (var day in named)
            {
                if (days[day] is not null) week.Sheet.Report(line, $"'{Names[day]}' has hours already", "name each weekday once");
                days[day] = spans;
            }
        }
        return new WeekPlan(from, [.. days.Select(d => d ?? [])]);
    }

    /// <summary>Weekdays in a list such as <c>mon-fri, sun</c>, or null when one of them is none.</summary>
    public static ImmutableHashSet<DayOfWeek>? Weekdays(string text)
    {
        var all = ImmutableHashSet<DayOfWeek>.Empty;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (DaysOf(part) is not { } days) return null;
            all = all.Union(days.Select(d => (DayOfWeek)d));
        }
        return all;
    }

    private static List<int>? DaysOf(string key)
    {
        if (key == "daily") return [0, 1, 2, 3, 4, 5, 6];
        var ends = key.Split('-', StringSplitOptions.TrimEntries);
        var first = Array.IndexOf(Names, ends[0]);
        var last = Array.IndexOf(Names, ends[^1]);
        if (ends.Length > 2 || first < 0 || last < 0) return null;
        var days = new List<int> { first };
        while (days[^1] != last) days.Add((days[^1] + 1) % 7);
        return days;
    }

    private static ImmutableArray<OpenSpan> Hours(Entry week, string key)
    {
        if (week.Text(key) is not { } text) return [];
        if (SpanText.Read(text, out var problem) is { } spans) return spans;
        week.Report(key, problem, SpanText.Example);
        return [];
    }
}
