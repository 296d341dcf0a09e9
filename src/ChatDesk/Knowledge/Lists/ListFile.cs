using ChatDesk.Knowledge.Articles;
using ChatDesk.Knowledge.Teaching;

namespace ChatDesk.Knowledge.Lists;

/// <summary>Reads the editors' list files. A missing file is an empty list; a broken one is a problem and an empty list.</summary>
internal sealed class ListFile(string folder, List<KnowledgeProblem> problems, ContentKey? key = null)
{
    /// <summary>The lines of a text file, without comments (#) and empty ones.</summary>
    public IReadOnlyList<string> Lines(string file) =>
        Read(file) is not { } text ? []
            : [.. text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];

    /// <summary>A YAML file of names, each with a value.</summary>
    public IReadOnlyDictionary<string, YamlNode> Map(string file)
    {
        var root = Yaml(file);
        if (root is { Fields: null })
            Add(file, root.Line, "A list stands where names with values are expected.", "Write 'name: [value, value]'.");
        return root?.Fields ?? new Dictionary<string, YamlNode>();
    }

    /// <summary>A YAML file of names, each with a list of texts, in the file's order.</summary>
    public IReadOnlyList<(string Name, string[] Texts)> Lists(string file) =>
        [.. Map(file).Select(f => (f.Key, f.Value.Texts.ToArray()))];

    public YamlNode? Yaml(string file)
    {
        if (Read(file) is not { } text)
            return null;
        try
        {
            return PlainYaml.Read(text);
        }
        catch (PlainYamlException error)
        {
            Add(file, error.Line, error.Message, error.Remedy);
            return null;
        }
    }

    public void Add(string file, int line, string problem, string remedy) =>
        problems.Add(new(ProblemLevel.Error, $"{KnowledgeLists.Folder}/{file}", line, problem, remedy));

    private string? Read(string file)
    {
        var path = Path.Combine(folder, file);
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : null;
            key?.Add(file);
            key?.Add(text);
            return text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Add(file, 0, $"The file cannot be read: {error.Message}", "Check that it may be read.");
            return null;
        }
    }
}
