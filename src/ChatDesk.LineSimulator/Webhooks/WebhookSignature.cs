using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>The <c>x-line-signature</c> header: base64 of HMAC-SHA256 over the raw body, keyed by the channel secret as UTF-8 (ref@20500).</summary>
internal static class WebhookSignature
{
    public const string Header = "x-line-signature";

    public static string Of(string secret, ReadOnlySpan<byte> body) => Of(Encoding.UTF8.GetBytes(secret), body);

    public static string Of(byte[] secret, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, mac);
        return Convert.ToBase64String(mac);
    }

    /// <summary>What a bot must do, in constant time; a header that is not base64 of 32 bytes is simply wrong.</summary>
    public static bool IsValid(byte[] secret, ReadOnlySpan<byte> body, string? header)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes + 1];
        if (header is not { Length: 44 } || !Convert.TryFromBase64String(header, claimed, out var length)) return false;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, mac);
        return CryptographicOperations.FixedTimeEquals(mac, claimed[..length]);
    }
}
