using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads the clock in its Thai six-hour, 24-hour and English forms.</summary>
internal static class TimeAnswer
{
    public static Answer Read(Heard heard, Vocabulary words)
    {
        var tokens = TimeToken.All(heard.Bare, words).Where(t => t.Kind != TimeWord.Filler).ToList();
        if (tokens.Exists(t => t.Kind == TimeWord.Unknown))
            return Answer.Not();
        var half = tokens.RemoveAll(t => t.Kind == TimeWord.Half) > 0;
        if (Hour([.. Sided(tokens).SelectMany(Parts)]) is not { } time)
            return Answer.Not();
        if (half)
            time = (time.Hour, 30);
        if (time is { Hour: 24, Minute: 0 })
            time = (0, 0);
        return time is { Hour: >= 0 and < 24, Minute: >= 0 and < 60 }
            ? new Answer(Value.Of(new TimeOnly(time.Hour, time.Minute)).Text) { Echo = true }
            : Answer.Not("shape");
    }

    /// <summary>"เช้า 9 โมง", "5 โมง ตอนเย็น": the part of the day goes to the word for the hour.</summary>
    private static List<TimeToken> Sided(List<TimeToken> tokens)
    {
        var side = tokens.FirstOrDefault(t => t.Kind is TimeWord.Morning or TimeWord.Evening).Kind;
        if (side == TimeWord.Number)
            return tokens;
        tokens.RemoveAll(t => t.Kind == side);
        var mong = tokens.FindIndex(t => t.Kind is TimeWord.Mong or TimeWord.MongMorning or TimeWord.MongEvening);
        if (mong >= 0)
            tokens[mong] = new TimeToken(side == TimeWord.Morning ? TimeWord.MongMorning : TimeWord.MongEvening, 0);
        else if (tokens.TrueForAll(t => t.Kind is TimeWord.Number or TimeWord.Colon or TimeWord.Past or TimeWord.To or TimeWord.Quarter))
            tokens.Add(new TimeToken(side == TimeWord.Morning ? TimeWord.Am : TimeWord.Pm, 0));
        return tokens;
    }

    /// <summary>บ่ายสามสิบห้า is a quarter past three, for there is no hour thirty-five.</summary>
    private static IEnumerable<TimeToken> Parts(TimeToken token) =>
        token is { Kind: TimeWord.Number, InWords: true, Value: >= 30 and < 60, AfterPart: true }
            ? [token with { Value = token.Value / 10 }, token with { Value = 10 + (token.Value % 10) }]
            : [token];

    private static (int Hour, int Minute)? Hour(TimeToken[] t)
    {
        var n = t.Where(x => x.Kind == TimeWord.Number).Select(x => x.Value).ToArray();
        var minute = n.Length > 1 ? n[1] : 0;
        return string.Join(' ', t.Select(x => x.Kind)) switch
        {
            "Noon" => (12, 0),
            "Noon Number" => (12, n[0]),
            "Midnight" => (0, 0),
            "Midnight Number" => (0, n[0]),
            "Number Colon Number" or "Number Colon Number Oclock" or "Number Oclock" or "Number Oclock Number" => (n[0], minute),
            "Number Number" when t[1].Digits == 2 && t[0].Digits <= 2 => (n[0], minute),
            "Number" when t[0].Digits is 3 or 4 && !t[0].InWords => (n[0] / 100, n[0] % 100),
            "Number Am" or "Number Colon Number Am" or "Number Number Am" => (n[0] % 12, minute),
            "Number Pm" or "Number Colon Number Pm" or "Number Number Pm" when n[0] is >= 1 and <= 12 => ((n[0] % 12) + 12, minute),
            // สองโมงเช้า is the old count from six; nine and later are the plain hour.
            "Number MongMorning" or "Number MongMorning Number" => (n[0] is >= 1 and <= 5 ? n[0] + 6 : n[0], minute),
            // Without เช้า, one to five o'clock is the afternoon.
            "Number Mong" or "Number Mong Number" => (Afternoon(n[0]), minute),
            "Number MongEvening" or "Number MongEvening Number" when n[0] is >= 1 and <= 6 => (n[0] + 12, minute),
            "Bai" or "Bai Mong" => (13, 0),
            "Bai Mong Number" => (13, n[0]),
            "Bai Number" or "Bai Number Mong" or "Bai Number Mong Number" or "Bai Number Number" when n[0] is >= 1 and <= 5 => (n[0] + 12, minute),
            "Bai Number Colon Number" => (n[0] < 12 ? n[0] + 12 : n[0], minute),
            "Thum" => (19, 0),
            // ทุ่มนึง is one ทุ่ม; more than that are minutes.
            "Thum Number" => (19, n[0] == 1 ? 0 : n[0]),
            "Number Thum" or "Number Thum Number" when n[0] is >= 1 and <= 5 => (n[0] + 18, minute),
            "Ti Number" or "Ti Number Number" when n[0] is >= 1 and <= 5 => (n[0], minute),
            "Past Number" or "Quarter Past Number" or "Number Past Number" or "Quarter To Number" or "Number To Number" => Spoken(t, n, Afternoon(n[^1])),
            "Past Number Am" or "Quarter Past Number Am" or "Number Past Number Am" or "Quarter To Number Am" or "Number To Number Am" => Spoken(t, n, n[^1] % 12),
            "Past Number Pm" or "Quarter Past Number Pm" or "Number Past Number Pm" or "Quarter To Number Pm" or "Number To Number Pm" => Spoken(t, n, (n[^1] % 12) + 12),
            _ => null,
        };
    }

    private static int Afternoon(int hour) => hour is >= 1 and <= 5 ? hour + 12 : hour;

    /// <summary>half past two, quarter to three, ten past four.</summary>
    private static (int Hour, int Minute) Spoken(TimeToken[] t, int[] n, int hour)
    {
        var minutes = t[0].Kind == TimeWord.Quarter ? 15 : n.Length > 1 ? n[0] : 0;
        return t.Any(x => x.Kind == TimeWord.To) ? ((hour + 23) % 24, 60 - minutes) : (hour, minutes);
    }
}
