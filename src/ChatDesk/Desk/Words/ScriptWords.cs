using System.Text.Json;

namespace ChatDesk.Desk.Words;

/// <summary>The words that the console's scripts need: every text whose name begins with <c>js</c>, without that beginning.</summary>
internal static class ScriptWords
{
    private const string Beginning = "js_";

    private static readonly Lazy<string> Thai = new(() => Write(ConsoleTexts.Thai));
    private static readonly Lazy<string> English = new(() => Write(ConsoleTexts.English));

    public static string Json(string language) => (language == "en" ? English : Thai).Value;

    private static string Write(ConsoleTexts texts) => JsonSerializer.Serialize(
        ConsoleTexts.Names().Where(n => n.StartsWith(Beginning, StringComparison.Ordinal)).ToDictionary(n => n[Beginning.Length..], n => texts[n]));
}
