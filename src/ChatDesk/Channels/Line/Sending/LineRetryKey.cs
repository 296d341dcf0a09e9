using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// X-Line-Retry-Key of a push (reference: retry a failed API request): a UUID that is the same for every try of one part
/// of one outbox item, on any machine, after any crash, because it is made from the item's id alone.
/// </summary>
internal static class LineRetryKey
{
    public static string For(string outboxId, int part)
    {
        var utf8 = Encoding.UTF8.GetMaxByteCount(outboxId.Length) + sizeof(int);
        Span<byte> name = utf8 <= 512 ? stackalloc byte[512] : new byte[utf8];
        var length = Encoding.UTF8.GetBytes(outboxId, name);
        BinaryPrimitives.WriteInt32BigEndian(name[length..], part);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name[..(length + sizeof(int))], hash);
        // RFC 9562, version 8: a UUID made by a rule of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
