using System.Globalization;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Files;

namespace ChatDesk.Tests.Hours;

/// <summary>A table of moments whose answers were worked out elsewhere, minute by minute.</summary>
public sealed class GoldenInstantTests
{
    private const string Shape = "yyyy-MM-dd'T'HH:mmzzz";

    [Fact]
    public void Every_instant_of_the_table_is_answered_right()
    {
        var rows = File.ReadAllLines(Path.Combine(Golden.Folder, "instants.txt")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var calendars = new Dictionary<string, BusinessCalendar>();
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var (asked, right) = (row[..row.IndexOf('=')].Split(' ', StringSplitOptions.RemoveEmptyEntries), row[(row.IndexOf('=') + 1)..].Trim());
            if (!calendars.TryGetValue(asked[0], out var calendar)) calendars[asked[0]] = calendar = Golden.Hours(asked[0]).Calendar;
            var answer = Answer(calendar, asked[1], asked[2..]);
            if (answer != right) wrong.Add($"{string.Join(' ', asked)} = {answer}, not {right}");
        }

        Assert.True(rows.Count >= 200, $"{rows.Count} rows");
        Assert.Empty(wrong);
    }

    private static string Answer(BusinessCalendar calendar, string question, string[] what) => question switch
    {
        "open" => YesNo(calendar.IsOpen(At(calendar, what[0]))),
        "next" => Say(calendar.NextOpening(At(calendar, what[0]))),
        "closes" => calendar.IsOpen(At(calendar, what[0])) ? Say(calendar.ClosesAt(At(calendar, what[0]))) : calendar.ClosesAt(At(calendar, what[0])) is null ? "closed" : "wrong",
        "between" => Length(calendar.Between(At(calendar, what[0]), At(calendar, what[1]))),
        "add" => Say(calendar.Add(At(calendar, what[0]), DurationText.Read(what[1])!.Value)),
        "working" => YesNo(calendar.IsWorkingDay(Day(what[0]))),
        "days" => calendar.AddWorkingDays(Day(what[0]), int.Parse(what[1], CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => $"'{question}' is no question",
    };

    private static DateTimeOffset At(BusinessCalendar calendar, string text)
    {
        if (text.Length > 16) return DateTimeOffset.ParseExact(text, Shape, CultureInfo.InvariantCulture);
        var wall = DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(wall, calendar.Zone.GetUtcOffset(wall));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Say(DateTimeOffset? at) => at?.ToString(Shape, CultureInfo.InvariantCulture) ?? "never";

    private static string Length(TimeSpan length)
    {
        var minutes = (int)Math.Abs(length.TotalMinutes);
        return $"{(length < TimeSpan.Zero ? "-" : "")}{minutes / 60}h{(minutes % 60).ToString("00", CultureInfo.InvariantCulture)}m";
    }
}
