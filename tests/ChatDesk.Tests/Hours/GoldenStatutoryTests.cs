using System.Globalization;
using ChatDesk.Hours;
using ChatDesk.Hours.Law;

namespace ChatDesk.Tests.Hours;

/// <summary>Statutory cases written down with what the clock must say about them, word for word.</summary>
public sealed class GoldenStatutoryTests
{
    [Fact]
    public void Every_case_of_the_table_is_counted_and_explained_right()
    {
        var cases = File.ReadAllText(Path.Combine(Golden.Folder, "statutory.txt")).Split("\n## ")[1..];
        var wrong = new List<string>();
        foreach (var text in cases)
        {
            var lines = text.TrimEnd().Split('\n');
            var said = Read(lines);
            var expected = lines.Where(l => l.StartsWith('=') || l.StartsWith('|')).ToList();
            if (!expected.SequenceEqual(said)) wrong.Add($"## {lines[0]}\n{string.Join('\n', said)}\n");
        }

        Assert.True(cases.Length >= 60, $"{cases.Length} cases");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static List<string> Read(string[] lines)
    {
        var given = lines.Skip(1).Where(l => l.Length > 0 && l[0] is not ('=' or '|')).Select(l => l.Split(' ', 2)).ToDictionary(l => l[0], l => l[1]);
        var law = given["law"].Split(' ');
        var hours = Golden.Hours(law[0]);
        var clock = hours.ClockFor(law[1]);
        var facts = Facts(given, hours);
        var today = Day(given["today"]);
        var reading = clock.Read(facts, today);
        return
        [
            $"= from {Say(reading.CountsFrom)}, due {Say(reading.Due)}, {(reading.IsLate ? $"late by {reading.OverdueDays}" : "not late")}",
            .. reading.Notices.Select(n => $"= notice {n.Number} by {Say(n.By)} {n.Standing.ToString().ToLowerInvariant()}{(n.Given is null ? "" : $" on {Say(n.Given)}")}"),
            .. reading.ForbiddenRequests.Select(d => $"= forbidden request {Say(d)}"),
            .. reading.TellBy is { } by ? [$"= tell by {Say(by)}"] : Array.Empty<string>(),
            .. StatutoryExplanation.Of(clock, facts, today, hours.Words, given["language"]).Select(step => $"| {step.Text}"),
        ];
    }

    private static StatutoryFacts Facts(Dictionary<string, string> given, AgencyHours hours)
    {
        DateTimeOffset? at = given.TryGetValue("at", out var moment)
            ? new DateTimeOffset(DateTime.ParseExact(moment, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7))
            : null;
        return new StatutoryFacts
        {
            Received = at is { } sent ? hours.Calendar.DateOf(sent) : Day(given["received"]),
            ReceivedAt = at,
            ManualDays = given.TryGetValue("limit", out var limit) ? int.Parse(limit, CultureInfo.InvariantCulture) : null,
            DocumentsAsked = Days(given, "asked"),
            DocumentsComplete = Maybe(given, "complete"),
            NoticesGiven = Days(given, "notices"),
            Decided = Maybe(given, "decided"),
            Told = Maybe(given, "told"),
        };
    }

    private static List<DateOnly> Days(Dictionary<string, string> given, string key) => given.TryGetValue(key, out var text) ? [.. text.Split(", ").Select(Day)] : [];

    private static DateOnly? Maybe(Dictionary<string, string> given, string key) => given.TryGetValue(key, out var text) ? Day(text) : null;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Say(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never";
}
