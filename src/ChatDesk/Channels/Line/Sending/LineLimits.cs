using System.Globalization;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// Every limit LINE puts on what is sent, and how a value is brought inside it. Lengths are UTF-16 units, as LINE counts
/// (developers.line.biz/en/reference/messaging-api: text message, action objects, quick reply, flex message).
/// </summary>
internal static class LineLimits
{
    public const int MessagesPerCall = 5;
    public const int Text = 5_000;
    public const int QuickReplies = 13;
    public const int QuickReplyLabel = 20;
    public const int FlexLabel = 40;
    public const int PostbackData = 300;

    /// <summary>Of a message action's text and of a postback's displayText.</summary>
    public const int ActionText = 300;
    public const int Uri = 1_000;
    public const int AltText = 1_500;

    /// <summary>Of a picture's address.</summary>
    public const int PictureUrl = 2_000;

    /// <summary>Of a picture that is its own preview.</summary>
    public const long PreviewBytes = 1_000_000;

    /// <summary>LINE says 30 KB; taken as the smaller of its two meanings.</summary>
    public const int BubbleBytes = 30_000;
    public const int SpeakerName = 20;
    public const int LoadingSeconds = 20;

    /// <summary>LINE promises that a reply token works for this long after the webhook.</summary>
    public static readonly TimeSpan ReplyTokenLife = TimeSpan.FromMinutes(1);

    /// <summary>LINE remembers a retry key for 24 hours; the hour less is room for clocks that disagree.</summary>
    public static readonly TimeSpan RetryKeyLife = TimeSpan.FromHours(23);

    /// <returns><paramref name="text"/> itself, or its beginning with "…", at most <paramref name="max"/> long and never cut inside a text element.</returns>
    public static string Cut(string text, int max) =>
        text.Length <= max ? text : string.Concat(text.AsSpan(0, WholeElements(text, max - 1)).TrimEnd(), "…");

    /// <returns>How long the longest beginning made of whole text elements is. One element that is itself longer is cut between characters.</returns>
    public static int WholeElements(ReadOnlySpan<char> text, int max)
    {
        if (text.Length <= max) return text.Length;
        var end = 0;
        while (true)
        {
            var length = StringInfo.GetNextTextElementLength(text[end..]);
            if (end + length > max) return end > 0 ? end : WholeCharacters(text, max);
            end += length;
        }
    }

    /// <returns>At most <paramref name="max"/>, one less where that would cut a surrogate pair.</returns>
    public static int WholeCharacters(ReadOnlySpan<char> text, int max) =>
        char.IsHighSurrogate(text[max - 1]) && char.IsLowSurrogate(text[max]) ? max - 1 : max;

    /// <returns>The address percent-encoded as LINE wants it, or null where LINE would refuse it: other schemes, relative, too long.</returns>
    public static string? Address(string url)
    {
        if (!System.Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http" or "tel" or "line")) return null;
        var text = uri.AbsoluteUri;
        if (!System.Text.Ascii.IsValid(text)) text = new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
        return text.Length <= Uri && System.Text.Ascii.IsValid(text) ? text : null;
    }

    /// <returns>The name to show above a message, or null where there is none or LINE would refuse it: names may not hold the word LINE.</returns>
    public static string? Speaker(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var clean = Cut(LineTextSplitter.Clean(name).Trim(), SpeakerName);
        return NamesLine(clean) ? null : clean;
    }

    // "Caroline" is a name; "LINE Officer", "line" and "LINEman" would pass themselves off as LINE.
    private static bool NamesLine(string name)
    {
        if (name.Contains("LINE", StringComparison.Ordinal)) return true;
        for (var at = 0; (at = name.IndexOf("line", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += 4)
        {
            var before = at > 0 && char.IsLetter(name[at - 1]);
            var after = at + 4 < name.Length && char.IsLetter(name[at + 4]);
            if (!before && !after) return true;
        }
        return false;
    }
}
