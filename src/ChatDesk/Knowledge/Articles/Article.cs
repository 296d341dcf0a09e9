namespace ChatDesk.Knowledge.Articles;

/// <summary>How sure the editors are of an article's facts.</summary>
internal enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>One article in one language, as its file says it. Articles of one <see cref="Slug"/> are translations of each other.</summary>
internal sealed record Article
{
    /// <summary>The file, relative to the folder that was loaded, with '/'.</summary>
    public required string File { get; init; }

    /// <summary>Names the article for ever, in every language: lower-case letters, digits and hyphens.</summary>
    public required string Slug { get; init; }

    /// <summary><c>th</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    /// <summary>How people really ask for it; the strongest of what the search reads.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    public required IReadOnlyList<ArticleSection> Sections { get; init; }

    public string? Topic { get; init; }

    /// <summary>Which kind of office issues or decides it, for example <c>local</c>.</summary>
    public string? Agency { get; init; }

    /// <summary><c>national</c>, <c>bangkok</c> or <c>local-ordinance</c>: a local rule differs from place to place.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Where the facts are from, in words a contact can look up.</summary>
    public string? Source { get; init; }

    public string? SourceUrl { get; init; }

    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>When an editor last compared it with its source; null when the file does not say.</summary>
    public DateOnly? Checked { get; init; }

    /// <summary>The last day on which the article may be answered without a warning.</summary>
    public DateOnly? ReviewBy { get; init; }

    public Confidence Confidence { get; init; } = Confidence.Medium;

    /// <summary>The dialog that goes on where the article ends.</summary>
    public string? Dialog { get; init; }

    /// <summary>Slugs.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>The World Bank B-READY topic it counts under.</summary>
    public string? BReady { get; init; }

    /// <summary>Whether an answer from it also says what the agency's own calendar says of the day asked about.</summary>
    public bool ShowsCalendar { get; init; }

    /// <summary>The line of a field in the file, to point an editor at it; 1 when it is not there.</summary>
    public IReadOnlyDictionary<string, int> FieldLines { get; init; } = new Dictionary<string, int>();

    public int LineOf(string field) => FieldLines.GetValueOrDefault(field, 1);

    public bool IsPastReview(DateOnly today) => ReviewBy is { } by && today > by;

    /// <returns>The section, or null if this article has none of that name.</returns>
    public ArticleSection? Section(string? name) => name is null ? null : Sections.FirstOrDefault(s => s.Name == name);
}

/// <summary>One heading of an article and its text, plain (Markdown's marks taken off, line breaks kept). Its name is one of <see cref="ArticleParser.SectionNames"/>.</summary>
internal sealed record ArticleSection(string Name, string Text, int Line);
