using System.Globalization;
using System.Resources;

namespace ChatDesk.Triage;

/// <summary>Puts reasons into an officer's words, Thai or English (<c>ReasonTexts.resx</c>).</summary>
internal static class ReasonWords
{
    private static readonly ResourceManager Texts = new("ChatDesk.Triage.ReasonTexts", typeof(ReasonWords).Assembly);

    /// <returns>For example <c>พูดถึงอันตรายต่อชีวิต: “แก๊สรั่ว”</c>. A list that an editor named himself is shown by that name.</returns>
    public static string Say(ReadingReason reason, CultureInfo culture)
    {
        var words = Texts.GetString(reason.Code, culture) ?? reason.Code.Replace('_', ' ');
        return reason.Evidence is null ? words : $"{words}: “{reason.Evidence}”";
    }
}
