using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Triage.Local;

/// <summary>
/// Reads <c>triage.yaml</c> (word lists) and <c>triage-lines.yaml</c> (labelled lines) of an agency, and names what an editor
/// must mend. An agency without them gets neutral readings.
/// </summary>
internal sealed class TriageContentFile
{
    public const string Lists = "triage.yaml";
    public const string Lines = "triage-lines.yaml";

    /// <summary>Far above any real file; keeps a hostile one from filling the memory.</summary>
    private const int SizeLimit = 1024 * 1024;

    private readonly string _file;
    private readonly List<string> _problems;

    private TriageContentFile(string file, List<string> problems) => (_file, _problems) = (file, problems);

    /// <param name="folder">The agency's lists, <c>knowledge/{agency}/_lists</c>.</param>
    /// <param name="problems">What must be mended, each with file, line and remedy; empty exactly when all of it could be used.</param>
    public static TriageContent Load(string folder, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        var lists = new TriageContentFile(Path.Combine(folder, Lists), found).ReadLists();
        var lines = new TriageContentFile(Path.Combine(folder, Lines), found).ReadLines();
        return lists.Count + lines.Count == 0 ? TriageContent.Empty : new TriageContent(lists, lines);
    }

    private List<WordList> ReadLists()
    {
        var lists = new List<WordList>();
        foreach (var (name, node) in Entries(Parse()))
        {
            if (node is not YamlMappingNode fields)
            {
                Report(node, $"'{name}' has no keys under it", "write 'any: [words]' below it, indented");
                continue;
            }
            foreach (var (key, value) in Entries(fields))
            {
                if (key is not ("urgency" or "sentiment" or "topic" or "any" or "unless")) Report(value, $"'{key}' is not known here", "write urgency, sentiment, topic, any or unless");
            }
            var any = Groups(fields, "any");
            if (any.Count == 0) Report(fields, $"'{name}' has no words", "write 'any: [words]'");
            lists.Add(new WordList(name, Named<Urgency>(fields, "urgency"), Named<Sentiment>(fields, "sentiment"), Text(fields, "topic"), any, Groups(fields, "unless")));
        }
        return lists;
    }

    private List<LabelledLine> ReadLines()
    {
        var lines = new List<LabelledLine>();
        foreach (var (topic, node) in Entries(Parse()))
        {
            foreach (var group in (node as YamlSequenceNode)?.Children ?? [])
            {
                if (group is not YamlMappingNode fields)
                {
                    Report(group, "a line stands without its labels", "write '- urgency: normal' and under it 'sentiment:' and 'lines:'");
                    continue;
                }
                var (urgency, sentiment) = (Named<Urgency>(fields, "urgency"), Named<Sentiment>(fields, "sentiment"));
                if (urgency is null || sentiment is null) Report(fields, "urgency or sentiment is missing", "write 'urgency: normal' and 'sentiment: neutral'");
                foreach (var line in Texts(fields, "lines"))
                    lines.Add(new LabelledLine(FoldedText.Of(line), urgency ?? default, sentiment ?? default, topic));
            }
        }
        return lines;
    }

    private YamlMappingNode? Parse()
    {
        if (!File.Exists(_file)) return null;
        if (new FileInfo(_file).Length > SizeLimit)
        {
            Report(null, "the file is too large", $"keep it under {SizeLimit / 1024} KB");
            return null;
        }
        try
        {
            var text = File.ReadAllText(_file);
            if (AliasLine(text) is { } line)
            {
                _problems.Add($"{Path.GetFileName(_file)}:{line}: '&' and '*' names are not allowed here -> write the words out");
                return null;
            }
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.FirstOrDefault()?.RootNode is YamlMappingNode root) return root;
            Report(null, "the file does not begin with names", "begin with a name and a colon");
        }
        catch (YamlException fault)
        {
            _problems.Add($"{Path.GetFileName(_file)}:{fault.Start.Line}: this is not YAML: {fault.Message} -> check indentation, colons and quotation marks on this line and the one above");
        }
        return null;
    }

    /// <summary>Aliases can make a small file enormous when walked.</summary>
    private static long? AliasLine(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is YamlDotNet.Core.Events.AnchorAlias or YamlDotNet.Core.Events.NodeEvent { Anchor.IsEmpty: false }) return parser.Current.Start.Line;
        }
        return null;
    }

    private List<WordGroup> Groups(YamlMappingNode fields, string key)
    {
        var groups = new List<WordGroup>();
        foreach (var text in Texts(fields, key))
        {
            var group = WordGroup.Read(text);
            if (group.IsEmpty) Report(fields, $"'{text}' has an empty part", "write words on both sides of + and |");
            else groups.Add(group);
        }
        return groups;
    }

    private List<string> Texts(YamlMappingNode fields, string key)
    {
        if (!fields.Children.TryGetValue(key, out var node)) return [];
        if (node is YamlSequenceNode list && list.All(n => n is YamlScalarNode)) return [.. list.Cast<YamlScalarNode>().Select(n => n.Value ?? "")];
        Report(node, $"'{key}' is not a list of texts", "write it as [first, second], or one a line after '- '");
        return [];
    }

    private T? Named<T>(YamlMappingNode fields, string key) where T : struct, Enum
    {
        if (Text(fields, key) is not { } name) return null;
        if (Enum.TryParse<T>(name, ignoreCase: true, out var value) && !char.IsAsciiDigit(name[0])) return value;
        Report(fields.Children[key], $"'{name}' is no {key}", $"write one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return null;
    }

    private static string? Text(YamlMappingNode fields, string key) =>
        fields.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    private static IEnumerable<(string Name, YamlNode Node)> Entries(YamlMappingNode? map) =>
        map is null ? [] : map.Children.Select(c => ((c.Key as YamlScalarNode)?.Value ?? "", c.Value));

    private void Report(YamlNode? node, string problem, string remedy) =>
        _problems.Add($"{Path.GetFileName(_file)}:{node?.Start.Line ?? 0}: {problem} -> {remedy}");
}
