using System.Globalization;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Kind of a word about days.</summary>
internal enum DateWord
{
    Number,
    Month,
    Weekday,

    /// <summary>วันนี้, tomorrow: days from today.</summary>
    Offset,
    Next,
    This,
    Last,
    Ago,
    Ahead,
    Day,
    Week,
    MonthUnit,
    Year,
    Buddhist,
    Christian,
    Filler,

    /// <summary>Between the parts of a date in figures.</summary>
    Mark,
    Unknown,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">The number, month, weekday (0 is Sunday) or offset.</param>
/// <param name="Digits">How many digits were written.</param>
internal readonly record struct DateToken(DateWord Kind, int Value, int Digits = 0)
{
    public static List<DateToken> All(string text, Vocabulary words)
    {
        var tokens = new List<DateToken>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                tokens.Add(Figure(text, ref at));
            }
            else if (words.Dates.TryFind(text, at, out var length, out var token))
            {
                tokens.Add(token);
                at += length;
            }
            else
            {
                tokens.Add(new DateToken("/-.,".Contains(text[at], StringComparison.Ordinal) ? DateWord.Mark : DateWord.Unknown, 0));
                at++;
            }
        }
        return tokens;
    }

    private static DateToken Figure(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at - from > 4)
            return new DateToken(DateWord.Unknown, 0);
        var value = int.Parse(text.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture);
        // "15th", "1st": the ending belongs to the figure.
        if (at + 2 <= text.Length && text.AsSpan(at, 2) is "st" or "nd" or "rd" or "th" && (at + 2 == text.Length || !char.IsAsciiLetter(text[at + 2])))
        {
            at += 2;
            return new DateToken(DateWord.Number, value, 2);
        }
        return new DateToken(DateWord.Number, value, at - from);
    }
}
