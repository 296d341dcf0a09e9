using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>One article that may answer, and why it is thought so.</summary>
/// <param name="Article">Its place in the index.</param>
/// <param name="Score">What the order follows: the fused score, mixed with the classifier's where that knows the article.</param>
/// <param name="Hit">The index's own scores.</param>
/// <param name="Probability">The classifier's, among the candidates; 0 where it does not know the article.</param>
internal readonly record struct Candidate(int Article, float Score, Hit Hit, float Probability);

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
        var found = Index.Find(question, most);
        if (Classifier is null || found.Hits.Count == 0)
            return new SearchResult([.. found.Hits.Select(h => new Candidate(h.Article, h.Score, h, 0))], found);
        var probabilities = Classifier.Probabilities(question, found.Hits.Select(h => h.Article).ToArray());
        var unknown = ScaleOfUnknown(found.Hits, probabilities);
        var mixed = found.Hits.Select((h, i) => new Candidate(h.Article, Classifier.Knows(h.Article) ? Mix(h, probabilities[i]) : h.Score * unknown, h, probabilities[i]));
        return new SearchResult([.. mixed.OrderByDescending(c => c.Score).ThenBy(c => c.Article)], found);
    }

    /// <summary>
    /// The classifier says nothing of an article that it was not taught, for or against. Where it lowers even the best of those it was taught, since
    /// probabilities are spread thin over many, such a one is lowered as much: it does not come first for being unknown.
    /// </summary>
    private float ScaleOfUnknown(IReadOnlyList<Hit> hits, float[] probabilities)
    {
        var (best, scale) = (0f, 1f);
        for (var i = 0; i < hits.Count; i++)
        {
            if (!Classifier!.Knows(hits[i].Article) || Mix(hits[i], probabilities[i]) is var mixed && mixed <= best)
                continue;
            (best, scale) = (mixed, Math.Min(1, mixed / hits[i].Score));
        }

        return scale;
    }

    private float Mix(Hit hit, float probability) => hit.Score + (_tuning.Classifier * (probability - hit.Score));
}
