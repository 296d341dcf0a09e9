using System.Globalization;
using System.Text;

namespace ChatDesk.Channels.Web.Receiving;

/// <summary>A file that came with a post.</summary>
/// <param name="Name">As the contact's device calls it; for display only.</param>
/// <param name="ContentType">As the client says; the desk looks for itself before it serves one.</param>
/// <param name="Size">In bytes, if known.</param>
/// <param name="Url">Set when it lies elsewhere.</param>
internal sealed record WebFile(string Name, string ContentType, long? Size, string? Url = null)
{
    private const int LongestName = 120;

    /// <summary>A name without paths, control or direction letters, and of a sane length.</summary>
    public static string CleanName(string? given)
    {
        var name = new StringBuilder();
        foreach (var letter in Path.GetFileName((given ?? "").Replace('\\', '/')))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                && letter is not ('"' or '<' or '>' or '|' or ':' or '*' or '?'))
                name.Append(letter);
        }
        var clean = name.ToString().Trim(' ', '.');
        if (clean.Length == 0) return "file";
        if (clean.Length <= LongestName) return clean;
        var extension = Path.GetExtension(clean);
        return extension.Length <= 10 ? string.Concat(clean.AsSpan(0, LongestName - extension.Length), extension) : clean[..LongestName];
    }

    public static string CleanType(string? given) =>
        given is { Length: > 2 and <= 100 } type && type.IndexOf('/') > 0 && !type.AsSpan().ContainsAnyExceptInRange('!', '~') ? type.ToLowerInvariant() : "application/octet-stream";
}
