using System.Collections.Immutable;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Files;

/// <summary>What stands in hours.yaml.</summary>
internal sealed record HoursFile
{
    public required TimeZoneInfo Zone { get; init; }

    public required ImmutableArray<WeekPlan> Weeks { get; init; }

    public required ImmutableHashSet<DayOfWeek> WorkingDays { get; init; }

    public required PromiseRule Promise { get; init; }

    public required PromiseWords Words { get; init; }

    /// <summary>The agency's own special days; they win over the lists of holidays.</summary>
    public required IReadOnlyDictionary<DateOnly, DayPlan> Days { get; init; }

    public static HoursFile Read(Entry file)
    {
        var read = new HoursFile
        {
            Zone = ZoneOf(file),
            Weeks = WeeksOf(file),
            WorkingDays = WorkingDaysOf(file),
            Promise = PromiseOf(file),
            Words = WordsOf(file),
            Days = DaysReader.Read(file).ToDictionary(d => d.Date, d => d.Plan),
        };
        file.Close();
        return read;
    }

    private static TimeZoneInfo ZoneOf(Entry file)
    {
        const string remedy = "write 'zone: Asia/Bangkok' (a name of the IANA time zone list)";
        var name = file.Needed("zone", remedy);
        if (name.Length == 0) return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        file.Report("zone", $"there is no time zone '{name}'", remedy);
        return TimeZoneInfo.Utc;
    }

    private static ImmutableArray<WeekPlan> WeeksOf(Entry file)
    {
        var weeks = new List<WeekPlan>();
        foreach (var week in file.List("weeks"))
        {
            var from = week.Date("from");
            if (from is null && weeks.Count > 0 && !week.Has("from")) week.Sheet.Report(week.Line, "this week does not say from when it counts", "write 'from: 2027-01-01' in it");
            if (weeks.Any(w => w.From == from)) week.Report("from", "two weeks begin on the same day", "keep one of the two");
            weeks.Add(WeekReader.Read(week, from ?? DateOnly.MinValue));
        }
        if (weeks.Count == 0) file.Sheet.Report(file.Line, "'weeks' is missing", "write 'weeks:' and under it '- mon-fri: 08:30-16:30'");
        else if (weeks.MaxBy(w => w.From)!.Days.All(d => d.IsEmpty)) file.Report("weeks", "in the last of these weeks the agency is never open, so nothing could be promised", "give at least one weekday its hours");
        return weeks.Count == 0 ? [new WeekPlan(DateOnly.MinValue, [.. Enumerable.Repeat(ImmutableArray<OpenSpan>.Empty, 7)])] : [.. weeks.OrderBy(w => w.From)];
    }

    private static ImmutableHashSet<DayOfWeek> WorkingDaysOf(Entry file)
    {
        var text = file.Text("working_days") ?? "mon-fri";
        if (WeekReader.Weekdays(text) is { } days) return days;
        file.Report("working_days", $"'{text}' names no weekdays", "write 'working_days: mon-fri'");
        return [DayOfWeek.Monday];
    }

    private static PromiseRule PromiseOf(Entry file)
    {
        if (file.Inner("promise") is not { } promise)
        {
            if (!file.Has("promise")) file.Sheet.Report(file.Line, "'promise' is missing", "write 'promise:' and under it 'within: 1h' and 'case: 15 working days'");
            return PromiseRule.Unread;
        }
        _ = promise.Needed("within", "write 'within: 1h', the business time in which a person answers");
        _ = promise.Needed("case", "write 'case: 15 working days', the time in which a case is answered");
        var within = Limit(promise, "within");
        if (within is { IsDays: true }) promise.Report("within", "a person's answer is promised to the minute", DurationText.Example);
        var kinds = new Dictionary<string, AnswerLimit>(StringComparer.Ordinal);
        if (promise.Inner("kinds") is { } inner)
        {
            foreach (var (kind, _) in inner.Keys) kinds[kind] = Limit(inner, kind);
        }
        var rule = new PromiseRule(within, Limit(promise, "case"), kinds);
        promise.Close();
        return rule;
    }

    private static AnswerLimit Limit(Entry from, string key)
    {
        if (from.Text(key) is not { } text) return PromiseRule.Unread.Within;
        if (AnswerLimit.Read(text) is { } limit) return limit;
        from.Report(key, $"'{text}' is no length of time", $"{DurationText.Example}, or working days, such as '15 working days'");
        return PromiseRule.Unread.Within;
    }

    private static PromiseWords WordsOf(Entry file)
    {
        if (file.Inner("words") is not { } words)
        {
            if (!file.Has("words")) file.Sheet.Report(file.Line, "'words' is missing", "copy it from dialogs/demo/hours/hours.yaml");
            return new PromiseWords("", "", "", "");
        }
        var moment = Pattern(words, "moment", PromiseWords.MomentPlaces);
        var day = Pattern(words, "day", PromiseWords.DayPlaces);
        words.Close();
        return new PromiseWords(moment.Thai, moment.English, day.Thai, day.English);
    }

    private static (string Thai, string English) Pattern(Entry words, string key, IReadOnlyList<string> places)
    {
        var both = words.Both(key);
        foreach (var pattern in (string[])[both.Thai, both.English])
        {
            foreach (var place in places.Where(p => pattern.Length > 0 && !pattern.Contains(p, StringComparison.Ordinal)))
                words.Report(key, $"'{pattern}' does not say {place}", $"to be exact it needs {string.Join(" ", places)}");
        }
        return both;
    }
}
