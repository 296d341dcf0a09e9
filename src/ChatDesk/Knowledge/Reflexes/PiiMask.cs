using System.Text;
using System.Text.RegularExpressions;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// Hides national ids (13 digits whose last one checks) and Thai phone numbers before a message is stored, indexed or
/// logged. Digits may be Thai or full-width, grouped by spaces, dashes or dots, or spelt out. Prices, dates, case
/// numbers, food serial numbers and short hotlines stay readable.
/// </summary>
internal static partial class PiiMask
{
    public const char Dot = '•';

    /// <summary>How people group the digits of a phone number; other groupings are dates or two numbers side by side.</summary>
    private static readonly HashSet<string> s_phoneGroups =
    [
        "10", "3 7", "3 3 4", "2 4 4", "3 4 3", "2 8", "3 3 2 2", "4 3 3", "4 6", "2 3 5", "6 4",
        "9", "2 7", "2 3 4", "3 6", "3 3 3", "2 3 2 2", "1 8", "1 4 4", "1 2 3 4", "1 1 4 4", "1 1 3 4",
        "2 2 3", "1 3 4", "1 7", "8", "2 6", "5 4", "5 5", "4 4", "3 5", "2 5 3",
    ];

    private static readonly HashSet<string> s_idGroups =
    [
        "13", "1 4 5 2 1", "1 12", "1 4 5 3", "1 4 8", "1 4 4 4", "1 4 5 1 2", "5 5 3", "1 5 5 2", "4 5 4", "1 9 3", "1 4 7 1", "10 3",
        "1 4 6 2", "3 5 5", "4 4 5", "1 3 4 5", "1 4 3 5",
    ];

    private static readonly string[] s_digitWords =
        ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <returns>The text with every such digit made a dot, and whether there was any. Its length stays the same.</returns>
    public static (string Text, bool Masked) Mask(string text)
    {
        var folded = ThaiText.FoldDigits(text);
        StringBuilder? masked = null;
        foreach (Match run in Run().Matches(folded))
        {
            if (IsPartOfAWord(folded, run) || !IsPersonal(run.Value))
                continue;
            Hide(masked ??= new StringBuilder(text), run);
        }

        foreach (Match run in SpeltOut().Matches(folded))
        {
            if (IsPersonal(Digits(run.Value)))
                Hide(masked ??= new StringBuilder(text), run, true);
        }

        return masked is null ? (text, false) : (masked.ToString(), true);
    }

    /// <summary>True if the last of 13 digits is what the twelve before it demand. Those of companies begin with 0.</summary>
    public static bool IsNationalId(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 13)
            return false;
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (digits[i] - '0') * (13 - i);
        return (11 - (sum % 11)) % 10 == digits[12] - '0';
    }

    private static bool IsPersonal(string run)
    {
        var groups = Group().Matches(run).Select(m => m.Length).ToArray();
        var digits = new string([.. run.Where(char.IsAsciiDigit)]);
        var shape = string.Join(' ', groups);
        var oneByOne = groups.Length > 8 && groups.All(g => g == 1);
        if (digits.Length == 13 && digits[0] is >= '1' and <= '8')
            return (oneByOne || s_idGroups.Contains(shape)) && IsNationalId(digits);
        return IsPhone(run, digits, groups, oneByOne);
    }

    private static bool IsPhone(string run, string digits, int[] groups, bool oneByOne)
    {
        var abroad = digits.StartsWith("0066", StringComparison.Ordinal) ? 4
            : digits.StartsWith("66", StringComparison.Ordinal) && (run[0] == '+' || digits.Length == 11) ? 2 : 0;
        var local = digits[abroad..];
        if (abroad > 0 && local.StartsWith('0'))
            (local, abroad) = (local[1..], abroad + 1);
        var number = abroad > 0 ? "0" + local : local;
        var right = number.Length == 10 ? number[0] == '0' && number[1] is '6' or '8' or '9'
            : number.Length == 9 && number[0] == '0' && number[1] is >= '2' and <= '7';
        return right && (oneByOne || abroad > 0 || s_phoneGroups.Contains(string.Join(' ', groups)));
    }

    // "CD-081-234-5678" or "ABC0812345678" is a number of something else.
    private static bool IsPartOfAWord(string text, Match run)
    {
        var before = run.Index - 1;
        if (before >= 0 && text[before] is '-' or '/' or '.' or '#')
            before--;
        var after = run.Index + run.Length;
        return (before >= 0 && char.IsAsciiLetterOrDigit(text[before]) && !IsLineId(text, before))
            || (after < text.Length && char.IsAsciiLetterOrDigit(text[after]));
    }

    // "tel0812345678" is still a phone number.
    private static bool IsLineId(string text, int last) =>
        last >= 2 && text.AsSpan(last - 2, 3).Equals("tel", StringComparison.OrdinalIgnoreCase);

    private static void Hide(StringBuilder masked, Match run, bool letters = false)
    {
        for (var i = run.Index; i < run.Index + run.Length; i++)
        {
            if (char.IsDigit(masked[i]) || (letters && !char.IsWhiteSpace(masked[i])))
                masked[i] = Dot;
        }
    }

    private static string Digits(string spelt) =>
        string.Concat(DigitWord().Matches(spelt).Select(m => (char)('0' + (Array.IndexOf(s_digitWords, m.Value.ToLowerInvariant()) % 10))));

    [GeneratedRegex(@"\+?\(?[0-9](?:[ \t\u00A0\-.\u2010-\u2015()\u200B-\u200D\uFEFF]{0,3}[0-9]){7,16}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Run();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Group();

    [GeneratedRegex(@"(?:(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|zero|one|two|three|four|five|six|seven|eight|nine)[ \-,.]{0,2}){9,13}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SpeltOut();

    [GeneratedRegex("ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|zero|one|two|three|four|five|six|seven|eight|nine", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex DigitWord();
}
