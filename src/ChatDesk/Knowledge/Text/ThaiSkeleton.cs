using System.Text;

namespace ChatDesk.Knowledge.Text;

/// <summary>How a text sounds, roughly: the form in which misspelt Thai still meets the right word.</summary>
internal static class ThaiSkeleton
{
    /// <summary>
    /// What is left of folded text when everything people leave out or confuse is taken away: tones, silenced letters,
    /// vowel length, letters of one sound, spaces. Two texts with one skeleton sound alike.
    /// </summary>
    public static string Of(string folded)
    {
        var built = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (c == '์')
                DropSilenced(built);
            else if (SkeletonOf(c) is var s && s != '\0' && !(built.Length > 0 && built[^1] == s && !char.IsAsciiDigit(s)))
                built.Append(s);
        }

        return built.ToString();
    }

    private static void DropSilenced(StringBuilder built)
    {
        while (built.Length > 0 && ThaiText.IsVowelMark(built[^1]))
            built.Length--;
        if (built.Length > 1)
            built.Length--;
    }

    private static char SkeletonOf(char c) => c switch
    {
        ' ' or '็' or '่' or '้' or '๊' or '๋' => '\0',
        'ศ' or 'ษ' or 'ซ' => 'ส',
        'ณ' => 'น',
        'ญ' => 'ย',
        'ฎ' => 'ด',
        'ฏ' => 'ต',
        'ฐ' or 'ฑ' or 'ฒ' or 'ธ' => 'ท',
        'ภ' => 'พ',
        'ฆ' => 'ค',
        'ฌ' => 'ช',
        'ฬ' => 'ล',
        'ใ' => 'ไ',
        'ู' => 'ุ',
        'ี' => 'ิ',
        'ื' => 'ึ',
        _ => c,
    };
}
