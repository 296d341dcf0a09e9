using System.Text;

namespace ChatDesk.Triage.Local;

/// <summary>
/// Text as lists and model see it: lower case, Thai digits as Latin ones, invisible characters gone, a letter at most twice
/// in a row ("มากกกก" is "มากก" in the lists too), runs of spaces and marks as one space, with one space at each end.
/// </summary>
internal static class FoldedText
{
    /// <summary>Longer texts are read up to here; a complaint on LINE has at most 5,000 characters.</summary>
    private const int Longest = 5_000;

    public static string Of(string text)
    {
        if (text.Length > Longest) text = text[..Longest];
        if (!text.IsNormalized(NormalizationForm.FormC)) text = Normalized(text);
        var folded = new StringBuilder(text.Length + 2).Append(' ');
        var run = 0;
        foreach (var original in text)
        {
            if (IsInvisible(original)) continue;
            var c = original switch
            {
                >= '๐' and <= '๙' => (char)('0' + (original - '๐')),
                '’' => '\'',
                _ when IsGap(original) => ' ',
                _ => char.ToLowerInvariant(original),
            };
            var last = folded[^1];
            run = c == last ? run + 1 : 1;
            if (c == ' ' && last == ' ') continue;
            if (run > 2 && !char.IsAsciiDigit(c)) continue;
            folded.Append(c);
        }
        if (folded[^1] != ' ') folded.Append(' ');
        // Two sara e are a mistyped sara ae.
        return folded.Replace("เเ", "แ").Replace("\u0e4d\u0e32", "ำ").ToString();
    }

    private static bool IsInvisible(char c) => c is '\u200b' or '\u200c' or '\u200d' or '\ufeff' or '\u00ad' or '\ufe0f';

    private static bool IsGap(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || (char.IsPunctuation(c) && c is not ('\'' or '%'));

    /// <summary>A lone surrogate cannot be normalised; it is left as it is.</summary>
    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
