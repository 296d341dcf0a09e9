using System.Net.Mime;

namespace ChatDesk.Delivery;

/// <summary>What a file truly is: its first bytes say so, never its name or what a browser claims.</summary>
internal static class FileKinds
{
    /// <summary>The kinds that are shown or passed on as what they are; anything else is a heap of bytes.</summary>
    public static string Sniff(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => MediaTypeNames.Image.Png,
        [0xFF, 0xD8, 0xFF, ..] => MediaTypeNames.Image.Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => MediaTypeNames.Image.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => MediaTypeNames.Image.Webp,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => MediaTypeNames.Application.Pdf,
        [(byte)'P', (byte)'K', 3, 4, ..] => MediaTypeNames.Application.Zip,
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
