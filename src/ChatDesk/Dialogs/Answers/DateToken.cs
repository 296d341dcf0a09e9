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

    /// <summary>ที่จะถึง, coming: the next one from today.</summary>
    Coming,

    /// <summary>สิ้นเดือน: the last day of a month.</summary>
    MonthEnd,
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
        int Known(int place) => words.Dates.TryFind(text, place, out var date, out _) | words.Numbers.TryFind(text, place, out var number, out _) ? Math.Max(date, number) : 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                tokens.AddRange(Figure(text, ref at));
            }
            else if (words.Dates.TryFindFitting(text, at, Known, out var length, out var token))
            {
                tokens.Add(token);
                at += length;
            }
            else if (NumberPhrase.TryRead(text, ref at, words, out var number, out _))
            {
                // สิบห้ามกราคม, สองพันห้าร้อยหกสิบเก้า.
                tokens.Add(number is >= 0 and < 10_000 && decimal.IsInteger(number) ? new DateToken(DateWord.Number, (int)number, number < 100 ? 2 : 4) : new DateToken(DateWord.Unknown, 0));
            }
            else
            {
                tokens.Add(new DateToken("/-.,".Contains(text[at], StringComparison.Ordinal) ? DateWord.Mark : DateWord.Unknown, 0));
                at++;
            }
        }
        return tokens;
    }

    private static DateToken[] Figure(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at - from == 8)
            return Packed(text.AsSpan(from, 8));
        return [at - from > 4 ? new DateToken(DateWord.Unknown, 0) : Short(text, from, ref at)];
    }

    /// <summary>15012569 or 20260115: day, month and year without marks.</summary>
    private static DateToken[] Packed(ReadOnlySpan<char> figures)
    {
        var yearFirst = figures[..2] is "19" or "20" or "24" or "25" && Number(figures[4..6]) is >= 1 and <= 12;
        var (day, month, year) = yearFirst
            ? (Number(figures[6..]), Number(figures[4..6]), Number(figures[..4]))
            : (Number(figures[..2]), Number(figures[2..4]), Number(figures[4..]));
        return [new(DateWord.Number, day, 2), new(DateWord.Number, month, 2), new(DateWord.Number, year, 4)];
    }

    private static int Number(ReadOnlySpan<char> figures) => int.Parse(figures, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateToken Short(string text, int from, ref int at)
    {
        var value = Number(text.AsSpan(from, at - from));
        // "15th", "1st": the ending belongs to the figure.
        if (at + 2 <= text.Length && text.AsSpan(at, 2) is "st" or "nd" or "rd" or "th" && (at + 2 == text.Length || !char.IsAsciiLetter(text[at + 2])))
        {
            at += 2;
            return new DateToken(DateWord.Number, value, 2);
        }
        return new DateToken(DateWord.Number, value, at - from);
    }
}
