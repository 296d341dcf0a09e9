namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads yes and no. The longest known beginning decides, so that "ไม่แน่ใจ" is neither and "ไม่ใช่" is not "ใช่".</summary>
internal static class YesNoAnswer
{
    /// <summary>What may follow a yes or no and still leave it one.</summary>
    private const int LongestRest = 60;

    /// <returns><c>yes</c>, <c>no</c>, <c>unsure</c> or null.</returns>
    public static string? Read(Vocabulary words, string bare, IReadOnlyList<string> yes, IReadOnlyList<string> no)
    {
        // "ครับ ไม่มี" says no; "okkk" and "yesss" are drawn out.
        var said = WithoutInterjections(words, bare);
        return Begun(words, said, yes, no) ?? (Drawn(said) is { } shorter ? Begun(words, shorter, yes, no) : null) ?? Begun(words, bare, yes, no);
    }

    private static string? Begun(Vocabulary words, string bare, IReadOnlyList<string> yes, IReadOnlyList<string> no)
    {
        string? found = null;
        var longest = 0;
        Consider(no, "no");
        Consider(yes, "yes");
        Consider(words.No, "no");
        Consider(words.Yes, "yes");
        Consider(words.Unsure, "unsure");
        return bare.Length - longest > LongestRest ? null : found;

        void Consider(IReadOnlyList<string> list, string meaning)
        {
            foreach (var word in list)
            {
                if (word.Length > longest && Begins(bare, word))
                    (found, longest) = (meaning, word.Length);
            }
        }
    }

    private static string WithoutInterjections(Vocabulary words, string bare)
    {
        while (words.Interjections.FirstOrDefault(i => bare.Length > i.Length && Begins(bare, i)) is { } first)
        {
            var rest = bare[first.Length..].TrimStart(' ', ',', '.', 'ๆ');
            if (rest.Length == 0)
                break;
            bare = rest;
        }
        return bare;
    }

    /// <summary>The text with the letters at the end of its first word no more drawn out, or null.</summary>
    private static string? Drawn(string bare)
    {
        var end = bare.IndexOf(' ') is > 0 and var space ? space : bare.Length;
        var from = end;
        while (from > 1 && bare[from - 2] == bare[end - 1])
            from--;
        return from < end ? string.Concat(bare.AsSpan(0, from), bare.AsSpan(end)) : null;
    }

    /// <summary>Picks out the slot's own words ("ขายเหล้า") from a sentence about something else.</summary>
    public static Answer Overhear(string bare, IReadOnlyList<string> yes, IReadOnlyList<string> no)
    {
        var denied = no.Any(w => Holds(bare, w));
        var said = yes.Any(w => Holds(bare, w));
        return denied ? new Answer("no") { Echo = true } : said ? new Answer("yes") { Echo = true } : Answer.Not();
    }

    private static bool Holds(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return word.Length >= 4 && at >= 0 && (at == 0 || !(char.IsAsciiLetter(word[0]) && char.IsAsciiLetter(text[at - 1])));
    }

    private static bool Begins(string text, string word) =>
        text.StartsWith(word, StringComparison.Ordinal)
        && (text.Length == word.Length || !(char.IsAsciiLetterOrDigit(word[^1]) && char.IsAsciiLetterOrDigit(text[word.Length])))
        && (word.Length > 1 || text.Length == word.Length)
        // Thai: a mark that hangs on the last letter makes it another word (โน, โน้น).
        && !(text.Length > word.Length && text[word.Length] is '\u0e31' or (>= '\u0e33' and <= '\u0e3a') or (>= '\u0e47' and <= '\u0e4e'));
}
