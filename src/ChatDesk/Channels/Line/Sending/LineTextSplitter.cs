using System.Globalization;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Cuts long text into pieces that LINE takes, where a reader would pause, and never inside a text element.</summary>
internal static class LineTextSplitter
{
    private const char Replacement = '\uFFFD';

    /// <returns>
    /// The pieces in order, none empty, each at most <paramref name="max"/> UTF-16 units; put together they are
    /// <see cref="Clean"/> of the text. A text element longer than <paramref name="max"/> is the one thing that is cut.
    /// </returns>
    public static IReadOnlyList<string> Split(string text, int max = LineLimits.Text)
    {
        var clean = Clean(text);
        if (clean.Length == 0) return [];
        if (clean.Length <= max) return [clean];
        var pieces = new List<string>(clean.Length / max + 2);
        for (var start = 0; start < clean.Length;)
        {
            var length = PieceLength(clean.AsSpan(start), max);
            pieces.Add(clean.Substring(start, length));
            start += length;
        }
        return pieces;
    }

    /// <returns>The text with lone surrogates and U+0000 as U+FFFD, because neither can travel as JSON; the same instance where there is nothing to do.</returns>
    public static string Clean(string text)
    {
        var bad = FirstBad(text);
        return bad < 0 ? text : string.Create(text.Length, text, static (target, source) =>
        {
            source.CopyTo(target);
            for (int at = 0, bad; (bad = FirstBad(target[at..])) >= 0; at += bad + 1) target[at + bad] = Replacement;
        });
    }

    private static int FirstBad(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0') return i;
            if (!char.IsSurrogate(c)) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1])) return i;
            i++;
        }
        return -1;
    }

    /// <summary>A pause is only taken where the piece stays at least half full, so that no text falls apart into shreds.</summary>
    private static int PieceLength(ReadOnlySpan<char> text, int max)
    {
        if (text.Length <= max) return text.Length;
        int end = 0, paragraph = 0, sentence = 0, space = 0;
        while (true)
        {
            var element = text.Slice(end, StringInfo.GetNextTextElementLength(text[end..]));
            if (end + element.Length > max) break;
            end += element.Length;
            if (EndsParagraph(text[..end])) paragraph = end;
            if (EndsSentence(text[..end])) sentence = end;
            if (char.IsWhiteSpace(element[^1])) space = end;
        }
        var half = max / 2;
        if (paragraph > half) return paragraph;
        if (sentence > half) return sentence;
        if (space > half) return space;
        return end > 0 ? end : LineLimits.WholeCharacters(text, max);
    }

    private static bool EndsParagraph(ReadOnlySpan<char> text) =>
        text is [.., '\n', '\n'] or [.., '\n', '\r', '\n'] or [.., '\u2029'];

    // Thai ends a sentence with a space alone; that is the next-best pause anyway.
    private static bool EndsSentence(ReadOnlySpan<char> text) =>
        text is [.., '\n'] or [.., '.' or '!' or '?', ' '] or [.., '。' or '\u2028'];
}
