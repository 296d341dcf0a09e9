namespace ChatDesk.Dialogs.Answers;

/// <summary>Finds the longest known word at a place in a folded text. Thai has no spaces, so the words themselves must be the borders.</summary>
internal sealed class Lexicon<T>
{
    private readonly Dictionary<string, T> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<char, int[]> _lengths;
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Lexicon(IEnumerable<(string Word, T Meaning)> words)
    {
        foreach (var (word, meaning) in words)
        {
            if (word.Length == 0)
                continue;
            _words.TryAdd(word, meaning);
        }
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = _words.Keys.GroupBy(w => w[0]).ToDictionary(g => g.Key, g => g.Select(w => w.Length).Distinct().OrderDescending().ToArray());
    }

    /// <param name="text">The whole folded text.</param>
    /// <param name="at">Where the word must begin.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="meaning">What it means.</param>
    public bool TryFind(ReadOnlySpan<char> text, int at, out int length, out T meaning)
    {
        length = 0;
        meaning = default!;
        if (at >= text.Length || !_lengths.TryGetValue(text[at], out var lengths) || (at > 0 && Joined(text[at - 1], text[at])))
            return false;
        foreach (var candidate in lengths)
        {
            var end = at + candidate;
            if (end > text.Length || (end < text.Length && Joined(text[end - 1], text[end])) || !_lookup.TryGetValue(text[at..end], out meaning!))
                continue;
            length = candidate;
            return true;
        }
        return false;
    }

    /// <summary>
    /// Like <see cref="TryFind"/>, but takes a shorter word when only that leaves something known behind it, which reaches further than the
    /// longer word: วันที่แล้ว is วัน + ที่แล้ว, not วันที่ + แล้ว; วันอาทิตย์เปิด is no วัน + อาทิตย์.
    /// </summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="at">Where the word must begin.</param>
    /// <param name="known">How long what is known begins there; 0 for nothing.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="meaning">What it means.</param>
    public bool TryFindFitting(string text, int at, Func<int, int> known, out int length, out T meaning)
    {
        if (!TryFind(text, at, out length, out meaning))
            return false;
        if (Fits(text, at + length, at + length, known))
            return true;
        foreach (var candidate in _lengths[text[at]])
        {
            var end = at + candidate;
            if (candidate >= length || Joined(text[end - 1], text[end]) || !_lookup.TryGetValue(text.AsSpan(at, candidate), out var shorter) || !Fits(text, end, at + length, known))
                continue;
            (length, meaning) = (candidate, shorter);
            return true;
        }
        return true;
    }

    private static bool Fits(string text, int end, int reached, Func<int, int> known) =>
        end == text.Length || text[end] is < '\u0e00' or > '\u0e7f' || end + known(end) > reached;

    /// <summary>Latin words end where their letters end; Thai words end anywhere but before a mark that hangs on them.</summary>
    private static bool Joined(char before, char after) =>
        (char.IsAsciiLetter(before) && char.IsAsciiLetter(after)) || after is '\u0e31' or (>= '\u0e33' and <= '\u0e3a') or (>= '\u0e47' and <= '\u0e4e');
}
