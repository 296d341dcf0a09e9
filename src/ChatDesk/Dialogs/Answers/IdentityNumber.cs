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

    /// <summary>
    /// Finds valid numbers in a text: 13 digits with at most two marks between two of them, not part of a longer figure. A
    /// phone number right behind it must not hide it, so every place is tried.
    /// </summary>
    public static List<(string Written, string Digits)> Find(string text)
    {
        var found = new List<(string, string)>();
        Span<char> digits = stackalloc char[13];
        for (var at = 0; at + 13 <= text.Length; at++)
        {
            if (Figure(text[at]) is null || (at > 0 && Figure(text[at - 1]) is not null))
                continue;
            var end = Take13(text, at, digits);
            if (end < 0 || !IsValid(new string(digits)))
                continue;
            found.Add((text[at..end], new string(digits)));
            at = end - 1;
        }
        return found;
    }

    /// <returns>Where the 13th digit ends, or -1.</returns>
    private static int Take13(string text, int at, Span<char> digits)
    {
        var (count, marks) = (0, 0);
        for (; at < text.Length && count < 13; at++)
        {
            if (Figure(text[at]) is { } digit)
            {
                digits[count++] = digit;
                marks = 0;
            }
            else if (!(text[at] is ' ' or '-' or '.' or '\u2010' or '\u2011' or '\u2013' or '\u2212' or '\u200b') || ++marks > 2)
            {
                return -1;
            }
        }
        return count == 13 && (at == text.Length || Figure(text[at]) is null) ? at : -1;
    }

    /// <summary>The ASCII digit that a character stands for in Latin, Thai or full-width script.</summary>
    private static char? Figure(char c) => c switch
    {
        >= '0' and <= '9' => c,
        >= '๐' and <= '๙' => (char)('0' + (c - '๐')),
        >= '\uff10' and <= '\uff19' => (char)('0' + (c - '\uff10')),
        _ => null,
    };

    private static string Digits(string text)
    {
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (Figure(c) is { } digit)
                digits.Append(digit);
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
