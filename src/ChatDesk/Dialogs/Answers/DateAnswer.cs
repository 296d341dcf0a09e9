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
        return tokens.Exists(t => t.Kind == DateWord.Unknown) ? Answer.Not() : Judge(slot, tokens, today);
    }

    public static Answer Overhear(Slot slot, Heard heard, Vocabulary words, DateOnly today)
    {
        // The longest stretch of words about days; bare numbers alone are not a date in a sentence.
        var best = new List<DateToken>();
        var run = new List<DateToken>();
        foreach (var token in DateToken.All(heard.Bare, words).Append(new DateToken(DateWord.Unknown, 0)))
        {
            if (token.Kind != DateWord.Unknown)
            {
                run.Add(token);
                continue;
            }
            if (run.Count > best.Count)
                best = run;
            run = [];
        }
        return best.Exists(t => t.Kind is DateWord.Month or DateWord.Weekday or DateWord.Offset) ? Judge(slot, best, today) : Answer.Not();
    }

    private static Answer Judge(Slot slot, List<DateToken> tokens, DateOnly today)
    {
        var (date, wrong) = Resolve([.. tokens.Where(t => t.Kind is not (DateWord.Filler or DateWord.Mark))], today, slot.Allow == "past");
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
            case "Offset" or "Weekday Offset" or "Offset Weekday":
                return (today.AddDays(t.First(x => x.Kind == DateWord.Offset).Value), null);
            case "Weekday" or "This Weekday" or "Weekday This" or "Next Weekday" or "Weekday Next" or "Last Weekday" or "Weekday Last" or "Weekday Week Next" or "Weekday Next Week" or "Weekday Week Last" or "Weekday Last Week" or "Next Week Weekday" or "Week Next Weekday":
                return (Weekday(t, today, past), null);
            case "Next Week" or "Week Next":
                return (today.AddDays(7), null);
            case "Last Week" or "Week Last" or "Week Ago":
                return (today.AddDays(-7), null);
            case "Next MonthUnit" or "MonthUnit Next":
                return (today.AddMonths(1), null);
            case "Last MonthUnit" or "MonthUnit Last":
                return (today.AddMonths(-1), null);
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

    /// <summary>"3 days ago", "อีก 2 สัปดาห์".</summary>
    private static DateOnly? Counted(DateToken[] t, DateOnly today)
    {
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
            "Number" when kinds == "Number" => DayOnly(t[0].Value, today, past),
            _ => (null, null),
        };
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
