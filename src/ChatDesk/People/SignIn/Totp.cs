using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Time-based one-time passwords (RFC 6238: SHA-1, 30 s, 6 digits, as every authenticator app knows them). Identity's own
/// provider accepts a code again for as long as it is fresh; here the step of an accepted code is remembered.
/// </summary>
internal static class Totp
{
    public const int KeyBytes = 20;

    private const int Digits = 6;
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>Compares a typed code with the codes of this step and its two neighbours, for clocks that differ.</summary>
    /// <param name="key">The shared secret.</param>
    /// <param name="typed">What the officer typed; blanks between digits are fine.</param>
    /// <param name="at">Now.</param>
    /// <param name="lastStep">The newest step already used: it and everything before is refused.</param>
    /// <returns>The step to remember, or null when the code is wrong or used.</returns>
    public static long? Accept(ReadOnlySpan<byte> key, string typed, DateTimeOffset at, long lastStep)
    {
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        if (code.Length != Digits) return null;
        var now = at.ToUnixTimeSeconds() / StepSeconds;
        for (var step = now - 1; step <= now + 1; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(CodeAt(key, step)));
            if (right && step > lastStep) return step;
        }
        return null;
    }

    /// <summary>The code of one instant.</summary>
    public static string CodeAt(ReadOnlySpan<byte> key, DateTimeOffset at) => CodeAt(key, at.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>What an authenticator app reads from the picture.</summary>
    public static string Address(string issuer, string account, ReadOnlySpan<byte> key) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={ToBase32(key)}&issuer={Uri.EscapeDataString(issuer)}";

    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            buffer = (buffer << 8) | one;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= 31;
        }
        if (bits > 0) text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    private static string CodeAt(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and every authenticator app mean SHA-1 here; HMAC does not lean on what is broken in it.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
