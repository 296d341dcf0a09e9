using System.Globalization;
using ChatDesk.Dialogs.Expressions;

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
    Filler,
    Unknown,
}

internal readonly record struct TimeToken(TimeWord Kind, int Value, int Digits = 0);

/// <summary>Reads the clock in its Thai six-hour, 24-hour and English forms.</summary>
internal static class TimeAnswer
{
    public static Answer Read(Heard heard, Vocabulary words)
    {
        var tokens = Tokens(heard.Bare, words).Where(t => t.Kind != TimeWord.Filler).ToList();
        var half = tokens.RemoveAll(t => t.Kind == TimeWord.Half) > 0;
        if (tokens.Exists(t => t.Kind == TimeWord.Unknown) || Hour([.. tokens]) is not { } time)
            return Answer.Not();
        if (half)
            time = (time.Hour, 30);
        return time is { Hour: >= 0 and < 24, Minute: >= 0 and < 60 }
            ? new Answer(Value.Of(new TimeOnly(time.Hour, time.Minute)).Text) { Echo = true }
            : Answer.Not("shape");
    }

    private static (int Hour, int Minute)? Hour(TimeToken[] t)
    {
        var n = t.Where(x => x.Kind == TimeWord.Number).Select(x => x.Value).ToArray();
        var minute = n.Length > 1 ? n[1] : 0;
        return string.Join(' ', t.Select(x => x.Kind)) switch
        {
            "Noon" => (12, 0),
            "Noon Number" => (12, n[0]),
            "Midnight" => (0, 0),
            "Number Colon Number" => (n[0], minute),
            "Number" when t[0].Digits == 4 => (n[0] / 100, n[0] % 100),
            "Number Am" or "Number Colon Number Am" => (n[0] % 12, minute),
            "Number Pm" or "Number Colon Number Pm" when n[0] is >= 1 and <= 12 => ((n[0] % 12) + 12, minute),
            // สองโมงเช้า is the old count from six; nine and later are the plain hour.
            "Number MongMorning" or "Number MongMorning Number" => (n[0] is >= 1 and <= 5 ? n[0] + 6 : n[0], minute),
            // Without เช้า, one to five o'clock is the afternoon.
            "Number Mong" or "Number Mong Number" => (n[0] is >= 1 and <= 5 ? n[0] + 12 : n[0], minute),
            "Number MongEvening" or "Number MongEvening Number" when n[0] is >= 1 and <= 6 => (n[0] + 12, minute),
            "Bai" or "Bai Mong" => (13, 0),
            "Bai Number" or "Bai Number Mong" or "Bai Number Mong Number" or "Bai Number Number" when n[0] is >= 1 and <= 5 => (n[0] + 12, minute),
            "Bai Number Colon Number" => (n[0] < 12 ? n[0] + 12 : n[0], minute),
            "Number Thum" or "Number Thum Number" when n[0] is >= 1 and <= 5 => (n[0] + 18, minute),
            "Ti Number" or "Ti Number Number" when n[0] is >= 1 and <= 5 => (n[0], minute),
            _ => null,
        };
    }

    private static List<TimeToken> Tokens(string text, Vocabulary words)
    {
        var tokens = new List<TimeToken>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
            }
            else if (char.IsAsciiDigit(text[at]))
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
            }
            else if (words.Times.TryFind(text, at, out var length, out var token))
            {
                tokens.Add(token);
                at += length;
            }
            else
            {
                tokens.Add(new TimeToken(TimeWord.Unknown, 0));
                at++;
            }
        }
        return tokens;
    }
}
