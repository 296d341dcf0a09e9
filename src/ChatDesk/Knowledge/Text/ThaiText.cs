using System.Globalization;
using System.Text;

namespace ChatDesk.Knowledge.Text;

/// <summary>
/// Brings the many ways of writing one Thai or English word to one form. For search only: what a contact wrote is
/// stored and shown as written (and feelings are read from it as written, since repeated letters carry them).
/// </summary>
internal static class ThaiText
{
    private const char Nikhahit = '\u0E4D';
    private const char SaraAa = '\u0E32';
    private const char SaraAm = '\u0E33';
    private const char SaraE = '\u0E40';
    private const char SaraAe = '\u0E41';
    private const int MostPasses = 8;

    /// <summary>
    /// Lower case, Arabic digits, one order of marks, no repeats, no invisible characters, no punctuation (a dot or
    /// comma inside an abbreviation or a number joins: ร.ง.๔ becomes รง4). NFKC would tear ำ apart, so it is used
    /// outside Thai only.
    /// </summary>
    public static string Fold(string text)
    {
        // What one pass takes out can bring two letters together that the next joins; ordinary text needs one and a look.
        var folded = FoldOnce(text);
        for (var passes = 1; passes < MostPasses && FoldOnce(folded) is var again && again != folded; passes++)
            folded = again;
        return folded;
    }

    private static string FoldOnce(string text)
    {
        var source = Compose(text);
        var built = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            var c = FoldChar(source[i]);
            if (IsInvisible(c) || c is 'ๆ' or 'ฯ' || JoinsItsNeighbours(source, i))
                continue;
            if (IsMark(c) || c is SaraAa or SaraE or Nikhahit)
                AppendThai(built, c);
            else if (char.IsLetterOrDigit(c))
                i = AppendLetter(built, c, source, i);
            else if (built.Length > 0 && built[^1] != ' ')
                built.Append(' ');
        }

        if (built.Length > 0 && built[^1] == ' ')
            built.Length--;
        return built.ToString();
    }

    /// <summary>Thai and full-width digits to 0-9, everything else untouched. The same length as <paramref name="text"/>.</summary>
    public static string FoldDigits(string text) =>
        string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = FoldDigit(from[i]);
        });

    public static bool IsThai(char c) => c is >= '\u0E01' and <= '\u0E5B';

    /// <summary>True for a mark that sits above or below the letter before it.</summary>
    public static bool IsMark(char c) => IsVowelMark(c) || IsTone(c);

    /// <summary>A vowel above or below its letter, or the mark that shortens one.</summary>
    public static bool IsVowelMark(char c) => c is '\u0E31' or (>= '\u0E34' and <= '\u0E3A') or '\u0E47';

    private static bool IsTone(char c) => c is >= '\u0E48' and <= '\u0E4C';

    private static char FoldDigit(char c) => c switch
    {
        >= '๐' and <= '๙' => (char)('0' + (c - '๐')),
        >= '０' and <= '９' => (char)('0' + (c - '０')),
        _ => c,
    };

    private static char FoldChar(char c) => char.ToLowerInvariant(FoldDigit(c));

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format || c == '\u00AD';

    private static bool JoinsItsNeighbours(string text, int i)
    {
        if (i == 0 || i + 1 >= text.Length)
            return false;
        var (before, after) = (text[i - 1], text[i + 1]);
        return text[i] switch
        {
            '.' => (IsThai(before) && (IsThai(after) || char.IsDigit(after))) || (char.IsDigit(before) && char.IsDigit(after)),
            ',' => char.IsDigit(before) && char.IsDigit(after),
            '\'' or '\u2019' => char.IsAsciiLetter(before) && char.IsAsciiLetter(after),
            _ => false,
        };
    }

    /// <returns>The place of the last character taken: three or more of one letter ("มากกกก") count as one.</returns>
    private static int AppendLetter(StringBuilder built, char c, string source, int i)
    {
        if (!(c is 'ะ' or SaraAm && built.Length > 0 && built[^1] == c))
            built.Append(c);
        var end = i;
        while (!char.IsDigit(c) && end + 1 < source.Length && FoldChar(source[end + 1]) == c)
            end++;
        return end - i >= 2 ? end : i;
    }

    private static void AppendThai(StringBuilder built, char c)
    {
        var last = built.Length > 0 ? built[^1] : '\0';
        if (c == SaraE && last == SaraE)
            built[^1] = SaraAe;
        else if (c == SaraAa && last == Nikhahit)
            built[^1] = SaraAm;
        else if (c == SaraAa && IsTone(last) && built.Length > 1 && built[^2] == Nikhahit)
            built.Remove(built.Length - 2, 1).Append(SaraAm);
        else if (c == SaraAa && last is SaraAa or SaraAm)
            return;
        else if (IsTone(c) && IsTone(last))
            return;
        else if (IsVowelMark(c) && IsTone(last))
            PutBeforeTone(built, c);
        else if (IsVowelMark(c) && IsVowelMark(last))
            return;
        else
            built.Append(c);
    }

    private static void PutBeforeTone(StringBuilder built, char vowel)
    {
        if (built.Length > 1 && IsVowelMark(built[^2]))
            return;
        built.Insert(built.Length - 1, vowel);
    }

    private static string Compose(string text)
    {
        var whole = WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormC);
        return whole.Any(c => c > '\u007F' && !IsThai(c)) ? CompatibleOutsideThai(whole) : whole;
    }

    private static string CompatibleOutsideThai(string text)
    {
        var built = new StringBuilder(text.Length);
        for (int i = 0, start = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsThai(text[i]) == IsThai(text[start]))
                continue;
            var run = text[start..i];
            built.Append(run.Length > 0 && !IsThai(run[0]) ? run.Normalize(NormalizationForm.FormKC) : run);
            start = i;
        }

        return built.ToString();
    }

    private static string WithoutLoneSurrogates(string text)
    {
        // Normalize throws on half a pair; JSON and chat clients can deliver one.
        var bad = false;
        for (var i = 0; i < text.Length && !bad; i++)
            bad = char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i) && !(i > 0 && char.IsSurrogatePair(text, i - 1));
        return bad ? new string(text.Select(c => char.IsSurrogate(c) ? ' ' : c).ToArray()) : text;
    }
}
