using System.Text;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval;

/// <summary>The ways questions come out wrong under a thumb. The same seed gives the same slips.</summary>
internal static class Noise
{
    // The rows of a keyboard; a slip takes the key beside.
    private static readonly string[] s_rows = ["ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

    public static readonly IReadOnlyList<(string Name, Func<string, Random, string> Make)> Kinds =
    [
        ("typos, one in ten", (text, random) => Typos(text, .1, random)),
        ("no tone marks", (text, _) => new string([.. text.Where(c => c is not (>= '็' and <= '์'))])),
        ("keyboard not switched", (text, _) => text.Any(ThaiText.IsThai) ? Kedmanee.ToLatin(text) : Kedmanee.ToThai(text)),
    ];

    /// <summary>Per character: the key beside, nothing, twice, or swapped with the next.</summary>
    public static string Typos(string text, double rate, Random random)
    {
        var built = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (random.NextDouble() >= rate || char.IsWhiteSpace(text[i]))
                built.Append(text[i]);
            else if (random.Next(4) is var kind && kind == 0)
                built.Append(Beside(text[i], random));
            else if (kind == 1)
                built.Append(text[i]).Append(text[i]);
            else if (kind == 2 && i + 1 < text.Length)
                built.Append(text[i + 1]).Append(text[i++]);
        }

        return built.ToString();
    }

    private static char Beside(char c, Random random)
    {
        var row = s_rows.FirstOrDefault(r => r.Contains(c, StringComparison.Ordinal));
        if (row is null)
            return c;
        var place = row.IndexOf(c, StringComparison.Ordinal) + (random.Next(2) == 0 ? -1 : 1);
        return row[Math.Clamp(place, 0, row.Length - 1)];
    }
}
