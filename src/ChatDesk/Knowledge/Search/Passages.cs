using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>
/// The bodies of the articles as they sound, a byte a letter, to see whether a question's words stand together: an article that
/// answers says them in a sentence or two, one about the same subject has them scattered over the page.
/// </summary>
internal sealed class Passages
{
    private const int RunLength = 3;

    // An answer takes more words than its question.
    private const float Wider = 2.5f;
    private const int Narrowest = 40;

    private readonly List<byte[]> _bodies = [];

    /// <returns>The article itself, so that articles can be taken one by one on their way into the index.</returns>
    public AnalysedArticle Add(AnalysedArticle article)
    {
        _bodies.Add(Spelt(article.Body.Skeleton));
        return article;
    }

    /// <returns>For each of <paramref name="articles"/> the share of the question, by rarity, that its best stretch holds.</returns>
    public float[] Together(AnalysedText question, IEnumerable<int> articles, ArticleIndex index)
    {
        var rarities = new Dictionary<uint, float>();
        foreach (var run in question.Skeleton)
            rarities[Key(run)] = index.RarityOfRun(run);
        var runs = new Sought(rarities, Math.Max(Narrowest, (int)(Wider * question.Skeleton.Length)));
        return [.. articles.Select(a => runs.Best(_bodies[a]))];
    }

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

    /// <summary>A question's runs, each with its number, so that a window over a body can count them.</summary>
    private sealed class Sought
    {
        // Most runs of a body are none of the question's; a look at one bit says so without asking the dictionary.
        private readonly ulong[] _mayBe = new ulong[64];
        private readonly Dictionary<uint, int> _numbers = [];
        private readonly List<float> _shares = [];
        private readonly int _width;

        public Sought(Dictionary<uint, float> rarities, int width)
        {
            _width = width;
            var all = rarities.Values.Sum();
            foreach (var (run, rarity) in rarities)
            {
                _mayBe[Bit(run) >> 6] |= 1UL << (int)(Bit(run) & 63);
                _numbers[run] = _shares.Count;
                _shares.Add(all > 0 ? rarity / all : 0);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public float Best(byte[] body)
        {
            if (body.Length < RunLength)
                return 0;
            var (now, best) = (0f, 0f);
            var shares = CollectionsMarshal.AsSpan(_shares);
            var inside = new int[shares.Length];
            var met = new int[body.Length - RunLength + 1];
            for (var at = 0; at < met.Length; at++)
            {
                met[at] = NumberOf((uint)((body[at] << 16) | (body[at + 1] << 8) | body[at + 2]));
                if (met[at] >= 0 && inside[met[at]]++ == 0)
                    best = Math.Max(best, now += shares[met[at]]);
                if (at >= _width && met[at - _width] is >= 0 and var left && --inside[left] == 0)
                    now -= shares[left];
            }

            return best;
        }

        private int NumberOf(uint run)
        {
            var bit = Bit(run);
            return (_mayBe[bit >> 6] >> (int)(bit & 63) & 1) != 0 ? _numbers.GetValueOrDefault(run, -1) : -1;
        }

        /// <summary>One of 4,096.</summary>
        private static uint Bit(uint run) => (run * 0x9E3779B1u) >> 20;
    }
}
