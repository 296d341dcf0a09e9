using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;
using CsCheck;

namespace ChatDesk.Tests.Knowledge.Search;

public sealed class ArticleSearchTests
{
    private static readonly TextAnalyzer s_analyzer = new(SearchWords.None);

    private static readonly ArticleSearch s_search = Build(
        new("food", ["เปิดร้านอาหารต้องขอใบอนุญาตอะไร", "ร้านกาแฟเล็กต้องแจ้งไหม", "restaurant licence"], "ร้านอาหาร", "แจ้งเขตหรือเทศบาลก่อนเปิด"),
        new("sign", ["ป้ายหน้าร้านเสียภาษีเท่าไหร่", "ยื่นภาษีป้ายเมื่อไหร่", "signboard tax"], "ภาษีป้าย", "ยื่นแบบในเดือนมีนาคม"),
        new("hotel", ["เปิดโรงแรมต้องขออะไร", "ที่พักห้าห้องต้องแจ้งไหม", "hotel licence"], "โรงแรม", "นายทะเบียนโรงแรม"));

    [Theory]
    [InlineData("ภาษีป้าย", 1)]
    [InlineData("ภาสีปายหนาราน", 1)] // misspelt, no tone marks
    [InlineData("โรงเเรม", 2)]
    [InlineData("เดือนมีนาคม", 1)] // only in the body
    [InlineData("restaurant licences", 0)]
    public void The_right_article_comes_first(string question, int article) => Assert.Equal(article, First(question));

    [Fact]
    public void The_exact_question_covers_itself_and_a_foreign_one_does_not()
    {
        Assert.True(Find("ยื่นภาษีป้ายเมื่อไหร่").Index.Hits[0].Score > .6);
        Assert.True(Find("นกเพนกวินว่ายน้ำเก่ง").Candidates is [] or [{ Hit.Score: < .2f }, ..]);
    }

    /// <summary>What an editor lists is found when it is asked, whatever the other variants of its article and of its neighbours say between them.</summary>
    [Fact]
    public void A_listed_question_finds_its_article_though_a_neighbour_says_its_words_more_often()
    {
        string[] busy = ["ต่อใบอนุญาตร้านอาหารที่ไหน", "ใบอนุญาตร้านอาหารต่อยังไง", "ร้านอาหารต่อใบอนุญาตเมื่อไหร่", "ต่ออายุใบอนุญาตร้านอาหาร"];
        // One that says a thing once among much else.
        string[] wide = ["ต่อใบอนุญาตร้านนวด", "ร้านนวดเปิดได้ถึงกี่โมง", "หมอนวดต้องสอบไหม", "นวดในโรงแรมต้องแจ้งใคร", "ป้ายร้านนวดเสียภาษีไหม", "ร้านนวดจ้างคนต่างชาติได้ไหม"];
        var plain = new SearchTuning { OneVariantFrom = 1, VariantsToClassify = int.MaxValue };
        AnalysedArticle[] articles = [.. new IndexedText[] { new("busy", busy, "", ""), new("wide", wide, "", "") }.Select(t => AnalysedArticle.From(t, s_analyzer))];
        var asked = s_analyzer.Analyse("ต่อใบอนุญาตร้านนวด");

        var (with, without) = (ArticleSearch.Build(articles, plain with { OneVariantFrom = .6f }).Find(asked), ArticleSearch.Build(articles, plain).Find(asked));
        float Lead(SearchResult found) => found.Candidates.Single(c => c.Article == 1).Found - found.Candidates.Single(c => c.Article == 0).Found;
        Assert.True(Lead(with) > Lead(without));
        Assert.Equal(1, with.Candidates[0].Article);
    }

    [Fact]
    public void An_article_without_variants_loses_nothing_by_having_none()
    {
        AnalysedArticle[] articles = [.. new IndexedText[] { new("bare", [], "", "แจ้งเขตก่อนเปิดร้านอาหาร"), new("other", ["ภาษีป้าย"], "", "ยื่นแบบในเดือนมีนาคม") }.Select(t => AnalysedArticle.From(t, s_analyzer))];

        var first = ArticleSearch.Build(articles).Find(s_analyzer.Analyse("ร้านอาหาร")).Candidates[0];
        Assert.Equal((0, first.Hit.Score), (first.Article, first.Found));
    }

    [Fact]
    public void Words_nobody_knows_count_against_the_question()
    {
        var (known, strange) = (Find("ภาษีป้าย"), Find("ภาษีป้าย แอนโดรเมดา กาแล็กซี"));
        Assert.True(strange.Index.Hits[0].Score < known.Index.Hits[0].Score);
        Assert.True(strange.Index.WordsSeen < known.Index.WordsSeen);
    }

    [Fact]
    public void A_classifier_is_taught_only_by_three_variants_or_more()
    {
        Assert.True(s_search.Classifier!.Knows(0));
        Assert.Null(Build(new IndexedText("a", ["หนึ่ง", "สอง"], "", "")).Classifier);
    }

    /// <summary>Of an article with one variant the classifier says nothing, so it must not gain where those it was taught share its probability.</summary>
    [Fact]
    public void One_that_the_classifier_does_not_know_never_passes_the_best_it_knows_for_that()
    {
        var search = Build(
            new("food-new", ["เปิดร้านอาหารต้องขอใบอนุญาตอะไร", "ร้านอาหารใหม่แจ้งที่ไหน", "เริ่มขายอาหารต้องแจ้งไหม"], "", ""),
            new("food-old", ["ร้านอาหารเดิมต่อใบอนุญาตยังไง", "ต่อใบอนุญาตร้านอาหารที่ไหน", "ร้านอาหารใบอนุญาตหมดอายุ"], "", ""),
            new("food-move", ["ย้ายร้านอาหารใช้ใบอนุญาตเดิมได้ไหม", "ร้านอาหารย้ายที่ต้องแจ้งไหม", "ย้ายที่ตั้งร้านอาหาร"], "", ""),
            new("food-loud", ["ร้านอาหารเปิดเพลงต้องขอใบอนุญาตไหม", "ร้านอาหารเสียงดังแจ้งที่ไหน", "ใบอนุญาตเปิดเพลงร้านอาหาร"], "", ""),
            new("food-big", ["ร้านอาหารใหญ่ต้องขอใบอนุญาตที่ไหน", "ร้านอาหารสองร้อยตารางเมตร", "ใบอนุญาตร้านอาหารขนาดใหญ่"], "", ""),
            new("food-truck", ["รถขายอาหารต้องขอใบอนุญาตที่ไหน"], "", ""));
        string[] words = ["ร้านอาหาร", "ใบอนุญาต", "แจ้ง", "ที่ไหน", "รถ", "ขายอาหาร", "จอด", "ย้าย", "ต่อ"];
        // Every question of one to three of these words, so that what is found does not hang on luck.
        var two = words.SelectMany(first => words.Select(second => $"{first} {second}")).ToList();
        var passed = 0;
        foreach (var question in words.Concat(two).Concat(two.SelectMany(pair => words.Select(third => $"{pair} {third}"))))
        {
            var candidates = search.Find(s_analyzer.Analyse(question)).Candidates;
            var known = candidates.Where(c => search.Classifier!.Knows(c.Article)).ToList();
            if (known.Count == 0) continue;
            var best = known[0];
            foreach (var unknown in candidates.Except(known).Where(c => c.Found < best.Found))
            {
                Assert.True(unknown.Score <= best.Score && unknown.Score <= unknown.Found, question);
                if (unknown.Found > best.Score) passed++;
            }
        }

        Assert.True(passed > 0, "no question here would have let it pass");
    }

    [Fact]
    public void Nothing_is_found_in_nothing()
    {
        Assert.Empty(Build().Find(s_analyzer.Analyse("ป้าย")).Candidates);
        Assert.Empty(Find("").Candidates);
        Assert.Empty(Find("!?").Candidates);
    }

    [Fact]
    public void One_knowledge_built_twice_answers_the_same() =>
        Gen.String[Gen.OneOf(Gen.Char['ก', 'ฮ'], Gen.Const(' ')), 1, 30].Sample(question =>
        {
            var hits = Find(question).Candidates;
            return hits.SequenceEqual(Find(question).Candidates) && hits.Zip(hits.Skip(1)).All(p => p.First.Score >= p.Second.Score);
        });

    [Fact]
    public void Common_runs_are_dropped_from_large_indexes_only_and_rare_ones_still_find()
    {
        var many = Enumerable.Range(0, 3000).Select(i => AnalysedArticle.From(new IndexedText($"a{i}", [], "", $"ใบอนุญาต {Name(i)}"), s_analyzer)).ToArray();
        var (cut, whole) = (ArticleIndex.Build(many), ArticleIndex.Build(many, new SearchTuning { CutFrom = int.MaxValue }));
        Assert.True(cut.Bytes < whole.Bytes);
        var question = s_analyzer.Analyse(Name(1234));
        Assert.Equal(1234, cut.Find(question, 5).Hits[0].Article);
        Assert.Equal(1234, whole.Find(question, 5).Hits[0].Article);
    }

    [Fact]
    public void Long_postings_survive_the_packing()
    {
        // A gap of more than 127 articles takes two bytes, one of more than 16,383 three.
        var articles = Enumerable.Range(0, 17_000).Select(i => AnalysedArticle.From(new IndexedText("", [], "", i is 0 or 200 or 16_900 ? "xylophone" : "other"), s_analyzer));
        var found = ArticleIndex.Build(articles).Find(s_analyzer.Analyse("xylophone"), 5).Hits.Select(h => h.Article).Order();
        Assert.Equal([0, 200, 16_900], found);
    }

    // Consonants spelling the number, so that names share few runs.
    private static string Name(int i) => string.Concat(i.ToString("D5", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('ก' + (d - '0') * 3)));

    private static int First(string question) => Find(question).Candidates[0].Article;

    private static SearchResult Find(string question) => s_search.Find(s_analyzer.Analyse(question));

    private static ArticleSearch Build(params IndexedText[] texts) =>
        ArticleSearch.Build([.. texts.Select(t => AnalysedArticle.From(t, s_analyzer))]);
}
