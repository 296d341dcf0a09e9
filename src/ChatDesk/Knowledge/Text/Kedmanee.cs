using System.Collections.Frozen;

namespace ChatDesk.Knowledge.Text;

/// <summary>
/// The two layouts of a Thai keyboard, key by key (Kedmanee, TIS 820-2538, beside US QWERTY): what somebody meant who
/// forgot to switch. Says what the text would be, never whether it was meant; <see cref="LayoutRepair"/> decides.
/// </summary>
internal static class Kedmanee
{
    private const string Latin = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
    private const string Thai = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";

    private static readonly FrozenDictionary<char, char> s_toThai = Latin.Zip(Thai).ToFrozenDictionary(p => p.First, p => p.Second);
    private static readonly FrozenDictionary<char, char> s_toLatin = Thai.Zip(Latin).ToFrozenDictionary(p => p.First, p => p.Second);

    /// <summary>The same keys with the Thai layout on.</summary>
    public static string ToThai(string text) => Map(text, s_toThai);

    /// <summary>The same keys with the English layout on.</summary>
    public static string ToLatin(string text) => Map(text, s_toLatin);

    private static string Map(string text, FrozenDictionary<char, char> keys) =>
        string.Create(text.Length, (text, keys), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = from.keys.GetValueOrDefault(from.text[i], from.text[i]);
        });
}
