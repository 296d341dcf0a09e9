using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Conversations.Words;

/// <summary>Reads <c>dialogs/{agency}/_canned.yaml</c> and names everything an editor must mend, all at once.</summary>
internal sealed class CannedFile
{
    /// <summary>Far above any real file; keeps a hostile one from filling the memory.</summary>
    private const int SizeLimit = 256 * 1024;

    /// <summary>What one message may hold on LINE.</summary>
    private const int BodyLimit = 5000;

    private readonly string _file;
    private readonly List<WordsProblem> _problems = [];

    private CannedFile(string file) => _file = file;

    /// <param name="path">The file; an agency without one has no canned replies.</param>
    /// <param name="problems">What must be mended; then nothing of the file is used.</param>
    public static IReadOnlyList<CannedReply> Load(string path, out IReadOnlyList<WordsProblem> problems)
    {
        var reading = new CannedFile(path);
        problems = reading._problems;
        if (!File.Exists(path)) return [];
        var replies = reading.Read();
        return problems.Count == 0 ? replies : [];
    }

    private List<CannedReply> Read()
    {
        if (new FileInfo(_file).Length > SizeLimit)
        {
            Report(0, "the file is too large", $"keep it under {SizeLimit / 1024} KB");
            return [];
        }
        try
        {
            var text = File.ReadAllText(_file);
            if (HasAlias(text)) return [];
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.FirstOrDefault()?.RootNode is YamlMappingNode root) return Groups(root);
            Report(1, "the file does not begin with a group", "begin with a group's name in Thai and a colon");
        }
        catch (YamlException fault)
        {
            Report(fault.Start.Line, $"this is not YAML: {fault.InnerException?.Message ?? fault.Message}", "check indentation, colons and quotation marks on this line and the one above");
        }
        return [];
    }

    /// <summary>Aliases can make a small file enormous when walked, and no editor needs them.</summary>
    private bool HasAlias(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is not (YamlDotNet.Core.Events.AnchorAlias or YamlDotNet.Core.Events.NodeEvent { Anchor.IsEmpty: false })) continue;
            Report(parser.Current.Start.Line, "'&' and '*' names are not allowed here", "write the words out");
            return true;
        }
        return false;
    }

    private List<CannedReply> Groups(YamlMappingNode root)
    {
        var replies = new List<CannedReply>();
        foreach (var (name, node) in root.Children)
        {
            var key = (name as YamlScalarNode)?.Value ?? "";
            if (node is not YamlMappingNode group)
            {
                Report(node.Start.Line, $"'{key}' is no group", "write under it 'title:' and 'replies:'");
                continue;
            }
            var title = Words(group, "title");
            if (group.Children.TryGetValue("replies", out var list) && list is YamlMappingNode entries)
                replies.AddRange(entries.Children.Select(entry => Reply(entry.Key, entry.Value, title)).OfType<CannedReply>());
            else Report(group.Start.Line, $"group '{key}' has no replies", "write 'replies:' and under it a key for each reply");
        }
        foreach (var twice in replies.GroupBy(r => r.Key).Where(g => g.Count() > 1)) Report(0, $"the key '{twice.Key}' stands twice", "give each reply a key of its own");
        return replies;
    }

    private CannedReply? Reply(YamlNode keyNode, YamlNode node, Translated group)
    {
        var key = (keyNode as YamlScalarNode)?.Value ?? "";
        if (key.Length is 0 or > 30 || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            Report(keyNode.Start.Line, $"'{key}' is no key", "use up to 30 small letters, digits and hyphens");
        if (node is not YamlMappingNode entry)
        {
            Report(node.Start.Line, $"'{key}' holds no reply", "write under it 'title:' and 'body:', each with th and en");
            return null;
        }
        foreach (var (name, value) in entry.Children)
        {
            if (name is YamlScalarNode { Value: "title" or "body" }) continue;
            Report(value.Start.Line, $"'{name}' is not known", "use title and body");
        }
        var body = Words(entry, "body");
        foreach (var text in (string[])[body.Thai, body.English])
        {
            if (text.Length > BodyLimit) Report(entry.Start.Line, $"'{key}' is longer than one message", $"keep it under {BodyLimit} characters");
            if (text.Count(c => c == '{') != text.Count(c => c == '}'))
                Report(entry.Start.Line, $"'{key}' has a '{{' without its '}}'", $"known values are {string.Join(", ", CannedReply.Values.Select(v => $"{{{v}}}"))}; any other {{…}} is left for the officer");
        }
        return new CannedReply(key, group, Words(entry, "title"), body);
    }

    private Translated Words(YamlMappingNode from, string name)
    {
        var node = from.Children.TryGetValue(name, out var found) ? found as YamlMappingNode : null;
        return new Translated(Line(node, "th"), Line(node, "en"));

        string Line(YamlMappingNode? both, string language)
        {
            if (both is not null && both.Children.TryGetValue(language, out var value) && value is YamlScalarNode { Value: { } text } && text.Trim().Length > 0) return text.Trim();
            Report((both ?? from).Start.Line, $"'{name}' has no words in {(language == "th" ? "Thai" : "English")}", $"write '{name}: {{ th: …, en: … }}'");
            return "";
        }
    }

    private void Report(long line, string what, string remedy) => _problems.Add(new WordsProblem(_file, line, what, remedy));
}
