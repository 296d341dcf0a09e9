using System.Text;

namespace ChatDesk.Knowledge.Text;

/// <summary>Turns text into what the index counts. Articles and questions must pass through one and the same.</summary>
internal sealed class TextAnalyzer(SearchWords words)
{
    private const int GramLength = 3;

    public AnalysedText Analyse(string text)
    {
        var folded = words.Replacements.Apply(WithoutPadding(ThaiText.Fold(text)));
        var tokens = new List<string>(folded.Length / 4 + 1);
        WordBreaker.Break(folded, tokens);
        var kept = tokens.FindAll(t => !words.Particles.Contains(t));
        if (kept.Count == 0)
            kept = tokens;
        var core = Join(kept);
        return new AnalysedText(core, kept, [.. kept.Select(t => WordKey(EnglishStem.Of(t)))], Grams(core), Grams(ThaiSkeleton.Of(core)));
    }

    /// <summary>FNV-1a: the same on every machine and run.</summary>
    public static ulong WordKey(string word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>Every run of three characters; a shorter text is one run.</summary>
    public static ulong[] Grams(string text)
    {
        if (text.Length == 0)
            return [];
        if (text.Length <= GramLength)
            return [Pack(text)];
        var grams = new ulong[text.Length - GramLength + 1];
        for (var i = 0; i < grams.Length; i++)
            grams[i] = Pack(text.AsSpan(i, GramLength));
        return grams;
    }

    private static ulong Pack(ReadOnlySpan<char> run)
    {
        var key = 0UL;
        foreach (var c in run)
            key = (key << 16) | c;
        return key;
    }

    // Spaces in Thai fall where the writer likes, so only those between two Latin words or numbers are kept.
    private static string Join(List<string> tokens)
    {
        var core = new StringBuilder();
        foreach (var token in tokens)
        {
            if (core.Length > 0 && char.IsAsciiLetterOrDigit(core[^1]) && char.IsAsciiLetterOrDigit(token[0]))
                core.Append(' ');
            core.Append(token);
        }

        return core.ToString();
    }

    private string WithoutPadding(string folded)
    {
        for (var before = ""; before != folded;)
        {
            before = folded;
            foreach (var phrase in words.Padding)
                folded = WithoutPadding(folded, phrase);
        }

        return folded;
    }

    // Something must be left to search for.
    private static string WithoutPadding(string folded, string phrase)
    {
        if (folded.Length > phrase.Length + 2 && folded.StartsWith(phrase, StringComparison.Ordinal) && IsEdge(folded, phrase.Length))
            folded = folded[phrase.Length..].TrimStart();
        return folded.Length > phrase.Length + 2 && folded.EndsWith(phrase, StringComparison.Ordinal) && IsEdge(folded, folded.Length - phrase.Length) ? folded[..^phrase.Length].TrimEnd() : folded;
    }

    // Before a mark, or amid Latin letters ("hi" in "hiring"), the phrase is a part of another word.
    private static bool IsEdge(string text, int at) =>
        !ThaiText.IsMark(text[at]) && !(char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at]));
}
