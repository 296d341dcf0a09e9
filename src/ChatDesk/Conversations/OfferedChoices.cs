using ChatDesk.Activities;
using ChatDesk.Conversations.Words;

namespace ChatDesk.Conversations;

/// <summary>Lets people type what they could tap: "2", "๒" or the words on a button just offered, and the words on the menu at any time.</summary>
internal static class OfferedChoices
{
    /// <returns>The activity as if the button had been tapped, or the activity itself when nothing offered fits.</returns>
    public static InboundActivity Resolve(InboundActivity activity, SessionState state, DeskWords words)
    {
        if (activity.Kind != InboundKind.Text || activity.Text is not { } text) return activity;
        var typed = Fold(text);
        var offered = state.Offered ?? [];
        for (var i = 0; i < offered.Count; i++)
        {
            var choice = offered[i];
            if (typed == (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) || typed == Fold(choice.Label))
                return activity with { Text = choice.Text ?? choice.Label, Data = choice.Data };
        }
        return words.SentByMenu(typed) is { } sent ? activity with { Text = sent } : activity;
    }

    private static string Fold(string text) => PlainWords.Fold(text);
}
