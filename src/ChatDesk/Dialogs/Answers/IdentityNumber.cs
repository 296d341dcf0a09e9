using System.Text;

namespace ChatDesk.Dialogs.Answers;

/// <summary>The 13 digits of persons (first digit 1-8) and juristic persons (first digit 0), with the same check digit.</summary>
internal static class IdentityNumber
{
    /// <summary>True when the last digit is (11 - sum of digit x (14 - place) mod 11) mod 10.</summary>
    public static bool IsValid(string digits)
    {
        if (digits.Length != 13 || digits[0] == '9' || !digits.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (digits[i] - '0') * (13 - i);
        return (11 - (sum % 11)) % 10 == digits[12] - '0';
    }

    /// <returns>1-xxxx-xxxxx-xx-3: enough for the owner to see it was taken, not enough for anybody else.</returns>
    public static string Mask(string digits) => $"{digits[0]}-xxxx-xxxxx-xx-{digits[12]}";

    /// <summary>A quick look that spares most messages the search: fewer than 13 digits hold no number.</summary>
    public static bool MayHold(string text)
    {
        var digits = 0;
        foreach (var c in text)
            digits += char.IsAsciiDigit(c) || c is >= '๐' and <= '๙' ? 1 : 0;
        return digits >= 13;
    }

    /// <summary>Finds valid numbers in a text.</summary>
    public static IEnumerable<(string Written, string Digits)> Find(string text)
    {
        foreach (System.Text.RegularExpressions.Match match in Patterns.Identity.Matches(text))
        {
            var digits = Digits(match.Value);
            if (IsValid(digits))
                yield return (match.Value, digits);
        }
    }

    public static string Digits(string text)
    {
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                digits.Append(c);
            else if (c is >= '๐' and <= '๙')
                digits.Append((char)('0' + (c - '๐')));
        }
        return digits.ToString();
    }

    /// <param name="heard">What was written; its secrets are already found.</param>
    /// <param name="company">True for a juristic person.</param>
    public static Answer Read(Heard heard, bool company)
    {
        if (heard.IdDigits is { } digits)
            return digits[0] == '0' == company ? new Answer(Mask(digits)) : Answer.Not("shape");
        var written = Digits(heard.Folded);
        return Answer.Not(written.Length == 13 ? "checksum" : written.Length > 5 ? "shape" : "other");
    }
}
