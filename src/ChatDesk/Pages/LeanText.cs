using System.Text;
using System.Text.RegularExpressions;

namespace ChatDesk.Pages;

/// <summary>
/// Scripts and styles as they are served: without comments and indentation, which are for those who work on them and a quarter of
/// what a phone would fetch. It relies on how these files are written (a comment stands on lines of its own, or is a /** type */),
/// not on a parser; the browser tests run what comes out of it.
/// </summary>
internal static partial class LeanText
{
    /// <param name="path">Its ending tells the kind; other kinds are left alone.</param>
    /// <param name="bytes">UTF-8.</param>
    public static byte[] Of(string path, byte[] bytes) => Path.GetExtension(path) switch
    {
        ".js" => Encoding.UTF8.GetBytes(Lines(TypeComments().Replace(Encoding.UTF8.GetString(bytes), ""))),
        ".css" => Encoding.UTF8.GetBytes(Lines(StyleComments().Replace(Encoding.UTF8.GetString(bytes), ""))),
        _ => bytes,
    };

    private static string Lines(string text)
    {
        var lean = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var kept = line.Trim();
            if (kept.Length > 0 && !kept.StartsWith("//", StringComparison.Ordinal)) lean.Append(kept).Append('\n');
        }
        return lean.ToString();
    }

    [GeneratedRegex(@"/\*\*.*?\*/ ?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TypeComments();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex StyleComments();
}
