using System.Globalization;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads a choice by its number, label, another name for it, a name inside a sentence, or a name with a slip in it.</summary>
internal static class ChoiceAnswer
{
    private const int LongestSlip = 40;

    private const int LongestSentence = 80;

    /// <summary>The choice whose label, other name or value is exactly what was written, or null.</summary>
    public static string? Exact(Slot slot, Heard heard)
    {
        foreach (var choice in slot.Choices)
        {
            if (choice.Names.Contains(heard.Bare) || choice.Words.Contains(heard.Bare) || choice.Names.Contains(heard.Folded) || choice.Value == heard.Bare)
                return choice.Value;
        }
        return null;
    }

    public static Answer Read(Slot slot, Heard heard, Vocabulary words)
    {
        if (Exact(slot, heard) is { } exact)
            return new Answer(exact);
        if (Place(heard.Bare, words) is { } place && place <= slot.Choices.Count)
            return new Answer(slot.Choices[place - 1].Value);
        return Contained(slot, heard) ?? Mistyped(slot, heard);
    }

    public static Answer Overhear(Slot slot, Heard heard) => Contained(slot, heard) is { Understood: true } found ? found with { Echo = true } : Answer.Not();

    /// <summary>"2", "ข้อ 2", "number two".</summary>
    private static int? Place(string bare, Vocabulary words)
    {
        var rest = bare;
        foreach (var word in words.PlaceWords)
        {
            if (rest.StartsWith(word, StringComparison.Ordinal))
            {
                rest = rest[word.Length..].Trim();
                break;
            }
        }
        rest = rest.TrimEnd('.', ')').TrimStart('#', '(');
        if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 ? number : null;
        return words.Numbers.TryFind(rest, 0, out var length, out var word2) && length == rest.Length && word2.Kind == NumberWord.Unit ? (int)word2.Value : null;
    }

    private static Answer? Contained(Slot slot, Heard heard)
    {
        var longest = 0;
        var found = new HashSet<string>();
        foreach (var choice in slot.Choices)
        {
            foreach (var name in choice.Names.Concat(choice.Words))
            {
                if (name.Length < 3 || name.Length < longest || !Holds(heard.Bare, name))
                    continue;
                if (name.Length > longest)
                    found.Clear();
                longest = name.Length;
                found.Add(choice.Value);
            }
        }
        return found.Count switch
        {
            0 => null,
            1 => new Answer(found.First()) { Echo = heard.Bare.Length > longest + 10 },
            _ => Answer.Not("ambiguous"),
        };
    }

    private static bool Holds(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var end = at + name.Length;
        return (at == 0 || !(char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(text[at - 1])))
            && (end == text.Length || !(char.IsAsciiLetterOrDigit(name[^1]) && char.IsAsciiLetterOrDigit(text[end])));
    }

    /// <summary>A slip in the whole message, or in one word of a Latin sentence ("the restaurent next door").</summary>
    private static Answer Mistyped(Slot slot, Heard heard)
    {
        if (heard.Bare.Length <= LongestSlip && Mistyped(slot, heard.Bare) is { Why: not "other" } whole)
            return whole;
        var found = new HashSet<string>();
        foreach (var word in heard.Bare.Length <= LongestSentence && !heard.IsQuestion ? heard.Bare.Split(' ') : [])
        {
            if (word.Length >= 6 && char.IsAsciiLetter(word[0]) && Mistyped(slot, word) is { Understood: true } answer)
                found.Add(answer.Value);
        }
        return found.Count switch
        {
            1 => new Answer(found.First()) { Echo = true },
            > 1 => Answer.Not("ambiguous"),
            _ => Answer.Not(),
        };
    }

    private static Answer Mistyped(Slot slot, string written)
    {
        if (written.Length < 4)
            return Answer.Not();
        var best = int.MaxValue;
        var found = new HashSet<string>();
        foreach (var choice in slot.Choices)
        {
            foreach (var name in choice.Names.Concat(choice.Words))
            {
                var distance = Slips.Between(written, name, name.Length >= 8 ? 2 : 1);
                if (name.Length < 4 || distance > best || distance > (name.Length >= 8 ? 2 : 1))
                    continue;
                if (distance < best)
                    found.Clear();
                best = distance;
                found.Add(choice.Value);
            }
        }
        return found.Count switch
        {
            1 => new Answer(found.First()) { Echo = true },
            > 1 => Answer.Not("ambiguous"),
            _ => Answer.Not(),
        };
    }
}

/// <summary>How many slips of the finger lie between two words: a letter more, less, other, or two swapped.</summary>
internal static class Slips
{
    /// <returns>The distance, or <paramref name="most"/> + 1 when it is larger.</returns>
    public static int Between(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return most + 1;
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        Span<int> next = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                least = Math.Min(least, next[j]);
            }
            if (least > most)
                return most + 1;
            row.CopyTo(before);
            next.CopyTo(row);
        }
        return row[b.Length];
    }
}
