using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatDesk.Triage.AzureLanguage;

/// <summary>The last look at a text before it leaves the machine. Callers have masked it already; what they missed stops here.</summary>
internal static partial class OutgoingText
{
    /// <summary>The service's limit for one document, in text elements; a text over it comes back unread.</summary>
    private const int Longest = 5_120;

    public static string Of(string masked)
    {
        var text = Mail.Replace(Digits.Replace(masked, "***"), "***");
        if (text.Length <= Longest) return text;
        var elements = StringInfo.ParseCombiningCharacters(text);
        return elements.Length <= Longest ? text : text[..elements[Longest]];
    }

    /// <summary>Eight figures or more, however they are spaced: telephone, identity and account numbers.</summary>
    [GeneratedRegex(@"[0-9๐-๙](?:[ .\-]?[0-9๐-๙]){7,}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits { get; }

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,255}", RegexOptions.CultureInvariant)]
    private static partial Regex Mail { get; }
}
