using ChatDesk.Cases.Rules;
using ChatDesk.Dialogs.Checks;
using ChatDesk.Dialogs.Format;
using ChatDesk.Hours.Files;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Eval;
using ChatDesk.Triage.Local;

namespace ChatDesk.Startup.Verbs;

/// <summary>What editors type: check everything, begin a dialog, measure the answers.</summary>
internal static class ContentVerbs
{
    /// <returns>0 when nothing must be mended; warnings are printed and do not fail.</returns>
    public static int Check(string agency, TextWriter to)
    {
        var content = Find(to);
        if (content is null) return 2;
        var dialogFolder = ContentFolders.Dialogs(content, agency);
        var hours = HoursFolder.Load(dialogFolder, out var hoursProblems);
        foreach (var problem in hoursProblems) to.WriteLine(problem);
        var dialogs = new DialogCheck(hours is null ? null : hours.Calendar.IsWorkingDay).Run(dialogFolder, to);
        _ = Conversations.Words.DeskWordsFile.Load(Path.Combine(dialogFolder, "_desk.yaml"), out var words);
        _ = Conversations.Samples.SampleAnswersFile.Load(dialogFolder, out var samples);
        var triage = TriageContentFile.Load(ContentFolders.Lists(content, agency), out var triageProblems);
        foreach (var problem in triageProblems) to.WriteLine(problem);
        to.WriteLine($"triage: {triage.Lists.Count} lists, {triage.Lines.Count} labelled lines, {triageProblems.Count} problems");
        foreach (var problem in words) to.WriteLine(problem);
        foreach (var problem in samples) to.WriteLine(problem);
        CaseRulesFile.Load(ContentFolders.Cases(content, agency), out var caseProblems);
        foreach (var problem in caseProblems) to.WriteLine(problem);
        return CheckKnowledge(content, agency, to) || dialogs != 0 || words.Count + samples.Count + hoursProblems.Count + caseProblems.Count + triageProblems.Count > 0 ? 1 : 0;
    }

    public static int NewDialog(string agency, string name, TextWriter to) =>
        Find(to) is { } content ? new NewDialog().Run(ContentFolders.Dialogs(content, agency), name, to) : 2;

    public static int Eval(IReadOnlyList<string> arguments, TextWriter to) => KnowledgeEval.Run(arguments, TimeProvider.System.Today(), to);

    private static bool CheckKnowledge(string content, string agency, TextWriter to)
    {
        var names = DialogLoader.Load(ContentFolders.Dialogs(content, agency)).Book?.Dialogs.Keys.ToHashSet(StringComparer.Ordinal);
        var knowledge = KnowledgeBase.Load(ContentFolders.Knowledge(content, agency), TimeProvider.System.Today(), new KnowledgeSources { Dialogs = names });
        foreach (var problem in knowledge.Problems) to.WriteLine(problem);
        var errors = knowledge.Problems.Count(p => p.Level == ProblemLevel.Error);
        to.WriteLine($"knowledge: {knowledge.BySlug.Count} articles, {errors} errors, {knowledge.Problems.Count - errors} warnings");
        return errors > 0;
    }

    private static string? Find(TextWriter to)
    {
        var problems = new List<string>();
        var content = ContentFolders.Find(null, problems);
        foreach (var problem in problems) to.WriteLine(problem);
        return problems.Count == 0 ? content : null;
    }
}
