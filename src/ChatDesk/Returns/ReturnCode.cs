using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatDesk.Returns;

/// <summary>
/// The code that a contact carries from one place to another: ten letters and digits of 28 that cannot be mistaken for one another
/// and spell no word, written <c>K7QFD-29XMB</c>. There are more than 10¹⁴, each good for one use within a quarter of an hour.
/// </summary>
internal static partial class ReturnCode
{
    private const string Letters = "23456789BCDFGHJKLMNPQRSTVWXZ";
    private const int Half = 5;

    /// <summary>More than a code and a few words around it is a message about something else.</summary>
    private const int LongestMessage = 60;

    /// <summary>With a digit in each half: no word of any language, so that saying it changes nothing about the language spoken.</summary>
    public static string New() => $"{NewHalf()}-{NewHalf()}";

    /// <summary>The code that stands at the end of these words, as it is kept; null when none does.</summary>
    /// <param name="said">As typed: small letters, without the dash, with spaces around.</param>
    public static string? Find(string? said)
    {
        if (said is not { Length: >= 2 * Half and <= LongestMessage }) return null;
        var found = AtTheEnd().Match(said);
        return found.Success ? $"{found.Groups[1].Value}-{found.Groups[2].Value}".ToUpperInvariant() : null;
    }

    /// <summary>What is kept of a code. It is random and short-lived, so a plain hash tells nothing.</summary>
    public static string Hash(string agency, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{agency}\n{code}")));

    private static string NewHalf()
    {
        while (true)
        {
            var half = RandomNumberGenerator.GetString(Letters, Half);
            if (half.Any(char.IsAsciiDigit) && half.Any(char.IsAsciiLetter)) return half;
        }
    }

    [GeneratedRegex("(?:^|[^0-9A-Z])([2-9BCDFGHJ-NP-TV-XZ]{5})[-\u2010-\u2015]?([2-9BCDFGHJ-NP-TV-XZ]{5})\\s*$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AtTheEnd();
}
