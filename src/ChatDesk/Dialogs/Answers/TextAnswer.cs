using System.Globalization;
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
            var match = pattern.Match(heard.Bare.ToUpperInvariant());
            return match.Success ? new Answer(match.Value) : Answer.Not("shape");
        }
        var least = slot.Min ?? 1;
        var most = slot.Max ?? (slot.Kind == AnswerKind.FreeText ? 2_000 : 200);
        if (text.Length < least)
            return Answer.Not("too_short", Plain(least));
        return text.Length > most ? Answer.Not("too_long", Plain(most)) : new Answer(text);
    }

    private static string Plain(decimal number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
