using System.Collections.Frozen;
using ChatDesk.Hours.Law;

namespace ChatDesk.Hours.Files;

/// <summary>Reads an agency's statutory limits, one a file, from its folder <c>law</c>. An agency need not have any.</summary>
internal static class LawFolder
{
    public static FrozenDictionary<string, StatutoryRule> Load(string folder, List<HoursProblem> problems)
    {
        var rules = new Dictionary<string, StatutoryRule>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return FrozenDictionary<string, StatutoryRule>.Empty;
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (new Sheet(path, problems).Read() is not { } file) continue;
            var rule = Rule(file, Path.GetFileNameWithoutExtension(path));
            rules[rule.Id] = rule;
        }
        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static StatutoryRule Rule(Entry file, string id)
    {
        var rule = new StatutoryRule
        {
            Id = id,
            Law = Text(file, "law"),
            Section = Text(file, "section"),
            Counts = Counts(file, "counts"),
            Days = Days(file),
            MovesOffDaysOff = file.YesNo("last_day_moves") ?? false,
            ReceivedAtOpening = file.YesNo("received_at_opening") ?? false,
            DocumentRequests = file.Number("document_requests", 0, 10) ?? 0,
            TellWithin = file.Number("tell_within", 1, 365),
            Late = Late(file),
            Checked = Check(file),
            Texts = Texts(file),
        };
        file.Close();
        return rule;
    }

    private static LawText Text(Entry from, string key)
    {
        var (thai, english) = from.Both(key);
        return new LawText(thai, english);
    }

    private static DayCount Counts(Entry from, string key)
    {
        if (!from.Has(key)) from.Sheet.Report(from.Line, $"'{key}' is missing", $"write '{key}: working_days' or '{key}: calendar_days'");
        return from.Choice(key, ("working_days", DayCount.Working), ("calendar_days", DayCount.Calendar));
    }

    private static int? Days(Entry file)
    {
        const string remedy = "write a number, or 'days: manual' where the public manual of each permit gives it";
        if (file.Needed("days", remedy) is "manual" or "") return null;
        return file.Number("days", 1, 1000);
    }

    private static LateNotices? Late(Entry file)
    {
        if (file.Inner("late_notices") is not { } late) return null;
        var notices = new LateNotices(
            Needed(late, "first_after"), Needed(late, "every"), Counts(late, "counts"), Text(late, "copy_to"), Text(late, "draft"));
        foreach (var draft in (string[])[notices.Draft.Thai, notices.Draft.English]) CheckPlaces(late, "draft", draft, StatutoryTexts.NoticePlaces);
        if (notices.Draft.Thai.Length > 0 && !(notices.Draft.Thai.Contains("{label}", StringComparison.Ordinal) && notices.Draft.English.Contains("{label}", StringComparison.Ordinal)))
            late.Report("draft", "the draft does not say that it was computed", "keep {label} in it, in both languages");
        late.Close();
        return notices;
    }

    private static int Needed(Entry from, string key)
    {
        _ = from.Needed(key, $"write '{key}: 7'");
        return from.Number(key, 1, 365) ?? 1;
    }

    private static LawCheck Check(Entry file)
    {
        if (file.Inner("checked") is not { } check)
        {
            if (!file.Has("checked")) file.Sheet.Report(file.Line, "'checked' is missing", "say who compared this with the law's text: 'checked:' and under it by, on, confidence and source");
            return new LawCheck("", default, Confidence.Low, "");
        }
        var read = new LawCheck(
            check.Needed("by", "write who checked it"),
            check.NeededDate("on") ?? default,
            check.Choice("confidence", ("low", Confidence.Low), ("medium", Confidence.Medium), ("high", Confidence.High)),
            check.Needed("source", "write where the law's text was read"));
        check.Close();
        return read;
    }

    private static FrozenDictionary<string, LawText> Texts(Entry file)
    {
        var texts = new Dictionary<string, LawText>(StringComparer.Ordinal);
        if (file.Inner("texts") is not { } inner)
        {
            if (!file.Has("texts")) file.Sheet.Report(file.Line, "'texts' is missing", "copy it from a file in dialogs/demo/law");
            return texts.ToFrozenDictionary(StringComparer.Ordinal);
        }
        foreach (var (name, places) in StatutoryTexts.Places)
        {
            var text = texts[name] = Text(inner, name);
            foreach (var words in (string[])[text.Thai, text.English]) CheckPlaces(inner, name, words, places);
        }
        inner.Close();
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void CheckPlaces(Entry from, string key, string words, IReadOnlyList<string> allowed)
    {
        foreach (var place in PlacesIn(words).Where(p => !allowed.Contains(p)))
            from.Report(key, $"'{{{place}}}' is not known in '{key}'", allowed.Count == 0 ? "remove it" : $"write one of {string.Join(" ", allowed.Select(p => $"{{{p}}}"))}");
    }

    private static IEnumerable<string> PlacesIn(string words)
    {
        for (var open = words.IndexOf('{'); open >= 0; open = words.IndexOf('{', open + 1))
        {
            if (words.IndexOf('}', open) is > 0 and var close) yield return words[(open + 1)..close];
        }
    }
}
