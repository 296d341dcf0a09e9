using System.Text;

namespace ChatDesk.Dialogs.Answers;

/// <summary>
/// Brings the many ways of typing one thing to one form: Thai digits to ASCII, case, width of spaces, invisible characters,
/// doubled vowels and tone marks. NFC and not NFKC, which would break สระอำ apart.
/// </summary>
internal static class Folding
{
    /// <summary>Longer input is cut before anything looks at it.</summary>
    public const int MaxLength = 5_000;

    public static string Fold(string text)
    {
        var cut = text.Length > MaxLength ? text[..MaxLength] : text;
        var whole = Whole(cut);
        var normal = IsPlain(whole) ? whole : whole.Normalize(NormalizationForm.FormC);
        var folded = new StringBuilder(normal.Length);
        foreach (var c in normal)
            Append(folded, c);
        while (folded.Length > 0 && folded[^1] == ' ')
            folded.Length--;
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        var last = folded.Length > 0 ? folded[^1] : ' ';
        if (IsInvisible(c) || (IsMark(c) && c == last))
            return;
        if (char.IsWhiteSpace(c) || char.IsControl(c))
        {
            if (last != ' ')
                folded.Append(' ');
        }
        else if (c is >= '๐' and <= '๙')
        {
            folded.Append((char)('0' + (c - '๐')));
        }
        else if (c is >= '0' and <= '9')
        {
            folded.Append((char)('0' + (c - '0')));
        }
        else if (c == 'เ' && last == 'เ')
        {
            folded[^1] = 'แ';
        }
        else if (c == 'า' && last == 'ํ')
        {
            folded[^1] = 'ำ';
        }
        else
        {
            folded.Append(Straight(char.ToLowerInvariant(c)));
        }
    }

    private static char Straight(char c) => c switch
    {
        '‘' or '’' or '`' => '\'',
        '“' or '”' => '"',
        '–' or '—' or '−' or '‑' => '-',
        ',' or '、' => ',',
        '/' => '/',
        ':' => ':',
        _ => c,
    };

    /// <summary>Zero-width characters, direction marks and the tag block: never seen, often pasted.</summary>
    private static bool IsInvisible(char c) => c is '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' or (>= '\u200e' and <= '\u200f') or (>= '\u202a' and <= '\u202e');

    /// <summary>Thai vowels above and below and tone marks: twice in a row is a slip of the finger.</summary>
    private static bool IsMark(char c) => c is '\u0e31' or (>= '\u0e34' and <= '\u0e3a') or (>= '\u0e47' and <= '\u0e4e');

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c > 0x7f && c is < '\u0e00' or > '\u0e7f')
                return false;
        }
        return true;
    }

    /// <summary>A lone surrogate makes Normalize throw; it becomes the replacement character.</summary>
    private static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                return Mended(text);
        }
        return text;
    }

    private static string Mended(string text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune);
        return mended.ToString();
    }
}
