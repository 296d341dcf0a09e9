using System.Runtime.CompilerServices;

namespace ChatDesk.Knowledge.Search;

/// <summary>
/// One inverted index: sorted terms, and for each the articles that hold it (gaps, seven bits a byte) with a weight of
/// one byte. Immutable; about two and a half bytes an occurrence.
/// </summary>
internal sealed class Channel
{
    private readonly ulong[] _terms;
    private readonly int[] _starts;
    private readonly float[] _rarity;
    private readonly byte[] _postings;
    private readonly float _unseenRarity;
    private readonly float[] _weights;

    private Channel(ulong[] terms, int[] starts, float[] rarity, byte[] postings, float unseenRarity, float highest)
    {
        (_terms, _starts, _rarity, _postings, _unseenRarity) = (terms, starts, rarity, postings, unseenRarity);
        _weights = [.. Enumerable.Range(0, 256).Select(b => highest * b * b / (255f * 255f))];
    }

    /// <summary>Distinct terms that are stored.</summary>
    public int Terms => _terms.Length;

    public long Bytes => (_terms.LongLength * 16) + _postings.LongLength;

    /// <summary>A share of the highest weight, 0 to 1, as a byte: its root, since most weights are small.</summary>
    public static byte Quantise(float share) => (byte)Math.Clamp(MathF.Round(255 * MathF.Sqrt(share)), 1, 255);

    /// <summary>Takes what <see cref="ChannelBuilder"/> counted; terms in more than <paramref name="most"/> articles are left out.</summary>
    public static Channel From(
        Dictionary<ulong, int> ids, int[] starts, int[] docs, byte[] impacts, int[] found, int articles, int most, float highest)
    {
        var kept = ids.Where(p => found[p.Value] <= most).OrderBy(p => p.Key).ToArray();
        var (rarity, begins) = (new float[kept.Length], new int[kept.Length + 1]);
        var bytes = new List<byte>(docs.Length * 5 / 2);
        for (var t = 0; t < kept.Length; t++)
        {
            rarity[t] = Rarity(articles, found[kept[t].Value]);
            Write(bytes, docs, impacts, starts[kept[t].Value], starts[kept[t].Value + 1]);
            begins[t + 1] = bytes.Count;
        }

        return new Channel([.. kept.Select(p => p.Key)], begins, rarity, [.. bytes], Rarity(articles, 0), highest);
    }

    /// <summary>
    /// Adds to <paramref name="scores"/>, by article, how much of a question each article covers: 1 would be an article
    /// with average weight on every term. A term never seen counts fully against the question, a cut one not at all.
    /// </summary>
    /// <param name="keys">The question's distinct terms.</param>
    /// <param name="scores">One place for each article, zero before.</param>
    /// <returns>The share of the question, by rarity, that was seen in any article.</returns>
    public float Score(ReadOnlySpan<ulong> keys, Span<float> scores)
    {
        var (self, seen) = (0f, 0f);
        Span<int> places = keys.Length <= 512 ? stackalloc int[keys.Length] : new int[keys.Length];
        for (var k = 0; k < keys.Length; k++)
        {
            places[k] = Array.BinarySearch(_terms, keys[k]);
            var rarity = places[k] >= 0 ? _rarity[places[k]] : _unseenRarity;
            self += rarity;
            seen += places[k] >= 0 ? rarity : 0;
        }

        if (self <= 0)
            return 0;
        foreach (var place in places)
        {
            if (place >= 0)
                AddTerm(place, _rarity[place] / self, scores);
        }

        return seen / self;
    }

    /// <returns>The share of <paramref name="keys"/>, each counted once, that some article holds.</returns>
    public double Familiarity(ReadOnlySpan<ulong> keys)
    {
        var known = 0;
        foreach (var key in keys)
            known += Array.BinarySearch(_terms, key) >= 0 ? 1 : 0;
        return keys.Length == 0 ? 0 : (double)known / keys.Length;
    }

    /// <summary>How telling a term is: high for a rare one, highest for one never seen.</summary>
    public float RarityOf(ulong key) => Array.BinarySearch(_terms, key) is >= 0 and var place ? _rarity[place] : _unseenRarity;

    private static float Rarity(int articles, int found) => MathF.Log(1 + ((articles - found + .5f) / (found + .5f)));

    /// <summary>True if the article holds the term.</summary>
    public bool Holds(ulong key, int article)
    {
        var place = Array.BinarySearch(_terms, key);
        if (place < 0)
            return false;
        var at = -1;
        for (var i = _starts[place]; i < _starts[place + 1] && at < article; i++)
            at += Gap(_postings, ref i);
        return at == article;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTerm(int place, float weight, Span<float> scores)
    {
        var article = -1;
        for (var i = _starts[place]; i < _starts[place + 1]; i++)
        {
            article += Gap(_postings, ref i);
            scores[article] += weight * _weights[_postings[i]];
        }
    }

    /// <summary>Reads a gap and leaves <paramref name="i"/> on the weight after it.</summary>
    private static int Gap(byte[] postings, ref int i)
    {
        var b = postings[i++];
        var gap = b & 0x7F;
        for (var shift = 7; b >= 0x80; shift += 7)
        {
            b = postings[i++];
            gap |= (b & 0x7F) << shift;
        }

        return gap;
    }

    private static void Write(List<byte> bytes, int[] docs, byte[] impacts, int from, int to)
    {
        for (int i = from, last = -1; i < to; last = docs[i], i++)
        {
            var gap = docs[i] - last;
            for (; gap >= 0x80; gap >>= 7)
                bytes.Add((byte)(gap | 0x80));
            bytes.Add((byte)gap);
            bytes.Add(impacts[i]);
        }
    }
}
