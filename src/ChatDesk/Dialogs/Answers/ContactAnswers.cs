using System.Text;
using System.Text.RegularExpressions;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads Thai telephone numbers; the canonical form is the domestic one, 0812345678.</summary>
internal static class PhoneAnswer
{
    public static Answer Read(Heard heard, Vocabulary words)
    {
        var digits = new StringBuilder();
        var text = heard.Bare;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAsciiDigit(text[at]) || (text[at] == '+' && digits.Length == 0))
                digits.Append(text[at++]);
            else if (" -.()/".Contains(text[at], StringComparison.Ordinal))
                at++;
            else if (words.Numbers.TryFind(text, at, out var length, out var word) && word is { Kind: NumberWord.Unit, Value: < 10 })
                Append(digits, (int)word.Value, ref at, length);
            else if (words.PhoneWords.TryFind(text, at, out length, out _))
                at += length;
            else
                return Overhear(heard) is { Understood: true } inside ? inside : Answer.Not(digits.Length > 6 ? "shape" : "other");
        }
        return Domestic(digits.ToString()) is { } phone ? new Answer(phone) : Answer.Not(digits.Length > 3 ? "shape" : "other");
    }

    /// <summary>The one number inside a sentence; of two, nobody knows which.</summary>
    public static Answer Overhear(Heard heard)
    {
        string? found = null;
        foreach (var match in Patterns.Digits.EnumerateMatches(heard.Folded))
        {
            var run = heard.Folded.AsSpan(match.Index, match.Length).ToString().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
            if (Domestic(run) is not { } phone || phone == found)
                continue;
            if (found is not null)
                return Answer.Not("range");
            found = phone;
        }
        return found is null ? Answer.Not() : new Answer(found) { Echo = true };
    }

    private static void Append(StringBuilder digits, int digit, ref int at, int length)
    {
        digits.Append((char)('0' + digit));
        at += length;
    }

    /// <summary>Mobile 06/08/09 with ten digits; Bangkok 02 and provinces 03-07 with nine.</summary>
    private static string? Domestic(string digits)
    {
        if (digits.StartsWith("0066", StringComparison.Ordinal))
            digits = $"+{digits[2..]}";
        if (digits.StartsWith('+'))
            digits = digits.StartsWith("+66", StringComparison.Ordinal) ? "0" + digits[3..].TrimStart('0') : "";
        else if (digits.StartsWith("66", StringComparison.Ordinal) && digits.Length is 10 or 11)
            digits = "0" + digits[2..];
        if (digits.Length == 10 && digits[0] == '0' && digits[1] is '6' or '8' or '9')
            return digits;
        return digits.Length == 9 && digits[0] == '0' && digits[1] is >= '2' and <= '7' and not '6' ? digits : null;
    }
}

/// <summary>Reads e-mail addresses.</summary>
internal static class EmailAnswer
{
    public static Answer Read(Heard heard)
    {
        var found = Patterns.Email.Matches(heard.Folded);
        return found.Count == 1 && found[0].Length <= 254 && (found[0].Index == 0 || heard.Folded[found[0].Index - 1] != '.') ? new Answer(found[0].Value) : Answer.Not(heard.Folded.Contains('@', StringComparison.Ordinal) ? "shape" : "other");
    }
}

/// <summary>The few patterns of the answer kinds. Input is folded first, so only ASCII digits occur.</summary>
internal static partial class Patterns
{
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static readonly Regex Digits = new("[+]?[0-9][0-9 -]{7,16}[0-9]", Safe);

    public static readonly Regex Email = new("[a-z0-9_%+-]{1,64}([.][a-z0-9_%+-]{1,64})*@[a-z0-9-]{1,63}([.][a-z0-9-]{1,63})*[.][a-z]{2,24}", Safe);

    public static readonly Regex Coordinates = new("(-?[0-9]{1,2}[.][0-9]{2,10})[ ,]+(-?[0-9]{1,3}[.][0-9]{2,10})", Safe);
}
