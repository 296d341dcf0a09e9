namespace ChatDesk.Knowledge.Text;

/// <summary>
/// Words that stand for another word, replaced wherever they occur in folded text: misspellings by the right spelling,
/// synonyms by the word the articles use. Both the articles and the questions pass through it, so either may say either.
/// </summary>
internal sealed class Replacements
{
    private readonly Dictionary<char, (string From, string To)[]> _byFirst;

    /// <summary>The longest match wins. Sides are folded here; a pair that folds to nothing or to itself is dropped.</summary>
    public Replacements(IEnumerable<(string From, string To)> pairs) =>
        _byFirst = pairs
            .Select(p => (From: ThaiText.Fold(p.From), To: ThaiText.Fold(p.To)))
            .Where(p => p.From.Length > 0 && p.From != p.To)
            .DistinctBy(p => p.From)
            .GroupBy(p => p.From[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(p => p.From.Length).ToArray());

    public string Apply(string folded)
    {
        System.Text.StringBuilder? built = null;
        var copied = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            if (!_byFirst.TryGetValue(folded[i], out var candidates) || Match(folded, i, candidates) is not { } match)
                continue;
            built ??= new System.Text.StringBuilder(folded.Length + 32);
            built.Append(folded, copied, i - copied).Append(match.To);
            i += match.From.Length - 1;
            copied = i + 1;
        }

        return built is null ? folded : built.Append(folded, copied, folded.Length - copied).ToString();
    }

    private static (string From, string To)? Match(string text, int at, (string From, string To)[] candidates)
    {
        foreach (var candidate in candidates)
        {
            if (string.CompareOrdinal(text, at, candidate.From, 0, candidate.From.Length) == 0
                && IsWhole(text, at, candidate.From.Length) && !IsAlreadyRight(text, at, candidate))
                return candidate;
        }

        return null;
    }

    // Where the wrong word is a part of the right one ("คาเฟ" in "คาเฟ่"), the right one must not be replaced again.
    private static bool IsAlreadyRight(string text, int at, (string From, string To) pair)
    {
        for (var inside = pair.To.IndexOf(pair.From, StringComparison.Ordinal); inside >= 0; inside = pair.To.IndexOf(pair.From, inside + 1, StringComparison.Ordinal))
        {
            if (at >= inside && string.CompareOrdinal(text, at - inside, pair.To, 0, pair.To.Length) == 0)
                return true;
        }

        return false;
    }

    // Thai has no word ends to look at, but a mark after the match belongs to its last letter: another word.
    private static bool IsWhole(string text, int at, int length)
    {
        var end = at + length;
        if (end < text.Length && ThaiText.IsMark(text[end]))
            return false;
        return !(Joins(text, at - 1, at) || Joins(text, end - 1, end));
    }

    private static bool Joins(string text, int left, int right) =>
        left >= 0 && right < text.Length && char.IsAsciiLetterOrDigit(text[left]) && char.IsAsciiLetterOrDigit(text[right]);
}
