using System.Collections.Frozen;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Tests.Knowledge.Text;

public sealed class WordListTests
{
    private static readonly TextAnalyzer s_analyzer = new(new SearchWords
    {
        Replacements = new Replacements([("ใบอนุญาติ", "ใบอนุญาต"), ("คาเฟ", "คาเฟ่"), ("รง 4", "รง4"), ("vat", "แวต")]),
        Particles = new[] { "ครับ", "ค่ะ" }.ToFrozenSet(),
        Padding = ["ขอสอบถามหน่อย", "สวัสดี"],
    });

    [Theory]
    [InlineData("ใบอนุญาติ", "ใบอนุญาต")]
    [InlineData("คาเฟ่", "คาเฟ่")] // holds the wrong word inside, and must not grow
    [InlineData("คาเฟ", "คาเฟ่")]
    [InlineData("VAT 7", "แวต7")]
    [InlineData("vatican", "vatican")]
    [InlineData("ร้านครับ", "ร้าน")]
    [InlineData("สวัสดี ขอสอบถามหน่อย ภาษีป้ายค่ะ", "ภาษีป้าย")]
    [InlineData("ครับ", "ครับ")] // nothing else is there
    public void Lists_are_applied_before_searching(string text, string core) => Assert.Equal(core, s_analyzer.Analyse(text).Core);

    [Theory]
    [InlineData("licences", "licence")]
    [InlineData("renewing", "renew")]
    [InlineData("running", "run")]
    [InlineData("companies", "company")]
    [InlineData("glass", "glass")]
    [InlineData("bus", "bus")]
    public void English_endings_are_taken_off(string word, string stem) => Assert.Equal(stem, EnglishStem.Of(word));

    [Fact]
    public void Thai_is_split_by_the_dictionary_and_numbers_stand_alone()
    {
        var words = new List<string>();
        WordBreaker.Break("เปิดร้านอาหาร200ตารางเมตร food truck", words);
        Assert.Equal(["เปิด", "ร้าน", "อาหาร", "200", "ตาราง", "เมตร", "food", "truck"], words);
    }
}
