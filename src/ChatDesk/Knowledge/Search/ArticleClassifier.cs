using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>
/// A linear model over articles, taught by their variants: it learns which words tell two similar articles apart,
/// which counting cannot. Weights of (article, feature) share one hashed table, and an example is set only against the
/// articles the index confuses it with, so cost follows the variants, not articles times words.
/// </summary>
internal sealed class ArticleClassifier
{
    private const int Rounds = 6;
    private const int Rivals = 48;
    private const float FirstStep = 2f;
    // Two, before the root is taken: a word tells more than a run of it.
    private const float WordWeight = 4f;
    private const int FewestBits = 16;
    private const int MostBits = 23;

    private readonly float[] _weights;
    private readonly bool[] _taught;
    private readonly ArticleIndex _index;

    private ArticleClassifier(float[] weights, bool[] taught, ArticleIndex index) => (_weights, _taught, _index) = (weights, taught, index);

    /// <summary>True if the article had enough variants to be learnt.</summary>
    public bool Knows(int article) => _taught[article];

    /// <returns>Null when no article has enough variants. The same articles always give the same model.</returns>
    public static ArticleClassifier? Train(IReadOnlyList<AnalysedArticle> articles, ArticleIndex index, SearchTuning tuning, TaughtFile taughtBefore)
    {
        var taught = articles.Select(a => a.Variants.Count >= tuning.VariantsToClassify).ToArray();
        if (!taught.Contains(true))
            return null;
        return new ArticleClassifier(taughtBefore.Get("articles", () => Learn(articles, taught, index)), taught, index);
    }

    private static float[] Learn(IReadOnlyList<AnalysedArticle> articles, bool[] taught, ArticleIndex index)
    {
        var lessons = Lessons(articles, taught, index);
        var cells = lessons.Sum(l => (long)l.Features.Length * Math.Min(l.Rivals.Length, 8));
        var bits = Math.Clamp((int)Math.Ceiling(Math.Log2(cells + 1)), FewestBits, MostBits);
        var model = new ArticleClassifier(new float[1 << bits], taught, index);
        var order = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            order.Shuffle(lessons);
            foreach (var lesson in lessons)
                model.Learn(lesson, FirstStep / (1 + (.5f * round)));
        }

        return model._weights;
    }

    /// <returns>For each of <paramref name="candidates"/> the probability that the question is for it, among them; 0 for one not learnt.</returns>
    public float[] Probabilities(AnalysedText question, ReadOnlySpan<int> candidates)
    {
        var scores = Scores(Features(question, _index), candidates);
        for (var c = 0; c < scores.Length; c++)
            scores[c] = _taught[candidates[c]] ? scores[c] : float.NegativeInfinity;
        Softmax(scores);
        return scores;
    }

    private static Lesson[] Lessons(IReadOnlyList<AnalysedArticle> articles, bool[] taught, ArticleIndex index)
    {
        var lessons = new List<Lesson>();
        for (var a = 0; a < articles.Count; a++)
        {
            if (!taught[a])
                continue;
            foreach (var variant in articles[a].Variants)
            {
                var rivals = index.Find(variant, Rivals).Hits.Select(h => h.Article).Where(r => r != a && taught[r]);
                lessons.Add(new Lesson([a, .. rivals], Features(variant, index)));
            }
        }

        return [.. lessons];
    }

    private void Learn(Lesson lesson, float step)
    {
        var probabilities = Scores(lesson.Features, lesson.Rivals);
        Softmax(probabilities);
        for (var c = 0; c < lesson.Rivals.Length; c++)
        {
            var error = (c == 0 ? 1 : 0) - probabilities[c];
            if (MathF.Abs(error) < .002f)
                continue;
            foreach (var (key, value) in lesson.Features)
                _weights[Cell(key, lesson.Rivals[c])] += step * error * value;
        }
    }

    private float[] Scores((uint Key, float Value)[] features, ReadOnlySpan<int> articles)
    {
        var scores = new float[articles.Length];
        for (var c = 0; c < articles.Length; c++)
        {
            var sum = 0f;
            foreach (var (key, value) in features)
                sum += _weights[Cell(key, articles[c])] * value;
            scores[c] = sum;
        }

        return scores;
    }

    private int Cell(uint feature, int article)
    {
        var h = (feature ^ ((uint)article * 0x9E3779B1u)) * 0x85EBCA6Bu;
        return (int)((h ^ (h >> 15)) & (uint)(_weights.Length - 1));
    }

    // Words, neighbouring pairs of words, and runs of the skeleton, each by the root of its rarity (more than that and
    // names drown the rest); of length 1 together, so long questions do not shout.
    private static (uint Key, float Value)[] Features(AnalysedText text, ArticleIndex index)
    {
        var values = new Dictionary<uint, float>();
        void Add(ulong key, uint kind, float rarity) =>
            values[(uint)((key * 0x9E3779B97F4A7C15UL) >> 32) ^ kind] = MathF.Sqrt(rarity);
        var rarities = text.Words.Select(index.RarityOf).ToArray();
        for (var i = 0; i < text.Words.Length; i++)
        {
            Add(text.Words[i], 0x1111u, WordWeight * rarities[i]);
            if (i > 0)
                Add((text.Words[i - 1] * 31) ^ text.Words[i], 0x2222u, MathF.Max(rarities[i - 1], rarities[i]));
        }

        foreach (var run in text.Skeleton)
            Add(run, 0x3333u, index.RarityOfRun(run));
        var length = MathF.Sqrt(values.Values.Sum(v => v * v));
        return [.. values.Select(v => (v.Key, v.Value / length))];
    }

    private static void Softmax(float[] scores)
    {
        var highest = scores.Max();
        if (float.IsNegativeInfinity(highest))
        {
            Array.Clear(scores);
            return;
        }

        var sum = 0f;
        for (var c = 0; c < scores.Length; c++)
            sum += scores[c] = MathF.Exp(scores[c] - highest);
        for (var c = 0; c < scores.Length; c++)
            scores[c] /= sum;
    }

    /// <summary>One variant, with the articles it is set against; its own comes first.</summary>
    private sealed record Lesson(int[] Rivals, (uint Key, float Value)[] Features);
}
