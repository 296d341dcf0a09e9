namespace ChatDesk.Knowledge.Answers;

/// <summary>
/// The hidden values of the buttons under answers, and their reading back. <c>kb:open:slug:section</c> opens an
/// article, <c>kb:helped:slug:yes</c> is the verdict on one; starting a dialog and asking for a person are the spine's.
/// </summary>
internal static class AnswerData
{
    public const string WholeArticle = "all";

    public static string Open(string slug, string section = "") => $"kb:open:{slug}:{section}";

    public static string Helped(string slug, bool yes) => $"kb:helped:{slug}:{(yes ? "yes" : "no")}";

    public static string StartDialog(string dialog) => $"dialog:start:{dialog}";

    /// <returns>The verb, slug and last part, or null if the value is not one of the knowledge's.</returns>
    public static (string Verb, string Slug, string Detail)? Read(string? data) =>
        data?.Split(':') is ["kb", "open" or "helped", { Length: > 0 }, _] parts ? (parts[1], parts[2], parts[3]) : null;
}
