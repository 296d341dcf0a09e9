using System.Globalization;
using ChatDesk.Triage;

namespace ChatDesk.Cases.Officers;

/// <summary>Why a case is urgent, in an officer's words. Kept with the case are the reasons' codes and what was noticed, word for word.</summary>
internal static class CaseReasons
{
    public static string Say(string why, CultureInfo culture) => string.Join("; ", why.Split("; ").Select(one => Say(one.Split(": ", 2), culture)));

    private static string Say(string[] parts, CultureInfo culture) => ReasonWords.Say(new ReadingReason(parts[0], parts.Length > 1 ? parts[1] : null), culture);
}
