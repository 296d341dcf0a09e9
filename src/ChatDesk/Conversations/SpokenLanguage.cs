using ChatDesk.Activities;

namespace ChatDesk.Conversations;

/// <summary>Which language to answer in: the chosen one, else the message's own, else the last one spoken, else the device's, else Thai.</summary>
internal static class SpokenLanguage
{
    public const string Thai = "th";
    public const string English = "en";

    public static string Of(InboundActivity activity, SessionState state) =>
        state.ChosenLanguage ?? Heard(activity.Text) ?? state.LastLanguage ?? Asked(activity.Language) ?? Thai;

    private static string? Asked(string? language) => language is Thai or English ? language : null;

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
