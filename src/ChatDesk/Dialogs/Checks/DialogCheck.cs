using System.Globalization;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Checks;

/// <summary>What <c>-- check</c> does with a folder of dialogs: lint everything, play every transcript, count the steps reached.</summary>
/// <param name="isWorkingDay">The agency's calendar; without one, Monday to Friday.</param>
internal sealed class DialogCheck(Func<DateOnly, bool>? isWorkingDay = null)
{
    /// <summary>Share of steps that the transcripts must reach, in percent.</summary>
    public const int NeededCoverage = 100;

    /// <param name="folder">One agency's dialogs.</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>0 when everything is in order, otherwise 1.</returns>
    public int Run(string folder, TextWriter output)
    {
        var loaded = DialogLoader.Load(folder);
        foreach (var problem in loaded.Problems)
            output.WriteLine(problem);
        if (loaded.Book is not { } book)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dialogs: {loaded.Problems.Count} problems"));
            return 1;
        }
        var problems = new List<DialogProblem>();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var played = 0;
        foreach (var dialog in book.Dialogs.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
            played += Play(book, dialog, folder, problems, reached);
        Cover(book, problems, reached, output);
        foreach (var problem in problems)
            output.WriteLine(problem);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dialogs: {book.Dialogs.Count} dialogs, {played} transcripts, {problems.Count} problems, version {book.Version}"));
        return problems.Count == 0 ? 0 : 1;
    }

    private int Play(DialogBook book, Dialog dialog, string folder, List<DialogProblem> problems, HashSet<string> reached)
    {
        var file = $"{dialog.Name}.test.yaml";
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            problems.Add(new DialogProblem(file, 0, $"Dialog '{dialog.Name}' has no tests.", "Write this file; '-- new dialog NAME' shows how."));
            return 0;
        }
        var findings = new Findings(file);
        var played = 0;
        if (YamlTree.Read(File.ReadAllText(path), findings) is { } map)
        {
            var (name, transcripts) = TranscriptReader.Read(map, findings);
            if (name != dialog.Name)
                findings.Add(1, $"The tests are for '{name}' but the file is for '{dialog.Name}'.", "Give both the same name.");
            if (findings.Problems.Count == 0)
            {
                foreach (var transcript in transcripts)
                    reached.UnionWith(new TranscriptPlayer(book, dialog.Name, transcript, findings, isWorkingDay).Play());
            }
            foreach (var missing in Transcript.Kinds.Except(transcripts.SelectMany(t => t.Shows)))
                findings.Add(1, $"No test shows '{missing}'.", $"Add one with 'shows: [{missing}]'.");
            foreach (var language in new[] { "th", "en" }.Except(transcripts.Select(t => t.Language)))
                findings.Add(1, $"No test speaks '{language}'.", $"Add one with 'language: {language}'.");
            played = transcripts.Count;
        }
        problems.AddRange(findings.Problems);
        return played;
    }

    private static void Cover(DialogBook book, List<DialogProblem> problems, HashSet<string> reached, TextWriter output)
    {
        foreach (var dialog in book.Dialogs.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            var missed = dialog.Steps.Where(s => !reached.Contains($"{dialog.Name}/{s.Id}")).ToList();
            var share = 100 * (dialog.Steps.Count - missed.Count) / dialog.Steps.Count;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dialog.Name,-24} {dialog.Steps.Count - missed.Count,3}/{dialog.Steps.Count,-3} steps {share,4} %"));
            if (share < NeededCoverage)
                problems.AddRange(missed.Select(s => new DialogProblem($"{dialog.Name}.yaml", s.Line, $"No test reaches step '{s.Id}'.", "Add a transcript that goes there, or remove the step.")));
        }
    }
}
