using ChatDesk.Cases.Model;
using ChatDesk.Hours.Files;

namespace ChatDesk.Cases.Rules;

/// <summary>Reads <c>dialogs/{agency}/cases/cases.yaml</c> and names everything an editor must mend, all at once.</summary>
internal static class CaseRulesFile
{
    private static readonly CaseTargets Usual = new(TimeSpan.FromHours(8), TimeSpan.FromHours(120), TimeSpan.FromHours(120));

    /// <summary>Never throws for what the file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Everything that must be mended; empty exactly when rules are returned.</param>
    public static CaseRules? Load(string path, out IReadOnlyList<HoursProblem> problems)
    {
        var found = new List<HoursProblem>();
        problems = found;
        if (!File.Exists(path)) found.Add(new HoursProblem(path, 0, "the file is missing", "copy it from dialogs/demo/cases/cases.yaml and change the words"));
        else if (new Sheet(path, found).Read() is { } file && Read(file) is var rules && found.Count == 0) return rules;
        return null;
    }

    private static CaseRules Read(Entry file)
    {
        var usual = file.Inner("clocks") is { } clocks ? Targets(clocks, Usual) : Usual;
        var rules = new CaseRules
        {
            Targets = usual,
            KindTargets = Kinds(file.Inner("kinds"), usual),
            Words = Words(file),
            SimilarWithinDays = file.Number("similar_within_days", 1, 365) ?? 30,
            ProtectedUnit = file.Text("protected_unit") ?? "integrity",
            SurveyDays = file.Number("survey_days", 1, 60) ?? 7,
        };
        file.Close();
        return rules;
    }

    private static Dictionary<CaseKind, CaseTargets> Kinds(Entry? kinds, CaseTargets usual)
    {
        var targets = new Dictionary<CaseKind, CaseTargets>();
        if (kinds is null) return targets;
        foreach (var kind in Enum.GetValues<CaseKind>())
        {
            if (kinds.Inner(kind.ToString().ToLowerInvariant()) is { } own) targets[kind] = Targets(own, usual);
        }
        kinds.Close();
        return targets;
    }

    private static CaseTargets Targets(Entry entry, CaseTargets usual)
    {
        var targets = new CaseTargets(Time(entry, "first_look", usual.FirstLook), Time(entry, "answer", usual.Answer), Time(entry, "progress", usual.Progress));
        entry.Close();
        return targets;
    }

    private static TimeSpan Time(Entry entry, string key, TimeSpan usual)
    {
        if (entry.Text(key) is not { } text) return usual;
        if (DurationText.Read(text) is { } time && time > TimeSpan.Zero) return time;
        entry.Report(key, $"'{text}' is no length of time", DurationText.Example);
        return usual;
    }

    private static CaseWords Words(Entry file)
    {
        if (file.Inner("say") is not { } say)
        {
            if (!file.Has("say")) file.Sheet.Report(file.Line, "'say' is missing", "copy it from dialogs/demo/cases/cases.yaml");
            return new CaseWords(new Dictionary<string, (string, string)>());
        }
        var words = CaseWords.Phrases.ToDictionary(phrase => phrase, phrase => say.Both(phrase));
        say.Close();
        return new CaseWords(words);
    }
}
