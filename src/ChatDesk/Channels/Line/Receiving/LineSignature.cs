using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Channels.Line.Receiving;

/// <summary>
/// Verifies <c>x-line-signature</c>: base64 of HMAC-SHA256 over the raw body with the channel secret (protocols.md 1.1).
/// Several secrets may be valid at once, since LINE ends an old one the moment a new one is issued.
/// </summary>
internal sealed class LineSignature(IEnumerable<string> secrets)
{
    /// <summary>32 bytes in base64 are always 44 characters; anything else is refused before decoding.</summary>
    private const int HeaderLength = 44;

    private readonly byte[][] _secrets = [.. secrets.Select(Encoding.UTF8.GetBytes)];

    /// <returns>True when one of the secrets made this signature. Never throws; takes the same time whichever secret fits.</returns>
    public bool Verifies(ReadOnlySpan<byte> body, string? header)
    {
        if (header is not { Length: HeaderLength }) return false;
        Span<byte> given = stackalloc byte[48];
        Span<byte> ascii = stackalloc byte[HeaderLength];
        if (Encoding.ASCII.GetBytes(header, ascii) != HeaderLength || ascii.IndexOfAnyInRange((byte)0, (byte)32) >= 0) return false;
        if (Base64.DecodeFromUtf8(ascii, given, out var read, out var length) != OperationStatus.Done
            || read != HeaderLength || length != HMACSHA256.HashSizeInBytes)
            return false;

        Span<byte> made = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var valid = false;
        foreach (var secret in _secrets)
        {
            HMACSHA256.HashData(secret, body, made);
            valid |= CryptographicOperations.FixedTimeEquals(made, given[..length]);
        }
        return valid;
    }
}
