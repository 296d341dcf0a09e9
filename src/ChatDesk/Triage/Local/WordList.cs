namespace ChatDesk.Triage.Local;

/// <summary>One list of an editor: words that mean something for urgency, sentiment or topic when a contact uses them.</summary>
/// <param name="Code">Its name, and the reason's.</param>
/// <param name="Urgency">What its words make of the text at least; null when they say nothing about it.</param>
/// <param name="Sentiment">What its words speak for; null for nothing.</param>
/// <param name="Topic">What its words are about; null for nothing.</param>
/// <param name="Any">One of these is enough.</param>
/// <param name="Unless">Read over: words inside them do not count.</param>
internal sealed record WordList(
    string Code, Urgency? Urgency, Sentiment? Sentiment, string? Topic, IReadOnlyList<WordGroup> Any, IReadOnlyList<WordGroup> Unless)
{
    /// <param name="folded">From <see cref="FoldedText"/>.</param>
    /// <returns>The words found, or null.</returns>
    public string? Find(string folded)
    {
        foreach (var group in Unless)
        {
            foreach (var word in group.Parts.SelectMany(p => p))
            {
                // Only a lone phrase is read over; "a + b" clears the whole text.
                if (group.Parts.Count == 1) folded = folded.Replace(word.Trim(), new string(' ', Math.Max(1, word.Trim().Length)), StringComparison.Ordinal);
            }
            if (group.Parts.Count > 1 && group.Find(folded) is not null) return null;
        }
        foreach (var group in Any)
        {
            if (group.Find(folded) is { } found) return found;
        }
        return null;
    }
}

/// <summary>"a|b + c" of a list file: every part must be there, in any order, each by one of its words.</summary>
/// <param name="Parts">Folded words; Latin ones keep the spaces around them, so that "rat" is not found in "separate".</param>
internal sealed record WordGroup(IReadOnlyList<IReadOnlyList<string>> Parts)
{
    public static WordGroup Read(string written) =>
        new([.. written.Split('+', StringSplitOptions.TrimEntries).Select(part => (IReadOnlyList<string>)[.. part.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Word)])]);

    public bool IsEmpty => Parts.Count == 0 || Parts.Any(p => p.Count == 0 || p.Any(string.IsNullOrWhiteSpace));

    /// <returns>The words that were found, joined by …; null when a part is missing.</returns>
    public string? Find(string folded)
    {
        var found = new List<string>(Parts.Count);
        foreach (var part in Parts)
        {
            if (part.FirstOrDefault(word => folded.Contains(word, StringComparison.Ordinal)) is not { } word) return null;
            found.Add(word.Trim());
        }
        return string.Join(" … ", found.Distinct());
    }

    /// <summary>A star at the end of a Latin word stands for any ending.</summary>
    private static string Word(string written)
    {
        var open = written.EndsWith('*');
        var folded = FoldedText.Of(open ? written[..^1] : written);
        if (!folded.Any(char.IsAsciiLetter)) return folded.Trim();
        return open ? folded.TrimEnd() : folded;
    }
}
