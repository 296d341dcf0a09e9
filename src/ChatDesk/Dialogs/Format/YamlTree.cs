using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChatDesk.Dialogs.Format;

/// <summary>
/// Reads the small, harmless part of YAML that dialog files use: maps, lists and texts. Everything that can explode or
/// act when read (anchors, aliases, tags, merge keys, several documents) is refused where it stands, and so is a file that
/// is too big, too deep or has too many parts.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>Longest file, in UTF-16 units. The longest shipped flow is a tenth of it.</summary>
    public const int MaxLength = 256 * 1024;

    public const int MaxDepth = 16;

    public const int MaxNodes = 20_000;

    /// <summary>Longest single text. LINE shows at most 5,000 units in one message.</summary>
    public const int MaxText = 5_000;

    private readonly IParser _parser;
    private int _nodes;

    private YamlTree(string yaml) => _parser = new Parser(new Scanner(new StringReader(yaml), skipComments: true));

    /// <returns>The file's outermost map, or null with the reason among the findings.</returns>
    public static YamlMap? Read(string yaml, Findings findings)
    {
        if (yaml.Length > MaxLength)
        {
            findings.Add(0, $"The file has {yaml.Length} characters; {MaxLength} are allowed.", "Split it into several dialogs and join them with a run step.");
            return null;
        }
        if (TabbedLine(yaml) is { } tabbed)
        {
            findings.Add(tabbed, "A tab indents this line.", "Indent with spaces, two for each level.");
            return null;
        }
        try
        {
            return new YamlTree(yaml).Document();
        }
        catch (YamlRefusedException refused)
        {
            findings.Add(refused.Line, refused.Message, refused.Remedy);
        }
        catch (YamlException broken)
        {
            findings.Add(Math.Max(Line(broken.Start), Line(broken.End)), $"This is not readable as YAML: {broken.Message}", "Check indentation, quotes and colons on this line and the one above.");
        }
        return null;
    }

    /// <summary>The parser reports a tab where the file begins, so it is looked for here.</summary>
    private static int? TabbedLine(string yaml)
    {
        var line = 1;
        var indenting = true;
        foreach (var c in yaml)
        {
            if (c == '\t' && indenting)
                return line;
            line += c == '\n' ? 1 : 0;
            indenting = c == '\n' || (indenting && c == ' ');
        }
        return null;
    }

    private YamlMap Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            throw new YamlRefusedException(1, "The file is empty.", "Write a dialog in it, or delete the file.");
        _parser.Consume<DocumentStart>();
        var root = Node(1);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
            throw new YamlRefusedException(Line(_parser.Current!.Start), "The file holds more than one document.", "Remove the line with three dashes; one file holds one dialog.");
        return root as YamlMap ?? throw new YamlRefusedException(root.Line, "The file does not begin with a key.", "Begin with a line such as 'dialog: my_dialog'.");
    }

    private YamlNode Node(int depth)
    {
        var next = _parser.Current ?? throw new YamlRefusedException(1, "The file ends too early.", "Complete the last line.");
        var line = Line(next.Start);
        if (depth > MaxDepth)
            throw new YamlRefusedException(line, $"Nested more than {MaxDepth} levels deep.", "Write it flatter; no dialog needs that many levels.");
        if (++_nodes > MaxNodes)
            throw new YamlRefusedException(line, $"The file has more than {MaxNodes} parts.", "Split it into several dialogs.");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            throw new YamlRefusedException(line, $"Alias '*{alias.Value}' is not allowed.", "Write the text out again in full.");
        RefuseDecoration(next, line);
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Text(scalar, line);
        if (_parser.TryConsume<SequenceStart>(out _))
            return List(depth, line);
        _parser.Consume<MappingStart>();
        return Map(depth, line);
    }

    private static void RefuseDecoration(ParsingEvent next, int line)
    {
        if (next is not NodeEvent node)
            return;
        if (!node.Anchor.IsEmpty)
            throw new YamlRefusedException(line, $"Anchor '&{node.Anchor.Value}' is not allowed.", "Remove it and write repeated text out in full.");
        if (!node.Tag.IsEmpty)
            throw new YamlRefusedException(line, $"Tag '{node.Tag}' is not allowed.", "Remove the word that begins with '!'; if the text itself begins with '!', put it in quotes.");
    }

    private static YamlText Text(Scalar scalar, int line)
    {
        if (scalar.Value.Length > MaxText)
            throw new YamlRefusedException(line, $"A text of {scalar.Value.Length} characters; {MaxText} are allowed.", "Split it into several say steps.");
        return new YamlText(scalar.Value, line);
    }

    private YamlList List(int depth, int line)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlList(items, line);
    }

    private YamlMap Map(int depth, int line)
    {
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlText key)
                throw new YamlRefusedException(line, "A key must be a plain word.", "Put curly braces that belong to a text into quotes.");
            if (key.Value == "<<")
                throw new YamlRefusedException(key.Line, "Merge key '<<' is not allowed.", "Write the repeated lines out in full.");
            if (!seen.Add(key.Value))
                throw new YamlRefusedException(key.Line, $"Key '{key.Value}' stands here twice.", "Keep one of the two.");
            entries.Add(new YamlEntry(key.Value, key.Line, Node(depth + 1)));
        }
        return new YamlMap(entries, line);
    }

    private static int Line(Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);
}

/// <summary>Leaves the recursion of <see cref="YamlTree"/> at the first refused part.</summary>
internal sealed class YamlRefusedException(int line, string problem, string remedy) : Exception(problem)
{
    public int Line { get; } = line;

    public string Remedy { get; } = remedy;
}
