using ICU4N.Globalization;
using ICU4N.Text;

namespace ChatDesk.Knowledge.Text;

/// <summary>
/// Splits folded text into words: Latin and digits at spaces, Thai by ICU's dictionary (Thai puts no space between
/// words). ICU was taken over a matcher of our own because it brings its dictionary along and, fused with
/// character grams, finds as well (docs/knowledge.md has the figures).
/// </summary>
internal static class WordBreaker
{
    // A break iterator keeps a position, so each thread needs its own; cloning one is cheap, making one is not.
    private static readonly BreakIterator s_model = BreakIterator.GetWordInstance(new UCultureInfo("th"));

    [ThreadStatic]
    private static BreakIterator? t_breaker;

    /// <summary>Adds the words of <paramref name="folded"/> to <paramref name="words"/>, in order.</summary>
    public static void Break(string folded, List<string> words)
    {
        for (int i = 0, start = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && folded[i] != ' ' && (i == start || SameRun(folded[i - 1], folded[i])))
                continue;
            if (i > start)
                BreakRun(folded[start..i], words);
            start = i < folded.Length && folded[i] == ' ' ? i + 1 : i;
        }
    }

    private static bool SameRun(char a, char b) => ThaiText.IsThai(a) == ThaiText.IsThai(b) && char.IsDigit(a) == char.IsDigit(b);

    private static void BreakRun(string run, List<string> words)
    {
        if (!ThaiText.IsThai(run[0]))
        {
            words.Add(run);
            return;
        }

        var breaker = t_breaker ??= (BreakIterator)s_model.Clone();
        breaker.SetText(run);
        var start = breaker.First();
        for (var end = breaker.Next(); end != BreakIterator.Done; start = end, end = breaker.Next())
            words.Add(run[start..end]);
    }
}
