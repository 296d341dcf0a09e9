using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Conversations.Words;

/// <summary>Reads <c>_desk.yaml</c> and names everything an editor must mend, all at once.</summary>
internal sealed class DeskWordsFile
{
    /// <summary>Far above any real file; keeps a hostile one from filling the memory.</summary>
    private const int SizeLimit = 256 * 1024;

    /// <summary>LINE's limit for the words on a button.</summary>
    private const int LabelLimit = 20;

    private readonly string _file;
    private readonly List<WordsProblem> _problems = [];

    private DeskWordsFile(string file) => _file = file;

    /// <param name="path">The file.</param>
    /// <param name="problems">What must be mended; empty exactly when words are returned.</param>
    public static DeskWords? Load(string path, out IReadOnlyList<WordsProblem> problems)
    {
        var reading = new DeskWordsFile(path);
        problems = reading._problems;
        return reading.Read();
    }

    private DeskWords? Read()
    {
        if (!File.Exists(_file))
        {
            Report(0, "the file is missing", "copy it from dialogs/demo/_desk.yaml and change the words");
            return null;
        }
        if (new FileInfo(_file).Length > SizeLimit)
        {
            Report(0, "the file is too large", $"keep it under {SizeLimit / 1024} KB");
            return null;
        }
        if (Parse() is not { } root) return null;

        var phrases = DeskWords.Phrases.ToDictionary(name => name, name => Translation(root, ["say", name], int.MaxValue));
        var web = WebPhrases.All.ToDictionary(name => name, name => Translation(root, ["web", name], int.MaxValue));
        var commands = DeskWords.Commands.ToDictionary(name => name, name => new DeskCommand(
            Translation(root, ["commands", name, "label"], LabelLimit), Words(root, ["commands", name, "exact"]), Words(root, ["commands", name, "contains"])));
        var menu = Menu(root, commands);
        var particles = Words(root, ["particles"]);
        ReportUnknown(root, ["say"], DeskWords.Phrases);
        ReportUnknown(root, ["web"], WebPhrases.All);
        ReportUnknown(root, ["commands"], DeskWords.Commands);
        ReportUnknown(root, [], ["say", "web", "commands", "menu", "particles"]);
        return _problems.Count == 0 ? new DeskWords(phrases, commands, menu, particles, web) : null;
    }

    private YamlMappingNode? Parse()
    {
        try
        {
            var text = File.ReadAllText(_file);
            RefuseAliases(text);
            if (_problems.Count > 0) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.FirstOrDefault()?.RootNode is YamlMappingNode root) return root;
            Report(1, "the file does not begin with keys", "begin with 'say:'");
        }
        catch (YamlException fault)
        {
            Report(fault.Start.Line, $"this is not YAML: {fault.InnerException?.Message ?? fault.Message}", "check indentation, colons and quotation marks on this line and the one above");
        }
        return null;
    }

    /// <summary>Aliases can make a small file enormous when walked, and no editor needs them.</summary>
    private void RefuseAliases(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is YamlDotNet.Core.Events.AnchorAlias or YamlDotNet.Core.Events.NodeEvent { Anchor.IsEmpty: false })
            {
                Report(parser.Current.Start.Line, "'&' and '*' names are not allowed here", "write the words out");
                return;
            }
        }
    }

    private List<MenuEntry> Menu(YamlMappingNode root, Dictionary<string, DeskCommand> commands)
    {
        if (Find(root, ["menu"]) is not YamlSequenceNode list)
        {
            Report(root.Start.Line, "'menu' is missing or not a list", "write 'menu:' and under it lines like '- person'");
            return [];
        }
        var entries = new List<MenuEntry>();
        foreach (var node in list)
        {
            if (node is YamlScalarNode { Value: { } name })
            {
                if (commands.TryGetValue(name, out var command)) entries.Add(new(command.Label, command.Label));
                else Report(node.Start.Line, $"'{name}' is no command", $"write one of {string.Join(", ", commands.Keys)}, or an entry with label and send");
            }
            else if (node is YamlMappingNode entry)
            {
                entries.Add(new(Translation(entry, ["label"], LabelLimit), Translation(entry, ["send"], 300)));
            }
        }
        if (entries.Count > 11) Report(list.Start.Line, $"the menu has {entries.Count} entries", "keep at most 11: LINE shows 13 buttons, two are added by the desk");
        return entries;
    }

    private Translated Translation(YamlMappingNode from, string[] path, int limit)
    {
        var node = Find(from, path);
        return new(Line(node, path, "th", "Thai", limit, from), Line(node, path, "en", "English", limit, from));
    }

    private string Line(YamlNode? node, string[] path, string language, string name, int limit, YamlMappingNode from)
    {
        var line = (node ?? from).Start.Line;
        var text = node is YamlMappingNode both && both.Children.TryGetValue(language, out var value) && value is YamlScalarNode scalar ? scalar.Value?.Trim() : null;
        if (string.IsNullOrEmpty(text)) Report(line, $"'{string.Join('.', path)}' has no {name} words", $"write '{language}: ...' under it");
        else if (text.Length > limit) Report(line, $"'{text}' has {text.Length} characters", $"write at most {limit}");
        return text ?? "";
    }

    private List<string> Words(YamlMappingNode root, string[] path)
    {
        switch (Find(root, path))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return [.. list.OfType<YamlScalarNode>().Select(s => s.Value ?? "").Where(w => w.Length > 0)];
            case var other:
                Report(other.Start.Line, $"'{string.Join('.', path)}' is not a list", "write it as [first, second]");
                return [];
        }
    }

    private void ReportUnknown(YamlMappingNode root, string[] path, IReadOnlyList<string> known)
    {
        if (Find(root, path) is not YamlMappingNode mapping) return;
        foreach (var key in mapping.Children.Keys.OfType<YamlScalarNode>())
        {
            if (!known.Contains(key.Value)) Report(key.Start.Line, $"'{key.Value}' is not known here", $"write one of {string.Join(", ", known)}");
        }
    }

    private static YamlNode? Find(YamlMappingNode root, string[] path)
    {
        YamlNode? node = root;
        foreach (var key in path)
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(key, out node)) return null;
        }
        return node;
    }

    private void Report(long line, string problem, string remedy) => _problems.Add(new(_file, line, problem, remedy));
}
