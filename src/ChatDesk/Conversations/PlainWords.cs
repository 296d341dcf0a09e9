using System.Text;

namespace ChatDesk.Conversations;

/// <summary>Brings short typed words to one form for comparison: lower case, Thai digits as 0-9, single spaces, no punctuation at the ends.</summary>
internal static class PlainWords
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is >= '๐' and <= '๙') folded.Append((char)('0' + (letter - '๐')));
            else if (char.IsWhiteSpace(letter) || char.IsControl(letter)) AppendSpace(folded);
            else if (letter is not ('\u200B' or '\u200C' or '\u200D' or '\uFEFF')) folded.Append(char.ToLowerInvariant(letter));
        }
        return folded.ToString().Trim(' ', '.', '!', '?', ',', '"', '\'', '“', '”', '(', ')', 'ๆ');
    }

    private static void AppendSpace(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
    }
}
