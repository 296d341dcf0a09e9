using ChatDesk.Activities;

namespace ChatDesk.Conversations;

/// <summary>Which language to answer in: the chosen one, else the message's own, else the last one spoken, else Thai.</summary>
internal static class SpokenLanguage
{
    public const string Thai = "th";
    public const string English = "en";

    public static string Of(InboundActivity activity, SessionState state) =>
        state.ChosenLanguage ?? (IsContacts(activity.Kind) ? Heard(activity.Text) : null) ?? state.LastLanguage ?? Thai;

    /// <summary>An officer's words say nothing about the contact's language.</summary>
    private static bool IsContacts(InboundKind kind) =>
        kind is not (InboundKind.Timer or InboundKind.OfficerClaimed or InboundKind.OfficerSaid or InboundKind.OfficerReleased or InboundKind.HandoverMoved);

    /// <returns>Thai at the first Thai letter, English when there are only Latin ones, null when there are none of both.</returns>
    private static string? Heard(string? text)
    {
        string? heard = null;
        foreach (var letter in text ?? "")
        {
            if (letter is >= 'ก' and <= '๛') return Thai;
            if (char.IsAsciiLetter(letter)) heard = English;
        }
        return heard;
    }
}
