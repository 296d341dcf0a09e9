using System.Net.Mime;

namespace ChatDesk.Channels.Web.Receiving;

/// <summary>Where files from the web lie in the store, and what they truly are.</summary>
internal static class WebFiles
{
    /// <summary>The store's key of a file, by its message id.</summary>
    public static string KeyOf(string messageId) => $"web/{messageId}";

    /// <summary>What the first bytes say; the pictures a browser may draw, or a heap of bytes.</summary>
    public static string Sniff(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => MediaTypeNames.Image.Png,
        [0xFF, 0xD8, 0xFF, ..] => MediaTypeNames.Image.Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => MediaTypeNames.Image.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => MediaTypeNames.Image.Webp,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => MediaTypeNames.Application.Pdf,
        _ => MediaTypeNames.Application.Octet,
    };

    /// <summary>The same of a stored file; the stream stands at its beginning again.</summary>
    public static string Sniff(Stream file)
    {
        Span<byte> head = stackalloc byte[16];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Sniff(head[..read]);
    }
}
