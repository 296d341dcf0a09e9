namespace ChatDesk.Triage.Local;

/// <summary>The language of a text by its script: enough to know who must be found to read it.</summary>
internal static class ScriptLanguage
{
    public const string Unknown = "und";

    private static readonly (char First, char Last, string Language)[] Scripts =
    [
        ('\u0e01', '\u0e5b', "th"), ('\u0e81', '\u0edf', "lo"), ('\u1000', '\u109f', "my"), ('\u1780', '\u17ff', "km"),
        ('\u3040', '\u30ff', "ja"), ('\uac00', '\ud7af', "ko"), ('\u4e00', '\u9fff', "zh"), ('\u0400', '\u04ff', "ru"),
        ('\u0600', '\u06ff', "ar"), ('\u0900', '\u097f', "hi"), ('a', 'z', "en"), ('A', 'Z', "en"),
    ];

    /// <returns>The script with most letters. A quarter of Thai is Thai: names of shops and laws are Latin in any Thai text.</returns>
    public static string Of(string text)
    {
        Span<int> letters = stackalloc int[Scripts.Length];
        var total = 0;
        foreach (var c in text)
        {
            for (var i = 0; i < Scripts.Length; i++)
            {
                if (c < Scripts[i].First || c > Scripts[i].Last) continue;
                letters[i]++;
                total++;
                break;
            }
        }
        if (total == 0) return Unknown;
        if (letters[0] * 4 >= total) return "th";
        // Japanese writes most of its nouns in Chinese characters.
        if (letters[4] > 0 && letters[4] + letters[6] > total / 2) return "ja";
        var most = 0;
        for (var i = 1; i < letters.Length; i++)
        {
            if (letters[i] > letters[most]) most = i;
        }
        return Scripts[most].Language;
    }
}
