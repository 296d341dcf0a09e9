using System.Globalization;

namespace ChatDesk.Triage.Local;

/// <summary>Cuts the words out of a text that carried a decision.</summary>
internal static class EvidenceStretch
{
    private const int Longest = 30;

    /// <param name="folded">The text.</param>
    /// <param name="support">How much each character spoke for it.</param>
    /// <returns>At most thirty characters around the strongest one, whole characters and whole Latin words; null when nothing spoke for it.</returns>
    public static string? Loudest(string folded, float[] support)
    {
        // What every character says a little is said by none of them.
        var usual = support.Length == 0 ? 0 : support.Average();
        var best = (Sum: 0f, From: 0, To: 0);
        for (var from = 0; from < folded.Length; from++)
        {
            var sum = 0f;
            for (var to = from; to < Math.Min(folded.Length, from + Longest); to++)
            {
                sum += support[to] - usual;
                if (sum > best.Sum) best = (sum, from, to + 1);
            }
        }
        if (best.To <= best.From) return null;
        var words = Whole(folded, best.From, best.To).Trim();
        return words.Length == 0 ? null : words;
    }

    private static string Whole(string folded, int from, int to)
    {
        while (from > 0 && (IsInsideWord(folded, from) || IsMark(folded[from]))) from--;
        while (to < folded.Length && (IsInsideWord(folded, to) || IsMark(folded[to]))) to++;
        return folded[from..to];
    }

    private static bool IsInsideWord(string text, int at) => char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at]);

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Surrogate;
}
