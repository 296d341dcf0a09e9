using System.Security.Cryptography;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>Ids of webhook events: 48 bits of milliseconds and 80 random bits in Crockford's base 32 (w:69-91).</summary>
internal static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int TimeLetters = 10;

    public static string At(DateTimeOffset moment)
    {
        Span<char> letters = stackalloc char[Length];
        var milliseconds = moment.ToUnixTimeMilliseconds();
        for (var i = TimeLetters - 1; i >= 0; i--, milliseconds >>= 5) letters[i] = Alphabet[(int)(milliseconds & 31)];
        Span<byte> random = stackalloc byte[Length - TimeLetters];
        RandomNumberGenerator.Fill(random);
        for (var i = 0; i < random.Length; i++) letters[TimeLetters + i] = Alphabet[random[i] & 31];
        return new(letters);
    }
}
