using System.Globalization;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Kind of a word about the clock.</summary>
internal enum TimeWord
{
    Number,
    Colon,

    /// <summary>โมง, โมงเช้า.</summary>
    Mong,

    /// <summary>โมงเย็น.</summary>
    MongEvening,

    /// <summary>บ่าย.</summary>
    Bai,

    /// <summary>ทุ่ม.</summary>
    Thum,

    /// <summary>ตี.</summary>
    Ti,
    Noon,
    Midnight,
    Half,
    Am,
    Pm,

    /// <summary>โมงเช้า, where two o'clock is eight.</summary>
    MongMorning,

    /// <summary>น., นาฬิกา: the hour of the 24-hour clock.</summary>
    Oclock,

    /// <summary>เช้า, ตอนเช้า.</summary>
    Morning,

    /// <summary>เย็น, ตอนเย็น.</summary>
    Evening,

    /// <summary>half past two.</summary>
    Past,

    /// <summary>quarter to three.</summary>
    To,
    Quarter,
    Filler,
    Unknown,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">The number.</param>
/// <param name="Digits">How many digits were written, or would have been.</param>
/// <param name="InWords">Written as a word.</param>
/// <param name="AfterPart">Stands behind บ่าย or ตี, where an hour must come.</param>
internal readonly record struct TimeToken(TimeWord Kind, int Value, int Digits = 0, bool InWords = false, bool AfterPart = false)
{
    public static List<TimeToken> All(string text, Vocabulary words)
    {
        var tokens = new List<TimeToken>();
        int Known(int place) => words.Times.TryFind(text, place, out var time, out _) | words.Numbers.TryFind(text, place, out var number, out _) ? Math.Max(time, number) : 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                Figures(text, ref at, tokens);
            }
            else if (words.Times.TryFindFitting(text, at, Known, out var length, out var token))
            {
                tokens.Add(token);
                at += length;
            }
            else if (NumberPhrase.TryRead(text, ref at, words, out var number, out _, halves: false))
            {
                var behind = tokens is [.., { Kind: TimeWord.Bai or TimeWord.Ti }];
                tokens.Add(number is >= 0 and < 100 && decimal.IsInteger(number)
                    ? new TimeToken(TimeWord.Number, (int)number, number < 10 ? 1 : 2, InWords: true, behind)
                    : new TimeToken(TimeWord.Unknown, 0));
            }
            else
            {
                tokens.Add(new TimeToken(text[at] is ',' or '.' ? TimeWord.Filler : TimeWord.Unknown, 0));
                at++;
            }
        }
        return tokens;
    }

    private static void Figures(string text, ref int at, List<TimeToken> tokens)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        tokens.Add(at - from > 4
            ? new TimeToken(TimeWord.Unknown, 0)
            : new TimeToken(TimeWord.Number, int.Parse(text.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture), at - from));
        if (at + 1 < text.Length && text[at] is ':' or '.' && char.IsAsciiDigit(text[at + 1]))
        {
            tokens.Add(new TimeToken(TimeWord.Colon, 0));
            at++;
        }
        else if (at + 1 < text.Length && text.AsSpan(at) is ['a' or 'p', 'm', ..])
        {
            tokens.Add(new TimeToken(text[at] == 'a' ? TimeWord.Am : TimeWord.Pm, 0));
            at += 2;
        }
        else if (at + 1 < text.Length && text[at] == 'h' && char.IsAsciiDigit(text[at + 1]))
        {
            tokens.Add(new TimeToken(TimeWord.Colon, 0));
            at++;
        }
    }
}
