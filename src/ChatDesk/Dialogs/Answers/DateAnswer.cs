using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>
/// Reads days as people type them. Years from 2400 are Buddhist; two figures may be either and the reading nearest to today
/// wins ("69" is 2569). "Next Monday" means Monday of next week, weeks beginning on Monday.
/// </summary>
internal static class DateAnswer
{
    public static Answer Read(Slot slot, Heard heard, Vocabulary words, DateOnly today)
    {
        var tokens = DateToken.All(heard.Bare, words);
        if (!tokens.Exists(t => t.Kind == DateWord.Unknown))
            return Judge(slot, tokens, today);
        // "ร้านเปิดเสียงดังเมื่อวานตอนบ่ายสอง": the one day in a sentence, but not the day in a question or behind a "no".
        return heard.IsQuestion || words.No.Any(no => heard.Bare.StartsWith(no, StringComparison.Ordinal)) ? Answer.Not() : Inside(slot, tokens, today) with { IsLoose = true };
    }

    public static Answer Overhear(Slot slot, Heard heard, Vocabulary words, DateOnly today) => Inside(slot, DateToken.All(heard.Bare, words), today);

    /// <summary>The one day that a sentence is about ("พรุ่งนี้เปิดกี่โมง"), today or later where its words leave that open; null for none, and for several.</summary>
    public static DateOnly? Named(Heard heard, Vocabulary words, DateOnly today)
    {
        var found = Days(DateToken.All(heard.Bare, words));
        return found is [var only] ? Resolve(Meaning(only), today, past: false).Date : null;
    }

    /// <summary>The only stretch of words that is certainly about a day; bare numbers alone are not a date in a sentence.</summary>
    private static Answer Inside(Slot slot, List<DateToken> tokens, DateOnly today)
    {
        var found = Days(tokens);
        return found is [var only] ? Judge(slot, only, today) : Answer.Not();
    }

    private static List<List<DateToken>> Days(List<DateToken> tokens)
    {
        var found = new List<List<DateToken>>();
        var run = new List<DateToken>();
        foreach (var token in tokens.Append(new DateToken(DateWord.Unknown, 0)))
        {
            if (token.Kind != DateWord.Unknown)
            {
                run.Add(token);
                continue;
            }
            if (IsDay(run))
                found.Add(run);
            run = [];
        }
        return found;
    }

    private static DateToken[] Meaning(List<DateToken> tokens) => [.. tokens.Where(t => t.Kind is not (DateWord.Filler or DateWord.Mark))];

    private static bool IsDay(List<DateToken> run) =>
        run.Exists(t => t.Kind is DateWord.Month or DateWord.Weekday or DateWord.Offset or DateWord.MonthEnd)
        || (run.Exists(t => t.Kind == DateWord.Number) && run.Exists(t => t.Kind is DateWord.Day or DateWord.Week or DateWord.MonthUnit or DateWord.Year) && run.Exists(t => t.Kind is DateWord.Ago or DateWord.Last or DateWord.Ahead or DateWord.Next))
        || (run.Count(t => t.Kind == DateWord.Number) == 3 && run.Count(t => t.Kind == DateWord.Mark) == 2);

    private static Answer Judge(Slot slot, List<DateToken> tokens, DateOnly today)
    {
        var (date, wrong) = Resolve(Meaning(tokens), today, slot.Allow == "past");
        if (date is not { } day)
            return Answer.Not(wrong ?? "other");
        if (slot.Allow == "past" && day > today)
            return Answer.Not("future");
        if (slot.Allow == "future" && day < today)
            return Answer.Not("past");
        return new Answer(Value.Of(day).Text) { Echo = true };
    }

    private static (DateOnly? Date, string? Wrong) Resolve(DateToken[] t, DateOnly today, bool past)
    {
        var kinds = string.Join(' ', t.Select(x => x.Kind));
        switch (kinds)
        {
            // The number is the hour: เมื่อวานตอนบ่ายสอง.
            case "Offset" or "Weekday Offset" or "Offset Weekday" or "Offset Number" or "Offset Number Number":
                return (today.AddDays(t.First(x => x.Kind == DateWord.Offset).Value), null);
            case "Weekday" or "This Weekday" or "Weekday This" or "Next Weekday" or "Weekday Next" or "Last Weekday" or "Weekday Last" or "Weekday Week Next" or "Weekday Next Week" or "Weekday Week Last" or "Weekday Last Week" or "Next Week Weekday" or "Week Next Weekday":
                return (Weekday(t, today, past), null);
            case "Weekday Coming" or "Coming Weekday" or "This Coming Weekday" or "Weekday Ago":
                return (Nearest(t, today), null);
            case "MonthEnd" or "MonthEnd This" or "MonthEnd Next" or "MonthEnd Last" or "MonthEnd Ago":
                return (MonthEnd(t, today), null);
            default:
                return Counted(t, today) is { } counted ? (counted, null) : Calendar(t, kinds, today, past);
        }
    }

    private static DateOnly Weekday(DateToken[] t, DateOnly today, bool past)
    {
        var wanted = t.First(x => x.Kind == DateWord.Weekday).Value;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var inWeek = monday.AddDays((wanted + 6) % 7);
        if (t.Any(x => x.Kind == DateWord.Next))
            return inWeek.AddDays(7);
        if (t.Any(x => x.Kind == DateWord.Last))
            return inWeek.AddDays(-7);
        if (t.Any(x => x.Kind == DateWord.This))
            return inWeek;
        if (past)
            return inWeek > today ? inWeek.AddDays(-7) : inWeek;
        return inWeek < today ? inWeek.AddDays(7) : inWeek;
    }

    /// <summary>The first such day after today, or the last before it.</summary>
    private static DateOnly Nearest(DateToken[] t, DateOnly today)
    {
        var wanted = t.First(x => x.Kind == DateWord.Weekday).Value;
        var back = t.Any(x => x.Kind == DateWord.Ago);
        var apart = back ? (int)today.DayOfWeek - wanted : wanted - (int)today.DayOfWeek;
        var days = ((apart + 6) % 7) + 1;
        return today.AddDays(back ? -days : days);
    }

    private static DateOnly MonthEnd(DateToken[] t, DateOnly today)
    {
        var month = today.AddMonths(t[^1].Kind switch { DateWord.Next => 1, DateWord.Last or DateWord.Ago => -1, _ => 0 });
        return new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month));
    }

    /// <summary>"3 days ago", "อีก 2 สัปดาห์", "last year".</summary>
    private static DateOnly? Counted(DateToken[] t, DateOnly today)
    {
        if (t.Length == 2 && t.FirstOrDefault(x => x.Kind is DateWord.Week or DateWord.MonthUnit or DateWord.Year) is { Kind: not DateWord.Number } alone
            && t.FirstOrDefault(x => x.Kind is DateWord.Next or DateWord.Last or DateWord.Ago) is { Kind: not DateWord.Number } side)
            t = [new DateToken(DateWord.Number, 1), alone, side];
        var unit = t.FirstOrDefault(x => x.Kind is DateWord.Day or DateWord.Week or DateWord.MonthUnit or DateWord.Year).Kind;
        var back = t.Length == 3 && t[0].Kind == DateWord.Number && t[2].Kind is DateWord.Ago or DateWord.Last;
        var on = t.Length == 3 && ((t[0].Kind == DateWord.Ahead && t[1].Kind == DateWord.Number) || (t[0].Kind == DateWord.Number && t[2].Kind is DateWord.Ahead or DateWord.Next));
        if (unit == DateWord.Number || (!back && !on))
            return null;
        var count = t.First(x => x.Kind == DateWord.Number).Value * (back ? -1 : 1);
        if (count is < -3_660 or > 3_660)
            return null;
        return unit switch
        {
            DateWord.Day => today.AddDays(count),
            DateWord.Week => today.AddDays(7 * Math.Clamp(count, -520, 520)),
            DateWord.MonthUnit => today.AddMonths(Math.Clamp(count, -120, 120)),
            DateWord.Year => today.AddYears(Math.Clamp(count, -50, 50)),
            _ => null,
        };
    }

    private static (DateOnly? Date, string? Wrong) Calendar(DateToken[] tokens, string kinds, DateOnly today, bool past)
    {
        tokens = WithYear(tokens, today);
        var era = tokens.FirstOrDefault(x => x.Kind is DateWord.Buddhist or DateWord.Christian).Kind;
        var t = tokens.Where(x => x.Kind is DateWord.Number or DateWord.Month).ToArray();
        if (tokens.Any(x => x.Kind is not (DateWord.Number or DateWord.Month or DateWord.Buddhist or DateWord.Christian or DateWord.Weekday or DateWord.Year or DateWord.MonthUnit)))
            return (null, null);
        return string.Join(' ', t.Select(x => x.Kind)) switch
        {
            "Number Number Number" when t[0].Digits == 4 => Full(t[2].Value, t[1].Value, t[0], era, today),
            "Number Number Number" => Full(t[0].Value, t[1].Value, t[2], era, today),
            "Number Month Number" => Full(t[0].Value, t[1].Value, t[2], era, today),
            "Month Number Number" => Full(t[1].Value, t[0].Value, t[2], era, today),
            "Number Number" when kinds == "Number Number" => Yearless(t[0].Value, t[1].Value, today, past),
            "Number Month" => Yearless(t[0].Value, t[1].Value, today, past),
            "Month Number" when t[1].Value <= 31 => Yearless(t[1].Value, t[0].Value, today, past),
            "Number" when kinds is "Number" or "Weekday Number" => DayOnly(t[0].Value, today, past),
            _ => (null, null),
        };
    }

    /// <summary>"1 มกราคมปีหน้า", "January 1st next year": the year in figures.</summary>
    private static DateToken[] WithYear(DateToken[] t, DateOnly today)
    {
        if (t is not [.., var one, var other] || t.Length < 4)
            return t;
        var side = one.Kind == DateWord.Year ? other.Kind : other.Kind == DateWord.Year ? one.Kind : DateWord.Unknown;
        var year = side switch { DateWord.This => today.Year, DateWord.Next => today.Year + 1, DateWord.Last or DateWord.Ago => today.Year - 1, _ => 0 };
        return year == 0 ? t : [.. t[..^2], new DateToken(DateWord.Number, year, 4)];
    }

    private static (DateOnly? Date, string? Wrong) Full(int day, int month, DateToken year, DateWord era, DateOnly today)
    {
        var candidates = Years(year, era).Select(y => Make(day, month, y)).OfType<DateOnly>().ToList();
        return candidates.Count == 0 ? (null, "no_such_date") : (candidates.MinBy(d => Math.Abs(d.DayNumber - today.DayNumber)), null);
    }

    private static int[] Years(DateToken year, DateWord era) => (year.Digits, era) switch
    {
        (4, DateWord.Buddhist) => [year.Value - 543],
        (4, _) when year.Value >= 2400 => [year.Value - 543],
        (4, _) => [year.Value],
        ( <= 2, DateWord.Buddhist) => [2500 + year.Value - 543],
        ( <= 2, DateWord.Christian) => [2000 + year.Value],
        ( <= 2, _) => [2500 + year.Value - 543, 2000 + year.Value],
        _ => [],
    };

    /// <summary>Without a year: the nearest one on the side of today that makes sense.</summary>
    private static (DateOnly? Date, string? Wrong) Yearless(int day, int month, DateOnly today, bool past)
    {
        for (var step = 0; step <= 8; step++)
        {
            var year = today.Year + (past ? -step : step);
            if (Make(day, month, year) is { } date && (past ? date <= today : date >= today))
                return (date, null);
        }
        return (null, "no_such_date");
    }

    private static (DateOnly? Date, string? Wrong) DayOnly(int day, DateOnly today, bool past)
    {
        if (day is < 1 or > 31)
            return (null, "no_such_date");
        for (var step = 0; step <= 12; step++)
        {
            var month = new DateOnly(today.Year, today.Month, 1).AddMonths(past ? -step : step);
            if (Make(day, month.Month, month.Year) is { } date && (past ? date <= today : date >= today))
                return (date, null);
        }
        return (null, "no_such_date");
    }

    private static DateOnly? Make(int day, int month, int year) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
