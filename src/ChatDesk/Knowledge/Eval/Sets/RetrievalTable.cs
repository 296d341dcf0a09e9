using System.Globalization;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>Where the right article stands in the order: first, among five, and the mean of 1/place within ten.</summary>
internal readonly record struct Ranking(int Questions, double First, double Five, double Reciprocal)
{
    public static Ranking Of(ArticleSearch search, IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions) =>
        Of(question => search.Find(question).Candidates.Select(c => c.Article), articles, questions);

    public static Ranking Of(PlainFused search, IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions) => Of(search.Find, articles, questions);

    /// <summary>All of them as one, each counted by its questions.</summary>
    public static Ranking Together(IReadOnlyCollection<Ranking> parts)
    {
        var n = parts.Sum(p => p.Questions);
        return new Ranking(n, parts.Sum(p => p.First * p.Questions) / n, parts.Sum(p => p.Five * p.Questions) / n, parts.Sum(p => p.Reciprocal * p.Questions) / n);
    }

    private static Ranking Of(Func<AnalysedText, IEnumerable<int>> find, IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions)
    {
        var (n, first, five, reciprocal) = (0, 0, 0, 0.0);
        foreach (var question in questions)
        {
            n++;
            var place = find(question.Text).Take(10).TakeWhile(a => !question.Relevant.Contains(articles[a].Id)).Count() + 1;
            if (place > Math.Min(10, articles.Count))
                continue;
            first += place == 1 ? 1 : 0;
            five += place <= 5 ? 1 : 0;
            reciprocal += 1.0 / place;
        }

        return new Ranking(n, first / (double)n, five / (double)n, reciprocal / n);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First:F3}/{Five:F3}/{Reciprocal:F3}");
}

/// <summary>Articles found by a question that is not in them.</summary>
internal static class RetrievalTable
{
    // The prototype's holdout had 192 iapp articles; the development half has nine times as many.
    private const int SizeOfIappHoldout = 192;

    private static readonly double[] s_shares = [.4, .4, .2];

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine("retrieval, question hidden: R@1/R@5/MRR@10, here beside the prototype's fused row (.4/.4/.2), rebuilt on the same questions and as printed for the other half");
        output.WriteLine("                       articles  questions  here                 fused, same half     within a point  printed              within a point");
        foreach (var (set, size, printed) in new[] { ("xquad", 0, (.963, ".963/.996/.979")), ("iapp", SizeOfIappHoldout, (.984, ".984/.997/.989")), ("iapp", 0, default), ("thaigov", 0, (.957, ".957/.983/.969")) })
        {
            var articles = files.Articles(set);
            var parts = size == 0 ? [articles] : articles.Chunk(size).ToArray<IReadOnlyList<AnalysedArticle>>();
            var questions = files.Questions(set);
            var here = Ranking.Together(Each(parts, questions, (part, asked) => Ranking.Of(ArticleSearch.Build(part), part, asked)));
            var fused = Ranking.Together(Each(parts, questions, (part, asked) => Ranking.Of(new PlainFused(part, s_shares), part, asked)));
            var name = size == 0 ? set : $"{set}, in parts of {size}";
            output.WriteLine($"{name,-22} {parts[0].Count,8} {here.Questions,10}  {here,-19}  {fused,-19}  {Beside.Point(here.First, fused.First),14}  {printed.Item2 ?? "-",-19}  {(printed.Item2 is null ? "-" : Beside.Point(here.First, printed.Item1)),14}");
        }
    }

    private static Ranking[] Each(IEnumerable<IReadOnlyList<AnalysedArticle>> parts, IReadOnlyList<SetQuestion> questions, Func<IReadOnlyList<AnalysedArticle>, SetQuestion[], Ranking> rank) =>
        [.. parts.Select(part => (part, Asked: About(part, questions))).Where(p => p.Asked.Length > 0).Select(p => rank(p.part, p.Asked))];

    private static SetQuestion[] About(IReadOnlyList<AnalysedArticle> articles, IReadOnlyList<SetQuestion> questions)
    {
        var ids = articles.Select(a => a.Id).ToHashSet();
        return [.. questions.Where(q => q.Relevant.Overlaps(ids))];
    }
}
