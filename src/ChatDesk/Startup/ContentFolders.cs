using ChatDesk.Cases.Rules;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Samples;
using ChatDesk.Conversations.Words;
using ChatDesk.Dialogs.Format;
using ChatDesk.Dialogs.Live;
using ChatDesk.Hours.Files;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Triage.Local;

namespace ChatDesk.Startup;

/// <summary>Finds and reads what editors write: <c>dialogs/{agency}</c> and <c>knowledge/{agency}</c>.</summary>
internal static class ContentFolders
{
    /// <summary>The folder that holds <c>dialogs/</c> and <c>knowledge/</c>: the one named, else the nearest one up from here (dotnet run works in the project's folder) or from the program.</summary>
    /// <returns>Absolute path, or an empty string with a problem added.</returns>
    public static string Find(string? given, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            if (HoldsContent(given)) return Path.GetFullPath(given);
            problems.Add($"ContentDirectory: {Path.GetFullPath(given)} does not hold the folders dialogs and knowledge.");
            return "";
        }
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (HoldsContent(folder.FullName)) return folder.FullName;
            }
        }
        problems.Add("ContentDirectory: no folder with dialogs and knowledge was found here or above; start the desk inside its folder or name the folder.");
        return "";
    }

    public static string Dialogs(string contentDirectory, string agency) => Path.Combine(contentDirectory, "dialogs", agency);

    public static string Cases(string contentDirectory, string agency) => Path.Combine(contentDirectory, "dialogs", agency, "cases", "cases.yaml");

    public static string Knowledge(string contentDirectory, string agency) => Path.Combine(contentDirectory, "knowledge", agency);

    public static string Lists(string contentDirectory, string agency) => Path.Combine(Knowledge(contentDirectory, agency), "_lists");

    /// <summary>Reads an agency's content whole.</summary>
    /// <param name="contentDirectory">From <see cref="Find"/>.</param>
    /// <param name="agency">Whose content.</param>
    /// <param name="today">Tells which articles are past their review.</param>
    /// <param name="before">The version in force, whose older dialogs go on being kept; null at start.</param>
    /// <param name="problems">What must be mended, each with file, line and remedy.</param>
    /// <param name="dataDirectory">Where what the knowledge teaches is kept for the next start; null keeps nothing.</param>
    /// <returns>Null when anything must be mended: content is whole or not at all.</returns>
    public static AgencyContent? Read(
        string contentDirectory, string agency, DateOnly today, AgencyContent? before, out IReadOnlyList<string> problems, string? dataDirectory = null)
    {
        // Taken first: what is saved while the rest is read is then noticed as a change.
        var stamp = Stamp(contentDirectory, agency);
        var words = DeskWordsFile.Load(Path.Combine(Dialogs(contentDirectory, agency), "_desk.yaml"), out var wordProblems);
        var canned = CannedFile.Load(Path.Combine(Dialogs(contentDirectory, agency), "_canned.yaml"), out var cannedProblems);
        var dialogs = DialogLoader.Load(Dialogs(contentDirectory, agency));
        var hours = HoursFolder.Load(Dialogs(contentDirectory, agency), out var hoursProblems);
        var cases = CaseRulesFile.Load(Cases(contentDirectory, agency), out var caseProblems);
        var samples = SampleAnswersFile.Load(Dialogs(contentDirectory, agency), out var sampleProblems);
        var taught = dataDirectory is null ? null : Path.Combine(dataDirectory, "taught", $"{agency}.bin");
        var knowledge = ReadKnowledge(Knowledge(contentDirectory, agency), today, dialogs.Book, taught, before is null ? Hands.All : Hands.One);
        var triage = TriageContentFile.Load(Lists(contentDirectory, agency), out var triageProblems);
        problems =
        [
            .. triageProblems, .. cannedProblems.Select(p => p.ToString()),
            .. wordProblems.Select(p => p.ToString()), .. dialogs.Problems.Select(p => p.ToString()), .. hoursProblems.Select(p => p.ToString()),
            .. sampleProblems.Select(p => p.ToString()), .. caseProblems.Select(p => p.ToString()), .. Errors(knowledge),
        ];
        if (problems.Count > 0 || words is null || dialogs.Book is not { } book || hours is null || cases is null || knowledge is null) return null;

        var shelf = before?.Dialogs ?? new DialogShelf(book);
        shelf.Put(book);
        return new AgencyContent(words, shelf, knowledge, hours, cases) { Samples = samples, Triage = triage, Stamp = stamp, Canned = canned };
    }

    /// <summary>Changes when any file of the agency is written, added or removed.</summary>
    public static int Stamp(string contentDirectory, string agency)
    {
        var stamp = new HashCode();
        foreach (var room in (string[])["dialogs", "knowledge"])
        {
            var folder = Path.Combine(contentDirectory, room, agency);
            if (!Directory.Exists(folder)) continue;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                stamp.Add(file.FullName);
                stamp.Add(file.LastWriteTimeUtc);
                stamp.Add(file.Length);
            }
        }
        return stamp.ToHashCode();
    }

    /// <summary>Reads the content of every agency into the library.</summary>
    /// <exception cref="StartupException">Something in it must be mended first; all of it is named.</exception>
    public static void Load(DeskSettings settings, ContentLibrary library, TimeProvider time)
    {
        var problems = new List<string>();
        // Every agency's pages can be shown long before anybody's articles are ready.
        foreach (var agency in settings.Agencies)
        {
            if (DeskWordsFile.Load(Path.Combine(Dialogs(settings.ContentDirectory, agency), "_desk.yaml"), out _) is { } words) library.Announce(agency, words);
        }
        foreach (var agency in settings.Agencies)
        {
            if (library.Has(agency)) continue;
            if (Read(settings.ContentDirectory, agency, time.Today(), before: null, out var found, settings.DataDirectory) is { } content) library.Replace(agency, content);
            else problems.AddRange(found);
        }
        if (problems.Count > 0) throw new StartupException(problems);
        library.MarkLoaded();
    }

    private static KnowledgeSnapshot? ReadKnowledge(string folder, DateOnly today, DialogBook? book, string? taught, Hands hands) =>
        Directory.Exists(folder)
            ? KnowledgeBase.Load(folder, today, new KnowledgeSources { Dialogs = book?.Dialogs.Keys.ToHashSet(StringComparer.Ordinal), TaughtFile = taught, Hands = hands })
            : null;

    private static IEnumerable<string> Errors(KnowledgeSnapshot? knowledge) => knowledge is null
        ? ["knowledge: the agency has no folder there -> copy knowledge/demo under the agency's id and change the words"]
        : knowledge.Problems.Where(p => p.Level == ProblemLevel.Error).Select(p => p.ToString());

    private static bool HoldsContent(string folder) =>
        Directory.Exists(Path.Combine(folder, "dialogs")) && Directory.Exists(Path.Combine(folder, "knowledge"));
}
