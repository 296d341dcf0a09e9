using System.Globalization;
using System.Text.RegularExpressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Takes a text as it is, within the slot's length and pattern.</summary>
internal static class TextAnswer
{
    public static Answer Read(Slot slot, Heard heard)
    {
        if (!heard.IsText)
            return Answer.Not();
        var text = heard.Text.Trim();
        if (slot.Pattern is { } pattern)
        {
            var written = heard.Bare.ToUpperInvariant();
            var match = pattern.Match(written);
            return match.Success ? new Answer(match.Value) : Inside(pattern, written) is { } found ? new Answer(found) { Echo = true } : Answer.Not("shape");
        }
        var least = slot.Min ?? 1;
        var most = slot.Max ?? (slot.Kind == AnswerKind.FreeText ? 2_000 : 200);
        if (text.Length < least)
            return Answer.Not("too_short", Plain(least));
        return text.Length > most ? Answer.Not("too_long", Plain(most)) : new Answer(text) { IsLoose = slot.Kind == AnswerKind.Text };
    }

    /// <summary>"เลขที่ BP-2569-000103 ค่ะ": the one word in a message that has the form.</summary>
    private static string? Inside(Regex pattern, string written)
    {
        string? found = null;
        foreach (var range in Words.EnumerateMatches(written))
        {
            var word = written.Substring(range.Index, range.Length).Trim('.', ',', '-', '/');
            if (word == found || !pattern.IsMatch(word))
                continue;
            if (found is not null)
                return null;
            found = word;
        }
        return found;
    }

    /// <summary>Runs of Latin letters, digits and the marks between them.</summary>
    private static readonly Regex Words = new("[A-Z0-9][A-Z0-9./-]*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string Plain(decimal number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
