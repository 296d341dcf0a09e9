using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChatDesk.Knowledge.Articles;

/// <summary>Where YAML was not understood, in words for an editor.</summary>
internal sealed class PlainYamlException(int line, string problem, string remedy) : Exception(problem)
{
    public int Line { get; } = line;

    public string Remedy { get; } = remedy;
}

/// <summary>A value of a YAML file with its line: a text, a list or a map; nothing else exists.</summary>
internal sealed class YamlNode(int line)
{
    /// <summary>From 1, within the file.</summary>
    public int Line { get; } = line;

    public string? Text { get; init; }

    public IReadOnlyList<YamlNode>? Items { get; init; }

    public IReadOnlyDictionary<string, YamlNode>? Fields { get; init; }

    /// <summary>The texts of a list, or the one text of a value standing alone.</summary>
    public IEnumerable<string> Texts =>
        Items?.Select(i => i.Text).OfType<string>().Where(t => t.Length > 0) ?? (string.IsNullOrEmpty(Text) ? [] : [Text]);

    public YamlNode? this[string field] => Fields?.GetValueOrDefault(field);
}

/// <summary>
/// Reads the little of YAML that editors need. Anchors, aliases and tags are refused: an alias can blow a file of a
/// few lines up to gigabytes when it is walked, and a tag can name a type.
/// </summary>
internal static class PlainYaml
{
    private const int DeepestNesting = 8;

    /// <summary>Reads a text that begins on line <paramref name="firstLine"/> of its file.</summary>
    /// <returns>The root; an empty map for an empty text.</returns>
    /// <exception cref="PlainYamlException">The text is not YAML, or uses more of it than is allowed.</exception>
    public static YamlNode Read(string text, int firstLine = 1)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return new YamlNode(firstLine) { Fields = new Dictionary<string, YamlNode>() };
            parser.Consume<DocumentStart>();
            return Value(parser, firstLine - 1, 0);
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // The scanner throws the second for a list that is never closed, and then names no line.
            throw new PlainYamlException(
                (error is YamlException yaml ? (int)yaml.Start.Line : 1) + firstLine - 1,
                $"This is not readable as YAML: {error.Message}.",
                "Put text that holds ':' or '#' in quotes, and indent list items alike.");
        }
    }

    private static YamlNode Value(Parser parser, int offset, int depth)
    {
        var line = (int)(parser.Current?.Start.Line ?? 1) + offset;
        if (depth > DeepestNesting)
            throw new PlainYamlException(line, "Values are nested too deeply.", "Flatten the lists.");
        if (parser.Accept<AnchorAlias>(out _) || parser.Current is NodeEvent { Anchor.IsEmpty: false })
            throw new PlainYamlException(line, "An anchor or alias (& or *) is used.", "Write the value out again, or put it in quotes.");
        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            throw new PlainYamlException(line, "A tag (!) is used.", "Put the text in quotes.");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlNode(line) { Text = scalar.Value };
        return parser.TryConsume<SequenceStart>(out _) ? List(parser, line, offset, depth) : Map(parser, line, offset, depth);
    }

    private static YamlNode List(Parser parser, int line, int offset, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(parser, offset, depth + 1));
        return new YamlNode(line) { Items = items };
    }

    private static YamlNode Map(Parser parser, int line, int offset, int depth)
    {
        parser.Consume<MappingStart>();
        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(parser, offset, depth + 1);
            if (key.Text is null)
                throw new PlainYamlException(key.Line, "A field's name is not a plain text.", "Name the field with one word.");
            if (!fields.TryAdd(key.Text, Value(parser, offset, depth + 1)))
                throw new PlainYamlException(key.Line, $"'{key.Text}' is given twice.", "Keep one of the two.");
        }

        return new YamlNode(line) { Fields = fields };
    }
}
