using System.Text.RegularExpressions;

namespace ChatDesk.Knowledge.Articles;

/// <summary>
/// Markdown as plain text, for channels that draw none: marks go, list items get a bullet, a link becomes its words
/// followed by its address, and only if that is https, http or tel; HTML stays as the text it is, never markup.
/// </summary>
internal static partial class MarkdownText
{
    public static string ToPlain(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(Line);
        return ManyBlankLines().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    private static string Line(string line)
    {
        var text = Link().Replace(Image().Replace(line, "$1"), WordsOfLink);
        text = Bullet().Replace(text, "$1• ");
        text = Heading().Replace(text, "");
        return Emphasis().Replace(text, "$2").Replace("`", "", StringComparison.Ordinal).TrimEnd();
    }

    private static string WordsOfLink(Match link)
    {
        var (words, address) = (link.Groups[1].Value, link.Groups[2].Value);
        var known = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "tel";
        return !known || words == address ? words : $"{words} ({address})";
    }

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]*)[^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"^(\s*)[-*+] ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(#{1,6} |> ?)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(\*\*|__)([^*_]+)(\*\*|__)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ManyBlankLines();
}
