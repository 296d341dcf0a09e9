using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Promises;
using ChatDesk.Hours.Law;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Desk.Casework;

/// <summary>The words of the case pages: both languages, the same places, and every name that a page puts together.</summary>
public sealed partial class CaseTextTests
{
    private static readonly string Folder = Path.Combine(DemoFolders.Root, "src", "ChatDesk", "Desk", "Casework");

    [Fact]
    public void Every_word_is_there_in_both_languages_with_the_same_places()
    {
        var (thai, english) = (Words("CaseText.resx"), Words("CaseText.en.resx"));
        Assert.Equal(thai.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, words) in english)
        {
            Assert.DoesNotMatch("[\u0E00-\u0E7F]", words);
            Assert.Equal(Places(thai[name]), Places(words));
        }
    }

    [Fact]
    public void Every_word_a_page_asks_for_is_there()
    {
        var asked = Directory.EnumerateFiles(Folder, "*.razor").SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(asked);
        string[] made =
        [
            .. Enum.GetNames<CaseState>().Select(n => $"State.{n}"), .. Enum.GetNames<CaseKind>().Select(n => $"Kind.{n}"), .. Enum.GetNames<CaseUrgency>().Select(n => $"Urgency.{n}"),
            .. Enum.GetNames<CaseDeed>().Select(n => $"Deed.{n}"), .. Enum.GetNames<CaseParty>().Select(n => $"By.{n}"), .. Enum.GetNames<CaseRefusalReason>().Select(n => $"Refused.{n}"),
            .. Enum.GetNames<CaseOrderBy>().Select(n => $"Order.{n}"), .. Enum.GetNames<PromiseState>().Select(n => $"Promise.{n}"), .. Enum.GetNames<Confidence>().Select(n => $"Confidence.{n}"),
        ];
        Assert.Equal([], asked.Concat(made).Except(Words("CaseText.resx").Keys));
    }

    private static IEnumerable<string> Places(string words) => Place().Matches(words).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Words(string file) => XDocument.Load(Path.Combine(Folder, file)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex("\\bW\\[\"([A-Za-z.]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();
}
