namespace ChatDesk.Knowledge.Text;

/// <summary>Takes the commonest endings off an English word, so that "licences", "licence" and "renewing", "renew" meet.</summary>
internal static class EnglishStem
{
    public static string Of(string word)
    {
        if (word.Length < 4 || !word.All(char.IsAsciiLetter))
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return string.Concat(word.AsSpan(0, word.Length - 3), "y");
        if (word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5)
            return Undoubled(word[..^3]);
        if (word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 4)
            return Undoubled(word[..^2]);
        if (word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal))
            return word[..^1];
        return word;
    }

    private static string Undoubled(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;
}
