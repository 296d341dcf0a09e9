using ChatDesk.Activities;

namespace ChatDesk.Conversations;

/// <summary>Which language to answer in: the chosen one, else the message's own, else the last one spoken, else the device's, else Thai.</summary>
internal static class SpokenLanguage
{
    public const string Thai = "th";
    public const string English = "en";

    /// <summary>
    /// Inside a dialog fewer Latin words than this are an answer and no change of language: a Thai shop may be called
    /// "Happy Noodle", and "ok" is said in both.
    /// </summary>
    private const int WordsOfASentence = 3;

    /// <summary>What the desk itself does, and an officer's words, say nothing about the contact's language.</summary>
    public static bool IsContacts(InboundKind kind) =>
        kind is not (InboundKind.Timer or InboundKind.OfficerClaimed or InboundKind.OfficerSaid or InboundKind.OfficerReleased or InboundKind.HandoverMoved);

    public static string Of(InboundActivity activity, SessionState state) =>
        state.ChosenLanguage ?? (IsContacts(activity.Kind) ? Heard(activity.Text, state.Dialog is null ? 1 : WordsOfASentence) : null) ?? state.LastLanguage ?? Asked(activity.Language) ?? Thai;

    private static string? Asked(string? language) => language is Thai or English ? language : null;

    /// <returns>Thai at the first Thai letter, English from so many Latin words on, null when neither is there.</returns>
    private static string? Heard(string? text, int wordsNeeded)
    {
        if (text is null) return null;
        if (text.AsSpan().IndexOfAnyInRange('ก', '๛') >= 0) return Thai;
        var words = 0;
        foreach (var part in text.AsSpan().SplitAny(" \t\r\n"))
        {
            if (IsWord(text.AsSpan()[part])) words++;
        }
        return words >= wordsNeeded ? English : null;
    }

    /// <summary>Numbers of applications, codes, addresses of pages and mail belong to no language.</summary>
    private static bool IsWord(ReadOnlySpan<char> part)
    {
        var letters = 0;
        foreach (var c in part)
        {
            if (char.IsAsciiDigit(c) || c is '@' or '/') return false;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }
        return letters > 0;
    }
}
