using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>One article that may answer, and why it is thought so.</summary>
/// <param name="Article">Its place in the index.</param>
/// <param name="Score">What the order follows: what was found, mixed with the classifier's where that knows the article.</param>
/// <param name="Found">The fused score, raised where one variant says most of the question alone.</param>
/// <param name="Hit">The index's own scores.</param>
/// <param name="Probability">The classifier's, among the candidates; 0 where it does not know the article.</param>
internal readonly record struct Candidate(int Article, float Score, float Found, Hit Hit, float Probability);

/// <summary>What a search found.</summary>
/// <param name="Candidates">Best first.</param>
/// <param name="Index">The index's own findings, in its own order.</param>
internal sealed record SearchResult(IReadOnlyList<Candidate> Candidates, Findings Index);

/// <summary>The index and the classifier as one.</summary>
internal sealed class ArticleSearch
{
    private readonly SearchTuning _tuning;

    private readonly Passages _passages;

    private ArticleSearch(ArticleIndex index, ArticleClassifier? classifier, Passages passages, SearchTuning tuning) =>
        (Index, Classifier, _passages, _tuning) = (index, classifier, passages, tuning);

    public ArticleIndex Index { get; }

    public ArticleClassifier? Classifier { get; }

    public static ArticleSearch Build(IReadOnlyList<AnalysedArticle> articles, SearchTuning? tuning = null, TaughtFile? taught = null)
    {
        tuning ??= new SearchTuning();
        var large = BuildLarge(articles, tuning);
        return new ArticleSearch(large.Index, articles.Count <= tuning.ClassifyUpTo ? ArticleClassifier.Train(articles, large.Index, tuning, taught ?? TaughtFile.None) : null, large._passages, tuning);
    }

    /// <summary>Without a classifier, from articles that need not all be in memory at once.</summary>
    public static ArticleSearch BuildLarge(IEnumerable<AnalysedArticle> articles, SearchTuning tuning)
    {
        var bodies = new Passages();
        var index = ArticleIndex.Build(articles.Select(bodies.Add), tuning);
        return new ArticleSearch(index, null, bodies, tuning);
    }

    /// <returns>For each of <paramref name="articles"/> the share of the question, by rarity, that stands in one place of its body.</returns>
    public float[] Together(AnalysedText question, IEnumerable<int> articles) => _passages.Together(question, articles, Index);

    public SearchResult Find(AnalysedText question, int most = 24)
    {
        var index = Index.Find(question, most);
        var found = Reread(question, index.Hits);
        if (Classifier is null || found.Length == 0)
            return new SearchResult(InOrder(index.Hits.Select((h, i) => new Candidate(h.Article, found[i], found[i], h, 0))), index);
        var probabilities = Classifier.Probabilities(question, index.Hits.Select(h => h.Article).ToArray());
        var candidates = index.Hits.Select((h, i) => new Candidate(h.Article, Mix(found[i], probabilities[i]), found[i], h, probabilities[i])).ToArray();
        var unknown = ScaleOfUnknown(candidates);
        return new SearchResult(InOrder(candidates.Select(c => Classifier.Knows(c.Article) ? c : c with { Score = c.Found * unknown })), index);
    }

    private static Candidate[] InOrder(IEnumerable<Candidate> candidates) => [.. candidates.OrderByDescending(c => c.Score).ThenBy(c => c.Article)];

    /// <summary>
    /// What is asked in the words of one variant is meant by it: the more so, the more of it stands there. The index alone knows only what all of an article's
    /// variants say between them, so that many who say half of it could win over the one who says it all.
    /// </summary>
    private float[] Reread(AnalysedText question, IReadOnlyList<Hit> hits)
    {
        var alone = _passages.InOneVariant(question, hits.Select(h => h.Article), Index);
        return [.. hits.Select((h, i) => h.Score + (Beyond(alone[i]) * Math.Max(0, 1 - h.Score)))];
    }

    /// <returns>How far a share is on its way from where it begins to count to all.</returns>
    private float Beyond(float share) => Math.Max(0, (share - _tuning.OneVariantFrom) / (1 - _tuning.OneVariantFrom));

    /// <summary>
    /// The classifier says nothing of an article that it was not taught, for or against. Where it lowers even the best of those it was taught, since
    /// probabilities are spread thin over many, such a one is lowered as much: it does not come first for being unknown.
    /// </summary>
    private float ScaleOfUnknown(Candidate[] candidates)
    {
        var (best, scale) = (0f, 1f);
        foreach (var c in candidates)
        {
            if (Classifier!.Knows(c.Article) && c.Score > best)
                (best, scale) = (c.Score, Math.Min(1, c.Score / c.Found));
        }

        return scale;
    }

    private float Mix(float found, float probability) => found + (_tuning.Classifier * (probability - found));
}
