using System.Globalization;
using System.Text;

namespace ChatDesk.Knowledge.Articles;

/// <summary>Reads one article file: front matter between two lines of <c>---</c>, then sections under <c>##</c> headings.</summary>
internal sealed class ArticleParser(string file, List<KnowledgeProblem> problems)
{
    public static readonly IReadOnlyList<string> SectionNames = ["what", "who", "where", "documents", "fee", "time", "steps", "after"];

    private static readonly HashSet<string> s_fields =
    [
        "slug", "lang", "title", "variants", "topic", "agency", "jurisdiction", "source", "source_url", "effective_from",
        "review_by", "checked", "confidence", "dialog", "related", "b_ready", "calendar",
    ];

    private YamlNode _front = new(1);

    /// <returns>Null when the file is too broken to answer from; every problem has been added to the list.</returns>
    public Article? Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var end = Array.FindIndex(lines, 1, l => l.TrimEnd() == "---");
        if (lines[0].TrimEnd() != "---" || end < 0)
            return Fail(1, "The file does not begin with front matter.", "Put the fields between two lines of ---.");
        try
        {
            _front = PlainYaml.Read(string.Join('\n', lines[1..end]), 2);
        }
        catch (PlainYamlException error)
        {
            return Fail(error.Line, error.Message, error.Remedy);
        }

        if (_front.Fields is null)
            return Fail(2, "The front matter is not a list of fields.", "Write one 'name: value' a line.");
        foreach (var (name, node) in _front.Fields.Where(f => !s_fields.Contains(f.Key)))
            Add(ProblemLevel.Warning, node.Line, $"The field '{name}' is not known and is not read.", $"Use one of: {string.Join(", ", s_fields)}.");
        return Build(Sections(lines, end + 1));
    }

    private Article? Build(List<ArticleSection> sections)
    {
        var (slug, language, title) = (Required("slug"), Required("lang"), Required("title"));
        if (sections.Count == 0)
            Fail(1, "The article has no section.", "Write at least '## what' with one short paragraph under it.");
        if (language is not (null or "th" or "en"))
            Fail(Line("lang"), $"The language '{language}' is not known.", "Write th or en.");
        if (slug?.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') == false)
            return Fail(Line("slug"), $"The slug '{slug}' has other characters than a-z, 0-9 and hyphen.", "Rename it, and the files with it.");
        if (slug is null || language is not ("th" or "en") || title is null || sections.Count == 0)
            return null;
        if (Path.GetFileName(file) != $"{slug}.{language}.md")
            Add(ProblemLevel.Warning, Line("slug"), "The file's name and its slug and language differ.", $"Name the file {slug}.{language}.md.");
        return new Article
        {
            File = file,
            Slug = slug,
            Language = language,
            Title = title,
            Sections = sections,
            Variants = Texts("variants"),
            Topic = Text("topic"),
            Agency = Text("agency"),
            Jurisdiction = Text("jurisdiction"),
            Source = Text("source"),
            SourceUrl = Address(),
            EffectiveFrom = Date("effective_from"),
            ReviewBy = Date("review_by"),
            Checked = Date("checked"),
            Confidence = Sureness(),
            Dialog = Text("dialog"),
            Related = Texts("related"),
            BReady = Text("b_ready"),
            ShowsCalendar = YesOrNo("calendar"),
            FieldLines = _front.Fields!.ToDictionary(f => f.Key, f => f.Value.Line),
        };
    }

    private List<ArticleSection> Sections(string[] lines, int from)
    {
        var sections = new List<ArticleSection>();
        var body = new StringBuilder();
        var (name, line) = ((string?)null, 0);
        for (var i = from; i <= lines.Length; i++)
        {
            if (i < lines.Length && !lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                body.Append(lines[i]).Append('\n');
                continue;
            }

            AddSection(sections, name, line, body.ToString());
            body.Clear();
            if (i < lines.Length)
                (name, line) = (lines[i][3..].Trim(), i + 1);
        }

        return sections;
    }

    private void AddSection(List<ArticleSection> sections, string? name, int line, string body)
    {
        var text = MarkdownText.ToPlain(body);
        if (name is null)
        {
            if (text.Length > 0)
                Add(ProblemLevel.Warning, line, "Text before the first heading is not read.", "Put it under '## what'.");
        }
        else if (!SectionNames.Contains(name))
            Add(ProblemLevel.Error, line, $"The section '{name}' is not known and is not read.", $"Use one of: {string.Join(", ", SectionNames)}.");
        else if (sections.Any(s => s.Name == name))
            Add(ProblemLevel.Error, line, $"The section '{name}' comes twice; the second is not read.", "Join the two.");
        else if (text.Length == 0)
            Add(ProblemLevel.Warning, line, $"The section '{name}' is empty.", "Fill it or take it out.");
        else
            sections.Add(new ArticleSection(name, text, line));
    }

    private string? Text(string field) => _front[field]?.Text is { Length: > 0 } text ? text.Trim() : null;

    private string[] Texts(string field) => [.. (_front[field]?.Texts ?? []).Select(t => t.Trim())];

    private bool YesOrNo(string field)
    {
        var text = Text(field);
        if (text is not (null or "yes" or "no"))
            Add(ProblemLevel.Error, Line(field), $"'{text}' is neither yes nor no.", $"Write '{field}: yes', or take the line out.");
        return text == "yes";
    }

    private int Line(string field) => _front[field]?.Line ?? 1;

    private string? Required(string field)
    {
        var text = Text(field);
        if (text is null)
            Fail(Line(field), $"The field '{field}' is missing.", $"Write '{field}: …' in the front matter.");
        return text;
    }

    private DateOnly? Date(string field)
    {
        if (Text(field) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 2200)
            return date;
        Add(ProblemLevel.Error, Line(field), $"'{text}' is not a date of the Christian era.", "Write the date as 2026-11-30.");
        return null;
    }

    private string? Address()
    {
        if (Text("source_url") is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
            return text;
        Add(ProblemLevel.Error, Line("source_url"), $"'{text}' is not a web address and is not shown.", "Begin it with https://.");
        return null;
    }

    private Confidence Sureness()
    {
        switch (Text("confidence"))
        {
            case "high": return Confidence.High;
            case "medium" or null: return Confidence.Medium;
            case "low": return Confidence.Low;
            default:
                Add(ProblemLevel.Error, Line("confidence"), "The confidence is none of high, medium, low; it is taken as low.", "Write one of the three.");
                return Confidence.Low;
        }
    }

    private Article? Fail(int line, string problem, string remedy)
    {
        Add(ProblemLevel.Error, line, problem, remedy);
        return null;
    }

    private void Add(ProblemLevel level, int line, string problem, string remedy) =>
        problems.Add(new KnowledgeProblem(level, file, line, problem, remedy));
}
