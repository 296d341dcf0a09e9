using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Knowing;

/// <summary>What a search result says about whether its first candidate is right, as numbers for <see cref="LogisticModel"/>.</summary>
internal static class Evidence
{
    public const int Count = 20;

    /// <returns><see cref="Count"/> numbers, each about 0 to 1; all zero when nothing was found.</returns>
    public static double[] Of(AnalysedText question, SearchResult result, ArticleSearch search, IReadOnlyList<AnalysedArticle> articles)
    {
        if (result.Candidates.Count == 0)
            return new double[Count];
        var top = result.Candidates[0];
        var second = result.Candidates.Count > 1 ? result.Candidates[1] : default;
        var (covered, missing) = Coverage(question, top.Article, search.Index);
        var (held, longest) = Runs(question, top.Article, search.Index);
        return
        [
            top.Hit.Score,
            top.Hit.Words,
            top.Hit.Grams,
            top.Hit.Skeleton,
            top.Probability,
            top.Score - second.Score,
            second.Score / Math.Max(top.Score, 1e-6),
            result.Index.Hits[0].Article == top.Article ? 1 : 0,
            result.Index.WordsSeen,
            result.Index.GramsSeen,
            NearestVariant(question, articles[top.Article]),
            Math.Log(1 + question.Words.Length) / 3,
            covered,
            missing,
            held,
            longest,
            top.Hit.Score - result.Index.Hits.Where(h => h.Article != top.Article).Take(9).Select(h => h.Score).DefaultIfEmpty(0).Average(),
            top.Hit.Words / Math.Max(result.Index.Highest.Words, 1e-6),
            top.Hit.Grams / Math.Max(result.Index.Highest.Grams, 1e-6),
            top.Hit.Skeleton / Math.Max(result.Index.Highest.Skeleton, 1e-6),
        ];
    }

    /// <summary>How much of the question's words, by rarity, the article holds; and the rarest that it lacks, as a share of the rarest there can be.</summary>
    private static (double Covered, double Missing) Coverage(AnalysedText question, int article, ArticleIndex index)
    {
        var (all, held, missing) = (0.0, 0.0, 0.0);
        foreach (var word in question.Words.Distinct())
        {
            var rarity = index.RarityOf(word);
            all += rarity;
            if (index.Holds(word, article))
                held += rarity;
            else
                missing = Math.Max(missing, rarity);
        }

        return (all > 0 ? held / all : 0, missing / index.RarityOf(ulong.MaxValue));
    }

    /// <summary>The share of the question's skeleton runs that the article holds, and of the longest stretch of them without a gap.</summary>
    private static (double Held, double Longest) Runs(AnalysedText question, int article, ArticleIndex index)
    {
        var (held, stretch, longest) = (0, 0, 0);
        foreach (var run in question.Skeleton)
        {
            var holds = index.HoldsRun(run, article);
            held += holds ? 1 : 0;
            stretch = holds ? stretch + 1 : 0;
            longest = Math.Max(longest, stretch);
        }

        var all = Math.Max(1.0, question.Skeleton.Length);
        return (held / all, longest / all);
    }

    /// <summary>How like the question the article's nearest variant is: shared skeleton runs over all (Dice), 0 to 1.</summary>
    private static double NearestVariant(AnalysedText question, AnalysedArticle article)
    {
        var asked = question.Skeleton.ToHashSet();
        var best = 0.0;
        foreach (var variant in article.Variants)
        {
            var shared = variant.Skeleton.Count(asked.Contains);
            best = Math.Max(best, 2.0 * shared / Math.Max(1, variant.Skeleton.Length + asked.Count));
        }

        return Math.Min(best, 1);
    }
}
