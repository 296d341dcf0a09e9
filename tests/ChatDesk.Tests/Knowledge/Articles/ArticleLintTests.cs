using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Articles;

namespace ChatDesk.Tests.Knowledge.Articles;

public sealed class ArticleLintTests
{
    private static readonly DateOnly s_today = new(2026, 11, 22);

    [Fact]
    public void An_article_with_everything_raises_nothing() => Assert.Empty(Lint(Good("th"), Good("en")));

    [Fact]
    public void Everything_an_article_lacks_is_said()
    {
        var weak = Good("th") with
        {
            Source = null,
            EffectiveFrom = null,
            ReviewBy = s_today.AddDays(-1),
            Checked = null,
            Variants = ["เดียว"],
            Related = ["ghost"],
            Dialog = "no_such",
            Sections = [new ArticleSection("fee", new string('ก', ArticleLint.LongestSection + 1), 20)],
        };
        var said = string.Join('\n', Lint(weak));
        foreach (var words in new[] { "No source", "from when", "last compared", "looked at again by 2026-11-21", "1 ways of asking", "'ghost'", "'no_such'", "too long", "not exist in 'en'", "no section 'what'" })
            Assert.Contains(words, said);
    }

    [Fact]
    public void The_last_day_of_review_is_still_good() => Assert.False((Good("th") with { ReviewBy = s_today }).IsPastReview(s_today));

    [Fact]
    public void A_question_listed_by_two_articles_is_told_however_it_is_written()
    {
        var other = Good("en") with { Variants = ["ป้าย เสียภาษีไหม??", "b", "c", "d", "e"], File = "other.en.md" };
        Assert.Contains(Lint(Good("th") with { Variants = ["ป้าย  เสียภาษีไหม", "2", "3", "4", "5"] }, other), p => p.File == "other.en.md" && p.Problem.Contains("also in"));
    }

    [Fact]
    public void A_folder_is_read_without_its_underscore_folders_and_a_double_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "_lists"));
            const string text = "---\nslug: a\nlang: th\ntitle: ก\n---\n## what\nข";
            foreach (var file in new[] { "a.th.md", "b.th.md", "_lists/c.th.md" })
                File.WriteAllText(Path.Combine(folder, file), text);
            var problems = new List<KnowledgeProblem>();
            Assert.Equal("a.th.md", Assert.Single(ArticleFolder.Read(folder, problems)).File);
            Assert.Contains(problems, p => p.File == "b.th.md" && p.Level == ProblemLevel.Error && p.Problem.Contains("already in a.th.md"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static List<KnowledgeProblem> Lint(params Article[] articles)
    {
        var problems = new List<KnowledgeProblem>();
        ArticleLint.Check(articles, s_today, new HashSet<string> { "permit_finder" }, problems);
        return problems;
    }

    private static Article Good(string language) => new()
    {
        File = $"sign.{language}.md",
        Slug = "sign",
        Language = language,
        Title = "t",
        Source = "s",
        Dialog = "permit_finder",
        EffectiveFrom = new DateOnly(2021, 1, 1),
        ReviewBy = new DateOnly(2027, 5, 31),
        Checked = new DateOnly(2026, 11, 1),
        Related = ["sign"],
        Variants = [.. Enumerable.Range(1, 5).Select(i => $"{language} {i}")],
        Sections = [new ArticleSection("what", "w", 9)],
    };
}
