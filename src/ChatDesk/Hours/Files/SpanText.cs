using System.Collections.Immutable;
using System.Globalization;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Files;

/// <summary>Reads opening hours as editors write them: <c>08:30-12:00, 13:00-16:30</c>, <c>22:00-06:00</c>, <c>00:00-24:00</c>, <c>closed</c>.</summary>
internal static class SpanText
{
    public const string Example = "write for example '08:30-16:30', '08:30-12:00, 13:00-16:30', '22:00-06:00' (into the next morning), '00:00-24:00' or 'closed'";

    /// <returns>Ascending spans; null with the reason in <paramref name="problem"/>.</returns>
    public static ImmutableArray<OpenSpan>? Read(string text, out string problem)
    {
        problem = "";
        if (text.Trim() == "closed") return [];
        var spans = new List<OpenSpan>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Span(part) is not { } span)
            {
                problem = $"'{part}' is no stretch of opening hours";
                return null;
            }
            spans.Add(span);
        }
        spans.Sort((a, b) => a.From.CompareTo(b.From));
        for (var i = 1; i < spans.Count; i++)
        {
            if (spans[i].From >= spans[i - 1].To) continue;
            problem = $"'{spans[i - 1]}' and '{spans[i]}' overlap";
            return null;
        }
        return [.. spans];
    }

    private static OpenSpan? Span(string part)
    {
        if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to] || Minute(from) is not { } start || Minute(to) is not { } end || start == OpenSpan.MinutesOfDay) return null;
        if (start == end) return null;
        return new OpenSpan(start, end > start ? end : end + OpenSpan.MinutesOfDay);
    }

    /// <summary>Minutes after midnight; 24:00 is the end of the day.</summary>
    private static int? Minute(string text)
    {
        if (text == "24:00") return OpenSpan.MinutesOfDay;
        return TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
    }
}
