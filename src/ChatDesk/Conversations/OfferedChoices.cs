using ChatDesk.Activities;

namespace ChatDesk.Conversations;

/// <summary>Lets people type what they could have tapped: "2", "๒" or the words on the button mean the button.</summary>
internal static class OfferedChoices
{
    /// <returns>The activity as if the button had been tapped, or the activity itself when nothing offered fits.</returns>
    public static InboundActivity Resolve(InboundActivity activity, SessionState state)
    {
        if (activity.Kind != InboundKind.Text || activity.Text is not { } text || state.Offered is not { Count: > 0 } offered) return activity;
        var typed = Fold(text);
        for (var i = 0; i < offered.Count; i++)
        {
            var choice = offered[i];
            if (typed == (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) || typed == Fold(choice.Label))
                return activity with { Text = choice.Text ?? choice.Label, Data = choice.Data };
        }
        return activity;
    }

    private static string Fold(string text) => PlainWords.Fold(text);
}
