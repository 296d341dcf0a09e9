using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>How one article fits a question; each score is a share of what the question asks, usually 0 to 1.</summary>
internal readonly record struct Hit(int Article, float Score, float Words, float Grams, float Skeleton);

/// <summary>What the index says of a question.</summary>
/// <param name="Hits">Best first.</param>
/// <param name="WordsSeen">The share of the question's words, by rarity, that any article holds.</param>
/// <param name="GramsSeen">The same of its character runs.</param>
/// <param name="Highest">The highest score any article has in each channel, and of all three; its article means nothing.</param>
internal sealed record Findings(IReadOnlyList<Hit> Hits, float WordsSeen, float GramsSeen, Hit Highest);

/// <summary>All articles, findable by words, character runs and skeleton runs. Immutable; built whole, swapped whole.</summary>
internal sealed class ArticleIndex
{
    private readonly SearchTuning _tuning;
    private readonly Channel _words;
    private readonly Channel _grams;
    private readonly Channel _skeleton;

    [ThreadStatic]
    private static float[]? t_scores;

    private ArticleIndex(int count, SearchTuning tuning, Channel words, Channel grams, Channel skeleton) =>
        (Count, _tuning, _words, _grams, _skeleton) = (count, tuning, words, grams, skeleton);

    /// <summary>How many articles.</summary>
    public int Count { get; }

    public long Bytes => _words.Bytes + _grams.Bytes + _skeleton.Bytes;

    public static ArticleIndex Build(IEnumerable<AnalysedArticle> articles, SearchTuning? tuning = null)
    {
        tuning ??= new SearchTuning();
        var (words, grams, skeleton) = (new ChannelBuilder(tuning, false), new ChannelBuilder(tuning, true), new ChannelBuilder(tuning, true));
        var count = 0;
        foreach (var a in articles)
        {
            words.Add(a.Variants.Select(v => v.Words), a.Title.Words, a.Body.Words);
            grams.Add(a.Variants.Select(v => v.Grams), a.Title.Grams, a.Body.Grams);
            skeleton.Add(a.Variants.Select(v => v.Skeleton), a.Title.Skeleton, a.Body.Skeleton);
            count++;
        }

        return new ArticleIndex(count, tuning, words.Build(), grams.Build(), skeleton.Build());
    }

    public Findings Find(AnalysedText question, int most)
    {
        if (Count == 0)
            return new Findings([], 0, 0, default);
        if (t_scores is null || t_scores.Length < 3 * Count)
            t_scores = new float[3 * Count];
        var all = t_scores.AsSpan(0, 3 * Count);
        all.Clear();
        var w = all[..Count];
        var g = all[Count..(2 * Count)];
        var s = all[(2 * Count)..];
        var wordsSeen = _words.Score(Distinct(question.Words), w);
        var gramsSeen = _grams.Score(Distinct(question.Grams), g);
        _skeleton.Score(Distinct(question.Skeleton), s);
        var highest = new Hit(0, 0, Highest(w), Highest(g), Highest(s));
        return new Findings(Best(w, g, s, most), wordsSeen, gramsSeen, highest);
    }

    /// <summary>How much of a text reads like the articles, 0 to 1: what tells a forgotten keyboard switch.</summary>
    public double Familiarity(AnalysedText text) => _grams.Familiarity(text.Grams);

    /// <summary>How telling a word is.</summary>
    public float RarityOf(ulong word) => _words.RarityOf(word);

    /// <summary>How telling a skeleton run is.</summary>
    public float RarityOfRun(ulong run) => _skeleton.RarityOf(run);

    /// <summary>True if the article holds the word in any field.</summary>
    public bool Holds(ulong word, int article) => _words.Holds(word, article);

    /// <summary>True if the article holds the skeleton run.</summary>
    public bool HoldsRun(ulong run, int article) => _skeleton.Holds(run, article);

    private List<Hit> Best(ReadOnlySpan<float> w, ReadOnlySpan<float> g, ReadOnlySpan<float> s, int most)
    {
        var best = new PriorityQueue<int, float>(most + 1);
        var floor = 0f;
        for (var a = 0; a < w.Length; a++)
        {
            var score = Fused(w[a], g[a], s[a]);
            if (score <= floor)
                continue;
            best.Enqueue(a, score);
            if (best.Count <= most)
                continue;
            best.Dequeue();
            best.TryPeek(out _, out floor);
        }

        var hits = new List<Hit>(best.Count);
        while (best.TryDequeue(out var a, out var score))
            hits.Add(new Hit(a, score, w[a], g[a], s[a]));
        hits.Reverse();
        return hits;
    }

    private static float Highest(ReadOnlySpan<float> scores)
    {
        var highest = 0f;
        foreach (var score in scores)
            highest = Math.Max(highest, score);
        return highest;
    }

    private float Fused(float words, float grams, float skeleton) =>
        (_tuning.Words * words) + (_tuning.Grams * grams) + (_tuning.Skeleton * skeleton);

    private static ReadOnlySpan<ulong> Distinct(ulong[] keys)
    {
        var sorted = (ulong[])keys.Clone();
        Array.Sort(sorted);
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                sorted[count++] = sorted[i];
        }

        return sorted.AsSpan(0, count);
    }
}
