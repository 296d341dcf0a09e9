using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Articles;

namespace ChatDesk.Tests.Knowledge.Articles;

public sealed class ArticleParserTests
{
    private const string Good = """
        ---
        slug: sign
        lang: th
        title: ภาษีป้าย
        source: พ.ร.บ. ภาษีป้าย
        effective_from: 2021-01-01
        review_by: 2027-05-31
        confidence: high
        related: [other]
        variants:
          - ป้ายเสียภาษีไหม
          - "ภป.1: ยื่นเมื่อไหร่"
        ---
        ## what
        **ภาษีป้าย** จ่ายปีละครั้ง

        ## fee
        - ไทยล้วน 5 บาท
        """;

    private readonly List<KnowledgeProblem> _problems = [];

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var article = Parse(Good)!;
        Assert.Empty(_problems);
        Assert.Equal(("sign", "th", "ภาษีป้าย"), (article.Slug, article.Language, article.Title));
        Assert.Equal(["ป้ายเสียภาษีไหม", "ภป.1: ยื่นเมื่อไหร่"], article.Variants);
        Assert.Equal(new DateOnly(2027, 5, 31), article.ReviewBy);
        Assert.Equal("ภาษีป้าย จ่ายปีละครั้ง", article.Section("what")!.Text);
        Assert.Equal("• ไทยล้วน 5 บาท", article.Section("fee")!.Text);
        Assert.Equal(10, article.LineOf("variants") - 1);
    }

    [Theory]
    [InlineData("no front matter", "x", 1, "front matter")]
    [InlineData("slug: sign", "slug: Sign Board", 2, "other characters")]
    [InlineData("lang: th", "lang: de", 3, "not known")]
    [InlineData("title: ภาษีป้าย", "titel: ภาษีป้าย", 1, "'title' is missing")]
    [InlineData("related: [other]", "related: &a [other]", 9, "anchor")]
    [InlineData("related: [other]", "related: *a", 9, "anchor")]
    [InlineData("related: [other]", "related: !!int 3", 9, "tag")]
    [InlineData("related: [other]", "lang: en", 9, "twice")]
    [InlineData("confidence: high", "confidence: [", 0, "YAML")]
    public void A_broken_file_is_left_out_and_its_line_is_told(string right, string wrong, int line, string words)
    {
        Assert.Null(Parse(right == "no front matter" ? "# hello" : Good.Replace(right, wrong)));
        Assert.Contains(_problems, p => p.Level == ProblemLevel.Error && p.Problem.Contains(words) && (line == 0 || p.Line == line));
        Assert.All(_problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Theory]
    [InlineData("2027-05-31", "2570-05-31", 7, "Christian era")]
    [InlineData("2027-05-31", "31/05/2027", 7, "Christian era")]
    [InlineData("confidence: high", "confidence: sure", 8, "taken as low")]
    [InlineData("confidence: high", "source_url: javascript:alert(1)", 8, "not a web address")]
    [InlineData("## fee", "## price", 17, "'price' is not known")]
    [InlineData("## fee", "## what", 17, "twice")]
    [InlineData("confidence: high", "autor: me", 8, "'autor' is not known")]
    public void A_bad_part_is_left_out_and_the_rest_read(string right, string wrong, int line, string words)
    {
        Assert.NotNull(Parse(Good.Replace(right, wrong)));
        Assert.Contains(_problems, p => p.Line == line && p.Problem.Contains(words));
    }

    [Theory]
    [InlineData("[คู่มือ](https://info.go.th)", "คู่มือ (https://info.go.th)")]
    [InlineData("[กดที่นี่](javascript:alert(1))", "กดที่นี่)")]
    [InlineData("![ภาพ](https://x/y.png) ข้อความ", "ภาพ ข้อความ")]
    [InlineData("1. หนึ่ง\n* สอง", "1. หนึ่ง\n• สอง")]
    [InlineData("ก\n\n\n\nข", "ก\n\nข")]
    [InlineData("<b>x</b> `code`", "<b>x</b> code")]
    public void Markdown_becomes_plain_words(string markdown, string plain) => Assert.Equal(plain, MarkdownText.ToPlain(markdown));

    private Article? Parse(string text) => new ArticleParser("sign.th.md", _problems).Parse(text);
}
