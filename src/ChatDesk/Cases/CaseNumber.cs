using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Cases;

/// <summary>
/// The number and secret code of a case, worked out from the key of what opens it: however often the same turn is worked
/// out, the contact hears the same, before the case itself is written.
/// </summary>
internal static class CaseNumber
{
    /// <summary>Letters that cannot be mistaken for one another when read over the phone.</summary>
    private const string Readable = "23456789CFGHJMPQRVWX";

    /// <summary>Letters in a number and in a code, without their dash.</summary>
    private const int Length = 8;

    /// <returns>For example <c>K7QF-29XM</c>.</returns>
    public static string Of(string key) => $"{Letters(key, "number", 4)}-{Letters(key, "number2", 4)}";

    /// <returns>Eight letters, written as <c>K7QF29XM</c>.</returns>
    public static string CodeOf(string key) => Letters(key, "code", Length);

    /// <summary>A key for a case that no turn opens (a form, another system).</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What somebody typed as a number, as it is stored; null when it cannot be one.</summary>
    public static string? Read(string? typed) => Letters(typed) is { } letters ? $"{letters[..4]}-{letters[4..]}" : null;

    /// <summary>What somebody typed as a code, as it is stored; null when it cannot be one.</summary>
    public static string? ReadCode(string? typed) => Letters(typed);

    private static string? Letters(string? typed)
    {
        if (typed is null || typed.Length > 60) return null;
        var letters = CaseSearch.Fold(typed).ToUpperInvariant();
        return letters.Length == Length && letters.All(Readable.Contains) ? letters : null;
    }

    private static string Letters(string key, string purpose, int count)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{key}"));
        return string.Create(count, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = Readable[bytes[i] % Readable.Length];
        });
    }
}
