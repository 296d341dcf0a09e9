using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Desk;

/// <summary>The words of the desk's pages: in both languages, and none missing.</summary>
public sealed partial class DeskWordsTests
{
    private static readonly string Folder = Path.Combine(DemoFolders.Root, "src", "ChatDesk", "Desk");

    [Fact]
    public void Every_word_is_there_in_Thai_and_in_English()
    {
        var (thai, english) = (Words("DeskText.resx"), Words("DeskText.en.resx"));
        Assert.Equal(thai.Keys.Order(), english.Keys.Order());
        Assert.All(english.Values, text => Assert.DoesNotMatch("[\u0E00-\u0E7F]", text));
        Assert.All(thai, word => Assert.Matches("[\u0E00-\u0E7F]", word.Value));
    }

    [Fact]
    public void Every_word_a_page_asks_for_is_there()
    {
        var words = Words("DeskText.resx");
        var asked = Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.Equal([], asked.Except(words.Keys));
    }

    private static Dictionary<string, string> Words(string file) => XDocument.Load(Path.Combine(Folder, file)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex("\\bT\\[\"([A-Za-z.]+)\"")]
    private static partial Regex Key();
}
