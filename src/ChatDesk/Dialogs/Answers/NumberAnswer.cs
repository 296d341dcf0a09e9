using System.Globalization;
using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads numbers in digits of both scripts and in words of both languages.</summary>
internal static class NumberAnswer
{
    private const decimal Largest = NumberPhrase.Largest / 10;

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
        if (slot.Kind == AnswerKind.Number && !slot.Units.Any(u => heard.Bare.Contains(u, StringComparison.Ordinal))
            && !slot.Converts.Keys.Any(u => heard.Bare.Contains(u, StringComparison.Ordinal)))
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

    private readonly record struct Number(decimal Value, bool HasUnit, bool InWords, decimal Factor);

    private readonly record struct Numbers(List<Number> Found, bool Clean, bool Bounds);

    private static Numbers Scan(string text, Slot slot, Vocabulary words)
    {
        var found = new List<Number>();
        var (clean, bounds, adjacent, behind) = (true, false, false, false);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '.' or '=' or '~')
            {
                at++;
            }
            else if (NumberPhrase.TryRead(text, ref at, words, out var value, out var inWords))
            {
                if (TakeCents(text, ref at, slot, words) && found.Count > 0 && found[^1].HasUnit && value < 100)
                {
                    found[^1] = found[^1] with { Value = found[^1].Value + (value / 100) };
                    continue;
                }
                // "สองสามร้อย" is "two or three hundred".
                bounds |= adjacent;
                var (hasUnit, factor) = TakeUnit(text, ref at, slot, words);
                value *= factor;
                if (hasUnit && TakeHalf(text, ref at, words))
                    value += factor / 2;
                if (hasUnit && behind && found[^1].HasUnit && found[^1].Factor > factor && value < found[^1].Factor)
                    // 2 เมตร 50 ซม.; 1 ไร่ 2 งาน.
                    found[^1] = found[^1] with { Value = found[^1].Value + value, Factor = factor };
                else
                    found.Add(new Number(value, hasUnit, inWords || factor != 1, factor));
                (adjacent, behind) = (!hasUnit, true);
            }
            else if (words.Numbers.TryFind(text, at, out var length, out var word) && IsPassedOver(word.Kind, slot))
            {
                bounds |= word.Kind == NumberWord.Bound;
                (adjacent, behind) = (false, behind && word.Kind == NumberWord.Joint);
                at += length;
            }
            else
            {
                (clean, adjacent, behind) = (false, false, false);
                at = Math.Max(at + 1, NumberPhrase.DigitsEnd(text, at));
            }
        }
        return new Numbers(found, clean, bounds);
    }

    private static bool IsPassedOver(NumberWord kind, Slot slot) =>
        kind is NumberWord.Filler or NumberWord.Bound or NumberWord.Joint || (kind == NumberWord.Currency && slot.Kind == AnswerKind.Amount);

    private static bool TakeCents(string text, ref int at, Slot slot, Vocabulary words)
    {
        var after = PastSpaces(text, at);
        if (slot.Kind != AnswerKind.Amount || !words.Numbers.TryFind(text, after, out var length, out var word) || word.Kind != NumberWord.Cent)
            return false;
        at = after + length;
        return true;
    }

    /// <summary>1 เมตรครึ่ง.</summary>
    private static bool TakeHalf(string text, ref int at, Vocabulary words)
    {
        if (!words.Numbers.TryFind(text, at, out var length, out var word) || word.Kind != NumberWord.Half)
            return false;
        at += length;
        return true;
    }

    /// <summary>The slot's own unit behind a number, or another that is converted into it.</summary>
    private static (bool HasUnit, decimal Factor) TakeUnit(string text, ref int at, Slot slot, Vocabulary words)
    {
        var after = PastSpaces(text, at);
        var (longest, factor) = (0, 1m);
        foreach (var unit in slot.Units)
        {
            if (unit.Length > longest && Stands(text, after, unit))
                (longest, factor) = (unit.Length, 1);
        }
        foreach (var (unit, converted) in slot.Converts)
        {
            if (unit.Length > longest && Stands(text, after, unit))
                (longest, factor) = (unit.Length, converted);
        }
        if (longest == 0 && slot.Kind == AnswerKind.Amount && words.Numbers.TryFind(text, after, out var length, out var word) && word.Kind == NumberWord.Currency)
            longest = length;
        if (longest > 0)
            at = after + longest;
        return (longest > 0, factor);
    }

    private static bool Stands(string text, int at, string unit) =>
        string.CompareOrdinal(text, at, unit, 0, unit.Length) == 0
        && !(at + unit.Length < text.Length && char.IsAsciiLetter(unit[^1]) && char.IsAsciiLetter(text[at + unit.Length]));

    private static int PastSpaces(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at;
    }
}
