namespace ChatDesk.Dialogs.Answers;

/// <summary>Finds the longest known word at a place in a folded text. Thai has no spaces, so the words themselves must be the borders.</summary>
internal sealed class Lexicon<T>
{
    private readonly Dictionary<string, T> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<char, int> _longest = [];

    public Lexicon(IEnumerable<(string Word, T Meaning)> words)
    {
        foreach (var (word, meaning) in words)
        {
            if (word.Length == 0)
                continue;
            _words.TryAdd(word, meaning);
            _longest[word[0]] = Math.Max(_longest.GetValueOrDefault(word[0]), word.Length);
        }
    }

    /// <param name="text">The whole folded text.</param>
    /// <param name="at">Where the word must begin.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="meaning">What it means.</param>
    public bool TryFind(ReadOnlySpan<char> text, int at, out int length, out T meaning)
    {
        length = 0;
        meaning = default!;
        if (at >= text.Length || !_longest.TryGetValue(text[at], out var most) || (at > 0 && Joined(text[at - 1], text[at])))
            return false;
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (length = Math.Min(most, text.Length - at); length > 0; length--)
        {
            var end = at + length;
            if ((end == text.Length || !Joined(text[end - 1], text[end])) && lookup.TryGetValue(text[at..end], out meaning!))
                return true;
        }
        return false;
    }

    /// <summary>Latin words end where their letters end; Thai words end anywhere but before a mark that hangs on them.</summary>
    private static bool Joined(char before, char after) =>
        (char.IsAsciiLetter(before) && char.IsAsciiLetter(after)) || after is '\u0e31' or (>= '\u0e33' and <= '\u0e3a') or (>= '\u0e47' and <= '\u0e4e');
}
