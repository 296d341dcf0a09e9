using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>
/// The texts of the articles as they sound, a byte a letter, to see whether a question's words stand together: an article that
/// answers says them in a sentence or two, one about the same subject has them scattered over the page. Likewise one of its
/// variants may say them all where another article's variants say them between them.
/// </summary>
internal sealed class Passages
{
    private const int RunLength = 3;

    /// <summary>What a variant's words count beside its runs, of which there are more.</summary>
    private const float Words = .25f;

    // An answer takes more words than its question.
    private const float Wider = 2.5f;
    private const int Narrowest = 40;

    private readonly List<byte[]> _bodies = [];
    private readonly List<Line[]> _variants = [];

    /// <returns>The article itself, so that articles can be taken one by one on their way into the index.</returns>
    public AnalysedArticle Add(AnalysedArticle article)
    {
        _bodies.Add(Spelt(article.Body.Skeleton));
        _variants.Add([.. article.Variants.Select(v => new Line([.. v.Words.Select(Short).Distinct()], Spelt(v.Skeleton)))]);
        return article;
    }

    /// <returns>For each of <paramref name="articles"/> the share of the question, by rarity, that its best stretch holds.</returns>
    public float[] Together(AnalysedText question, IEnumerable<int> articles, ArticleIndex index)
    {
        var runs = new Sought(question, index);
        var width = Math.Max(Narrowest, (int)(Wider * question.Skeleton.Length));
        return [.. articles.Select(a => runs.BestStretch(_bodies[a], width))];
    }

    /// <returns>For each of <paramref name="articles"/> the share of the question, by rarity, that a single one of its variants holds; 0 where it has none.</returns>
    public float[] InOneVariant(AnalysedText question, IEnumerable<int> articles, ArticleIndex index)
    {
        var runs = new Sought(question, index);
        var words = new Dictionary<uint, float>();
        foreach (var word in question.Words)
            words[Short(word)] = index.RarityOf(word);
        var all = words.Values.Sum();
        return [.. articles.Select(a => _variants[a].Select(Held).DefaultIfEmpty(0).Max())];

        float Held(Line variant) =>
            (Words * (all > 0 ? variant.Words.Sum(w => words.GetValueOrDefault(w)) / all : 0)) + ((1 - Words) * runs.Held(variant.Letters));
    }

    /// <summary>Half of a word's number: two words of one question that share it would be a wonder, and cost a little rarity.</summary>
    private static uint Short(ulong word) => (uint)(word ^ (word >> 32));

    private static byte[] Spelt(ulong[] runs)
    {
        if (runs.Length == 0)
            return [];
        var letters = new byte[runs.Length + RunLength - 1];
        (letters[0], letters[1]) = (Letter((char)(runs[0] >> 32)), Letter((char)(runs[0] >> 16)));
        for (var i = 0; i < runs.Length; i++)
            letters[i + RunLength - 1] = Letter((char)runs[i]);
        return letters;
    }

    private static uint Key(ulong run) => (uint)((Letter((char)(run >> 32)) << 16) | (Letter((char)(run >> 16)) << 8) | Letter((char)run));

    // ASCII as it is, Thai after it; letters of other scripts share what is left, which is near enough.
    private static byte Letter(char c) => c < '\u0080' ? (byte)c : ThaiText.IsThai(c) ? (byte)(c - '\u0E00' + 0x80) : (byte)(0xE0 | (c & 0x1F));

    /// <summary>A variant, to see whether it alone holds a question.</summary>
    /// <param name="Words">Each word once.</param>
    /// <param name="Letters">All of it, as it sounds.</param>
    private readonly record struct Line(uint[] Words, byte[] Letters);

    /// <summary>A question's runs, each with its number, so that a reader of articles can count them.</summary>
    private sealed class Sought
    {
        // Most runs of a body are none of the question's; a look at one bit says so without asking the dictionary.
        private readonly ulong[] _mayBe = new ulong[64];
        private readonly Dictionary<uint, int> _numbers = [];
        private readonly List<float> _shares = [];

        public Sought(AnalysedText question, ArticleIndex index)
        {
            var rarities = new Dictionary<uint, float>();
            foreach (var run in question.Skeleton)
                rarities[Key(run)] = index.RarityOfRun(run);
            var all = rarities.Values.Sum();
            foreach (var (run, rarity) in rarities)
            {
                _mayBe[Bit(run) >> 6] |= 1UL << (int)(Bit(run) & 63);
                _numbers[run] = _shares.Count;
                _shares.Add(all > 0 ? rarity / all : 0);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public float BestStretch(byte[] body, int width)
        {
            if (body.Length < RunLength)
                return 0;
            var (now, best) = (0f, 0f);
            var shares = CollectionsMarshal.AsSpan(_shares);
            var inside = new int[shares.Length];
            var met = new int[body.Length - RunLength + 1];
            for (var at = 0; at < met.Length; at++)
            {
                met[at] = NumberAt(body, at);
                if (met[at] >= 0 && inside[met[at]]++ == 0)
                    best = Math.Max(best, now += shares[met[at]]);
                if (at >= width && met[at - width] is >= 0 and var left && --inside[left] == 0)
                    now -= shares[left];
            }

            return best;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public float Held(byte[] letters)
        {
            var held = 0f;
            var counted = new bool[_shares.Count];
            for (var at = 0; at + RunLength <= letters.Length; at++)
            {
                if (NumberAt(letters, at) is >= 0 and var number && !counted[number])
                    (counted[number], held) = (true, held + _shares[number]);
            }

            return held;
        }

        private int NumberAt(byte[] letters, int at)
        {
            var run = (uint)((letters[at] << 16) | (letters[at + 1] << 8) | letters[at + 2]);
            var bit = Bit(run);
            return (_mayBe[bit >> 6] >> (int)(bit & 63) & 1) != 0 ? _numbers.GetValueOrDefault(run, -1) : -1;
        }

        /// <summary>One of 4,096.</summary>
        private static uint Bit(uint run) => (run * 0x9E3779B1u) >> 20;
    }
}
