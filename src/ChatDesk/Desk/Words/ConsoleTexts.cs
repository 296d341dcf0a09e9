using System.Globalization;
using System.Resources;

namespace ChatDesk.Desk.Words;

/// <summary>
/// What officers read, in one language. Bound to the language instead of the thread's culture: a page is redrawn by whatever
/// thread brought the news.
/// </summary>
internal sealed class ConsoleTexts
{
    private static readonly ResourceManager Resources = new("ChatDesk.Desk.Words.ConsoleTexts", typeof(ConsoleTexts).Assembly);
    private readonly CultureInfo _culture;

    private ConsoleTexts(string language) => (Language, _culture) = (language, CultureInfo.GetCultureInfo(language));

    public static ConsoleTexts Thai { get; } = new("th");

    public static ConsoleTexts English { get; } = new("en");

    /// <summary><c>th</c> or <c>en</c>.</summary>
    public string Language { get; }

    public static ConsoleTexts For(string language) => language == "en" ? English : Thai;

    /// <summary>A missing text shows its name: seen at once, and by a test.</summary>
    public string this[string name] => Resources.GetString(name, _culture) ?? name;

    public string Fill(string name, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[name], values);

    /// <summary>The text, or what stands for it when there is none of that name.</summary>
    public string Or(string name, string otherwise) => Resources.GetString(name, _culture) ?? otherwise;

    /// <summary>Every name, for scripts and tests.</summary>
    public static IReadOnlyList<string> Names()
    {
        // Not disposed: it is the manager's own.
        var neutral = Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return [.. neutral.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
    }
}
