using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Dialogs.Format;

/// <summary>What came of reading a folder of dialogs.</summary>
/// <param name="Book">Null when there is any problem: a book is whole or not at all.</param>
/// <param name="Problems">Everything that is wrong, not only the first thing.</param>
internal sealed record LoadedDialogs(DialogBook? Book, IReadOnlyList<DialogProblem> Problems);

/// <summary>Reads all dialogs of one agency from its folder.</summary>
internal static class DialogLoader
{
    private const int MaxFiles = 200;

    private const string RepairFile = "_repair.yaml";
    private const string WordsFile = "_words.yaml";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Never throws for what the folder holds; what cannot be read is a problem.</summary>
    public static LoadedDialogs Load(string folder)
    {
        if (!Directory.Exists(folder))
            return new LoadedDialogs(null, [new DialogProblem(folder, 0, "There is no such folder.", "Create it, or correct the setting that names it.")]);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<DialogProblem>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Take(MaxFiles + 1))
        {
            if (path.EndsWith(".test.yaml", StringComparison.Ordinal))
                continue;
            if (ReadFile(path, problems) is { } content)
                files[Path.GetFileName(path)] = content;
        }
        if (files.Count > MaxFiles)
            problems.Add(new DialogProblem(folder, 0, $"More than {MaxFiles} files.", "Remove dialogs that are not used."));
        var loaded = Load(files);
        return problems.Count == 0 ? loaded : new LoadedDialogs(null, [.. problems, .. loaded.Problems]);
    }

    /// <param name="files">Content by file name.</param>
    public static LoadedDialogs Load(IReadOnlyDictionary<string, string> files)
    {
        var all = new Dictionary<string, Findings>(StringComparer.Ordinal);
        var repair = Special(files, RepairFile, all, RepairReader.Read);
        var words = Special(files, WordsFile, all, VocabularyReader.Read);
        var dialogs = new Dictionary<string, Dialog>(StringComparer.Ordinal);
        foreach (var (file, content) in files.Where(f => !f.Key.StartsWith('_')).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var findings = all[file] = new Findings(file);
            if (YamlTree.Read(content, findings) is { } map && DialogReader.Read(map, Version(content), findings) is { } dialog)
                dialogs[dialog.Name] = dialog;
        }
        Together(dialogs, repair, all);
        var problems = all.Values.SelectMany(f => f.Problems).ToList();
        if (problems.Count == 0 && dialogs.Count == 0)
            problems.Add(new DialogProblem("", 0, "There is no dialog.", "Add a file such as my_dialog.yaml; '-- new dialog NAME' writes one."));
        if (problems.Count > 0)
            return new LoadedDialogs(null, problems);
        var version = Version(string.Join('\0', files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}\0{f.Value}")));
        return new LoadedDialogs(new DialogBook(version, dialogs.ToFrozenDictionary(StringComparer.Ordinal), repair!, words!), []);
    }

    private static T? Special<T>(IReadOnlyDictionary<string, string> files, string name, Dictionary<string, Findings> all, Func<YamlMap, Findings, T?> read)
        where T : class
    {
        var findings = all[name] = new Findings(name);
        if (!files.TryGetValue(name, out var content))
        {
            findings.Add(0, $"{name} is missing.", "Copy it from another agency's folder; every dialog needs it.");
            return null;
        }
        return YamlTree.Read(content, findings) is { } map ? read(map, findings) : null;
    }

    private static void Together(Dictionary<string, Dialog> dialogs, Repair? repair, Dictionary<string, Findings> all)
    {
        var triggers = new Dictionary<string, string>(StringComparer.Ordinal);
        // A run of a dialog that is itself broken would only add noise to its own problems.
        var complete = all.Values.All(f => f.Problems.Count == 0);
        foreach (var dialog in dialogs.Values)
        {
            var findings = all[$"{dialog.Name}.yaml"];
            if (complete)
                DialogLint.CheckTogether(dialog, dialogs, findings);
            foreach (var word in dialog.Triggers)
            {
                if (!triggers.TryAdd(word, dialog.Name))
                    findings.Add(1, $"Trigger '{word}' also begins '{triggers[word]}'.", "Keep it in one of the two.");
                if (repair?.Commands.TryGetValue(word, out var command) == true && command != "person")
                    findings.Add(1, $"Trigger '{word}' is the command '{command}'.", "Choose other words.");
            }
        }
        if (complete && repair?.PersonDialog is { } person && !dialogs.ContainsKey(person))
            all[RepairFile].Add(1, $"There is no dialog '{person}' to bring a person.", "Correct 'person:', or remove the line to hand over at once.");
    }

    private static string? ReadFile(string path, List<DialogProblem> problems)
    {
        var name = Path.GetFileName(path);
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
                problems.Add(new DialogProblem(name, 0, "The file is a link.", "Put the file itself here."));
            else if (file.Length > 4 * YamlTree.MaxLength)
                problems.Add(new DialogProblem(name, 0, $"The file has {file.Length} bytes.", "Split it into several dialogs."));
            else
                return File.ReadAllText(path, StrictUtf8);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new DialogProblem(name, 0, $"The file cannot be read: {unreadable.Message}", "Check its rights and whether another program holds it."));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new DialogProblem(name, 0, "The file is not UTF-8.", "Save it again with encoding UTF-8."));
        }
        return null;
    }

    private static string Version(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..10];
}
