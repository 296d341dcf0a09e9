using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Knowing;

/// <summary>What a search result says about whether its first candidate is right, as numbers for <see cref="LogisticModel"/>.</summary>
internal static class Evidence
{
    public const int Count = 24;

    private const int WordsHeld = 12;
    private const int RarestMissing = 13;

    /// <summary>Candidates read passage by passage: the first and those that may be meant instead.</summary>
    private const int MostCompared = 6;

    /// <returns><see cref="Count"/> numbers, each about 0 to 1; all zero when nothing was found.</returns>
    public static double[] Of(AnalysedText question, SearchResult result, ArticleSearch search, IReadOnlyList<AnalysedArticle> articles)
    {
        if (result.Candidates.Count == 0)
            return new double[Count];
        var top = result.Candidates[0];
        var second = result.Candidates.Count > 1 ? result.Candidates[1] : default;
        var words = Coverage(question, top.Article, search.Index);
        var together = search.Together(question, result.Candidates.Take(MostCompared).Select(c => c.Article));
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
            words.Held,
            words.Missing,
            held,
            longest,
            top.Hit.Score - result.Index.Hits.Where(h => h.Article != top.Article).Take(9).Select(h => h.Score).DefaultIfEmpty(0).Average(),
            top.Hit.Words / Math.Max(result.Index.Highest.Words, 1e-6),
            top.Hit.Grams / Math.Max(result.Index.Highest.Grams, 1e-6),
            top.Hit.Skeleton / Math.Max(result.Index.Highest.Skeleton, 1e-6),
            together[0],
            together.Skip(1).DefaultIfEmpty(0).Max(),
            words.NextMissing,
            words.Numbers,
        ];
    }

    /// <summary>
    /// Whether a question may ask something else in a familiar frame ("ขายปลาได้ไหมตอนนี้", where "ขายเหล้าได้ไหมตอนนี้" is known): it says a word that stands in no article
    /// at all, and the candidate holds less than half of the others' weight with it. Misspelt it may be, so that is no reason to refuse, only to be surer.
    /// </summary>
    /// <param name="evidence">From <see cref="Of"/>.</param>
    public static bool IsStrange(double[] evidence) => evidence[RarestMissing] >= 1 && evidence[WordsHeld] < .5;

    /// <summary>
    /// Which of the question's words the article holds, without those that only ask ("ใคร", "how"): no article says them, so they
    /// would pass for what it lacks. The number that somebody names ("ครั้งที่ 33") tells one thing from its brothers.
    /// </summary>
    /// <returns>
    /// The share held, by rarity; the two rarest that are lacking, as shares of the rarest there can be; and 1 when the article lacks
    /// a number, -1 when it holds all that were named.
    /// </returns>
    private static (double Held, double Missing, double NextMissing, double Numbers) Coverage(AnalysedText question, int article, ArticleIndex index)
    {
        var (all, held, missing, next, numbers, lacking) = (0.0, 0.0, 0.0, 0.0, 0, 0);
        foreach (var i in Enumerable.Range(0, question.Words.Length).DistinctBy(i => question.Words[i]))
        {
            if (AskingWords.Contains(question.Tokens[i]))
                continue;
            var (rarity, holds) = (index.RarityOf(question.Words[i]), index.Holds(question.Words[i], article));
            all += rarity;
            if (holds)
                held += rarity;
            else
                (missing, next) = rarity > missing ? (rarity, missing) : (missing, Math.Max(next, rarity));
            if (char.IsAsciiDigit(question.Tokens[i][0]))
                (numbers, lacking) = (numbers + 1, lacking + (holds ? 0 : 1));
        }

        var rarest = index.RarityOf(ulong.MaxValue);
        return (all > 0 ? held / all : 0, missing / rarest, next / rarest, numbers == 0 ? 0 : lacking > 0 ? 1 : -1);
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
