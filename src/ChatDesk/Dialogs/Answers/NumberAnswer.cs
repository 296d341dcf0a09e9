using System.Globalization;
using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Kind of a word about numbers.</summary>
internal enum NumberWord
{
    /// <summary>หนึ่ง, two, twenty: adds.</summary>
    Unit,

    /// <summary>สิบ, ร้อย, hundred: multiplies what stands right before it.</summary>
    Scale,

    /// <summary>ล้าน, thousand: multiplies everything before it.</summary>
    Big,

    /// <summary>and: holds the parts of one number together.</summary>
    Joint,

    /// <summary>ประมาณ, about: says nothing here.</summary>
    Filler,

    /// <summary>มากกว่า, over: makes the number a bound, which is no answer.</summary>
    Bound,

    /// <summary>บาท, baht.</summary>
    Currency,
}

/// <summary>Reads numbers in digits of both scripts and in words of both languages.</summary>
internal static class NumberAnswer
{
    private const decimal Largest = 1_000_000_000_000m;

    public static Answer Read(Slot slot, Heard heard, Vocabulary words)
    {
        if (words.Zero.Contains(heard.Bare))
            return Bounded(slot, 0, echo: false);
        var scan = Scan(heard.Bare, slot, words);
        if (scan.Bounds)
            return Answer.Not("range");
        if (scan.Found.Count == 1 && (scan.Clean || scan.Found[0].HasUnit))
            return Bounded(slot, scan.Found[0].Value, scan.Found[0].InWords);
        var withUnit = scan.Found.Where(f => f.HasUnit).ToList();
        if (withUnit.Count == 1)
            return Bounded(slot, withUnit[0].Value, withUnit[0].InWords);
        return Answer.Not(scan.Found.Count > 1 ? "range" : "other");
    }

    /// <summary>Picks a number with one of the slot's own units out of a sentence.</summary>
    public static Answer Overhear(Slot slot, Heard heard, Vocabulary words)
    {
        if (slot.Kind == AnswerKind.Number && !slot.Units.Any(u => heard.Bare.Contains(u, StringComparison.Ordinal)))
            return Answer.Not();
        var scan = Scan(heard.Bare, slot, words);
        var withUnit = scan.Found.Where(f => f.HasUnit).ToList();
        return withUnit.Count == 1 && !scan.Bounds ? Bounded(slot, withUnit[0].Value, echo: true) : Answer.Not();
    }

    private static Answer Bounded(Slot slot, decimal number, bool echo)
    {
        if (slot.Kind == AnswerKind.Amount && decimal.Round(number, 2) != number)
            return Answer.Not("shape");
        if (number < (slot.Min ?? 0))
            return Answer.Not("too_small", Plain(slot.Min ?? 0));
        if (number > (slot.Max ?? Largest))
            return Answer.Not("too_big", Plain(slot.Max ?? Largest));
        return new Answer(Value.Of(number).Text) { Echo = echo };
    }

    private static string Plain(decimal number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private readonly record struct Number(decimal Value, bool HasUnit, bool InWords);

    private readonly record struct Numbers(List<Number> Found, bool Clean, bool Bounds);

    private static Numbers Scan(string text, Slot slot, Vocabulary words)
    {
        var found = new List<Number>();
        var (clean, bounds) = (true, false);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '.' or '=' or '~')
            {
                at++;
            }
            else if (TryPhrase(text, ref at, words, out var value, out var inWords))
            {
                found.Add(new Number(value, TakeUnit(text, ref at, slot, words), inWords));
            }
            else if (words.Numbers.TryFind(text, at, out var length, out var word) && word.Kind is NumberWord.Filler or NumberWord.Bound or NumberWord.Joint)
            {
                bounds |= word.Kind == NumberWord.Bound;
                at += length;
            }
            else
            {
                clean = false;
                at++;
            }
        }
        return new Numbers(found, clean, bounds);
    }

    private static bool TakeUnit(string text, ref int at, Slot slot, Vocabulary words)
    {
        var after = at;
        while (after < text.Length && text[after] == ' ')
            after++;
        foreach (var unit in slot.Units)
        {
            if (string.CompareOrdinal(text, after, unit, 0, unit.Length) != 0
                || (after + unit.Length < text.Length && char.IsAsciiLetter(unit[^1]) && char.IsAsciiLetter(text[after + unit.Length])))
                continue;
            at = after + unit.Length;
            return true;
        }
        if (slot.Kind != AnswerKind.Amount || !words.Numbers.TryFind(text, after, out var length, out var word) || word.Kind != NumberWord.Currency)
            return false;
        at = after + length;
        return true;
    }

    /// <summary>One number, however it is built: "1,500", "2 แสน", "สามร้อยห้าสิบ", "two hundred fifty".</summary>
    private static bool TryPhrase(string text, ref int at, Vocabulary words, out decimal value, out bool inWords)
    {
        decimal whole = 0, section = 0, unit = 0;
        var (any, digitsLast) = (false, false);
        inWords = false;
        var end = at;
        for (var i = at; i < text.Length;)
        {
            if (text[i] == ' ')
            {
                i++;
            }
            else if (!digitsLast && TryDigits(text, ref i, out var digits))
            {
                unit += digits;
                (any, digitsLast, end) = (true, true, i);
            }
            else if (words.Numbers.TryFind(text, i, out var length, out var word) && word.Kind <= NumberWord.Big && !(digitsLast && word.Kind == NumberWord.Unit))
            {
                Add(word, ref whole, ref section, ref unit);
                i += length;
                (any, digitsLast, inWords, end) = (true, false, true, i);
            }
            else if (any && !digitsLast && words.Numbers.TryFind(text, i, out length, out word) && word.Kind == NumberWord.Joint)
            {
                i += length;
            }
            else
            {
                break;
            }
        }
        at = any ? end : at;
        value = Math.Min(whole + section + unit, Largest * 10);
        return any;
    }

    private static void Add((NumberWord Kind, decimal Value) word, ref decimal whole, ref decimal section, ref decimal unit)
    {
        switch (word.Kind)
        {
            case NumberWord.Unit:
                unit += word.Value;
                break;
            case NumberWord.Scale:
                section += Math.Min((unit == 0 ? 1 : unit) * word.Value, Largest * 10);
                unit = 0;
                break;
            default:
                whole = Math.Min((whole + section + unit == 0 ? 1 : whole + section + unit) * word.Value, Largest * 10);
                (section, unit) = (0, 0);
                break;
        }
    }

    private static bool TryDigits(string text, ref int at, out decimal value)
    {
        var end = at;
        if (text[end] == '-' && at == 0)
            end++;
        var first = end;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is ',' or '.' && end > first && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        value = 0;
        if (end == first || end - first > 20)
            return false;
        if (!decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out value))
            return false;
        at = end;
        return true;
    }
}
