using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>
/// A linear model over articles, taught by their variants: it learns which words tell two similar articles apart,
/// which counting cannot. Weights of (article, feature) share one hashed table, and an example is set only against the
/// articles the index confuses it with, so cost follows the variants, not articles times words. Eight neighbouring articles'
/// weights of one feature lie side by side: the table is larger than the processor's cache, and fetching is what teaching costs.
/// </summary>
internal sealed class ArticleClassifier
{
    private const int Rounds = 6;
    private const int MostRivals = 48;
    private const float FirstStep = 2f;
    // Two, before the root is taken: a word tells more than a run of it.
    private const float WordWeight = 4f;
    // Room for about as many rivals of each feature as learn something from it. With a quarter of it strangers shared cells, and
    // answers near a threshold came out by chance.
    private const int MostCells = 32;
    private const int FewestBits = 16;
    private const int MostBits = 23;

    /// <summary>Articles in a block: what one instruction adds.</summary>
    private const int Lanes = 8;

    /// <summary>Correcting a smaller one would change nothing.</summary>
    private const float SmallestError = .002f;

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
        var cells = lessons.Sum(l => (long)l.Features.Length * Math.Min(l.Rivals.Articles.Length, MostCells));
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
        var scores = Scores(Features(question, _index), new Rivals([.. candidates]));
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
                var rivals = index.Find(variant, MostRivals).Hits.Select(h => h.Article).Where(r => r != a && taught[r]);
                lessons.Add(new Lesson(new Rivals([a, .. rivals]), Features(variant, index)));
            }
        }

        return [.. lessons];
    }

    // Here, and in the few other loops that teaching lives in: a first start is over before the runtime would have made them fast.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Learn(Lesson lesson, float step)
    {
        var rivals = lesson.Rivals;
        var probabilities = Scores(lesson.Features, rivals);
        Softmax(probabilities);
        var changes = new float[rivals.Blocks.Length * Lanes];
        for (var c = 0; c < probabilities.Length; c++)
        {
            var error = (c == 0 ? 1 : 0) - probabilities[c];
            if (MathF.Abs(error) >= SmallestError)
                changes[rivals.Places[c]] = step * error;
        }

        for (var b = 0; b < rivals.Blocks.Length; b++)
        {
            var change = Vector256.Create(changes, b * Lanes);
            if (change == Vector256<float>.Zero)
                continue;
            foreach (var (key, value) in lesson.Features)
            {
                var row = Row(key, rivals.Blocks[b]);
                (Vector256.Create(_weights, row) + (change * value)).CopyTo(_weights, row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float[] Scores((uint Key, float Value)[] features, Rivals rivals)
    {
        var sums = new float[rivals.Blocks.Length * Lanes];
        for (var b = 0; b < rivals.Blocks.Length; b++)
        {
            var sum = Vector256<float>.Zero;
            foreach (var (key, value) in features)
                sum += Vector256.Create(_weights, Row(key, rivals.Blocks[b])) * value;
            sum.CopyTo(sums, b * Lanes);
        }

        return [.. rivals.Places.Select(place => sums[place])];
    }

    /// <summary>Where the weights of a feature for a block of articles begin.</summary>
    private int Row(uint feature, int block)
    {
        var h = (feature ^ ((uint)block * 0x9E3779B1u)) * 0x85EBCA6Bu;
        return (int)((h ^ (h >> 15)) & (uint)((_weights.Length / Lanes) - 1)) * Lanes;
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
    private sealed record Lesson(Rivals Rivals, (uint Key, float Value)[] Features);

    /// <summary>Articles that are set against each other, and the blocks of weights that hold theirs.</summary>
    private sealed class Rivals
    {
        public Rivals(int[] articles)
        {
            Articles = articles;
            Blocks = [.. articles.Select(a => a / Lanes).Distinct().Order()];
            Places = [.. articles.Select(a => (Array.BinarySearch(Blocks, a / Lanes) * Lanes) + (a % Lanes))];
        }

        public int[] Articles { get; }

        public int[] Blocks { get; }

        /// <summary>Of each article its place in all the blocks, one after the other.</summary>
        public int[] Places { get; }
    }
}
