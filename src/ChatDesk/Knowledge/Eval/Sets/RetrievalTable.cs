using System.Globalization;
using ChatDesk.Knowledge.Search;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>Where the right article stands in the order: first, among five, and the mean of 1/place within ten.</summary>
internal readonly record struct Ranking(int Questions, double First, double Five, double Reciprocal)
{
    public static Ranking Of(ArticleSearch search, IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions)
    {
        var (n, first, five, reciprocal) = (0, 0, 0, 0.0);
        foreach (var question in questions)
        {
            var found = search.Find(question.Text).Candidates;
            var place = found.TakeWhile(c => !question.Relevant.Contains(articles[c.Article].Id)).Count() + 1;
            n++;
            if (place > found.Count)
                continue;
            first += place == 1 ? 1 : 0;
            five += place <= 5 ? 1 : 0;
            reciprocal += place <= 10 ? 1.0 / place : 0;
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

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine("retrieval, question hidden      articles  questions  R@1/R@5/MRR@10       prototype, other half");
        foreach (var (set, there) in new[] { ("xquad", ".963/.996/.979"), ("iapp", "-"), ("thaigov", ".957/.983/.969") })
        {
            var articles = files.Articles(set);
            var ranking = Ranking.Of(ArticleSearch.Build(articles), articles, files.Questions(set));
            output.WriteLine($"{set,-30} {articles.Count,9} {ranking.Questions,10}  {ranking,-19}  {there}");
            if (set == "iapp")
                InParts(articles, files.Questions(set), output);
        }
    }

    private static void InParts(IReadOnlyList<AnalysedArticle> articles, IReadOnlyList<SetQuestion> questions, TextWriter output)
    {
        var parts = articles.Chunk(SizeOfIappHoldout).Select(part =>
        {
            var ids = part.Select(a => a.Id).ToHashSet();
            return Ranking.Of(ArticleSearch.Build(part), part, questions.Where(q => q.Relevant.Overlaps(ids)));
        }).Where(r => r.Questions > 0).ToArray();
        var n = parts.Sum(p => p.Questions);
        var mean = new Ranking(n, parts.Sum(p => p.First * p.Questions) / n, parts.Sum(p => p.Five * p.Questions) / n, parts.Sum(p => p.Reciprocal * p.Questions) / n);
        output.WriteLine($"{"iapp, in parts of 192",-30} {SizeOfIappHoldout,9} {n,10}  {mean,-19}  .984/.997/.989");
    }
}
