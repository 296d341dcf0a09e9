using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Alarms;

/// <summary>
/// What the alarm model sees of a message: its signs and every two of them together, its words and every two in a row, and runs of
/// characters of its skeleton, which survive misspelling. Hashed, with a weight for each kind so that signs speak louder than letters.
/// </summary>
internal sealed class AlarmFeatures(SignWords signs)
{
    /// <summary>Numbers of features; this one itself is the bias.</summary>
    public const int Buckets = 1 << 16;

    private const float SignShare = 3f;
    private const float PairShare = 2f;
    private const float WordShare = .35f;
    private const float RunShare = .25f;
    private const int ShortestRun = 3;
    private const int LongestRun = 5;

    public readonly record struct Feature(int Bucket, float Value);

    /// <returns>Each different feature once; none when there is no sign that means something alone.</returns>
    /// <param name="folded">The text.</param>
    /// <param name="found">Its signs; none when none of them means something alone.</param>
    public Feature[] Of(string folded, out int[] found)
    {
        var words = new List<string>();
        WordBreaker.Break(folded, words);
        var met = found = signs.In(folded, words);
        if (Array.TrueForAll(found, signs.IsContext))
        {
            found = [];
            return [];
        }

        var features = new Dictionary<int, float>();
        Add(features, SignShare, met.Where(s => !signs.IsContext(s)).Select(s => Hash('s', s)));
        Add(features, PairShare, met.SelectMany((s, i) => met.Skip(i + 1).Where(t => !signs.IsContext(s) || !signs.IsContext(t)).Select(t => Hash('p', (s * 1000) + t))));
        Add(features, WordShare, Words(words));
        Add(features, RunShare, Runs(ThaiSkeleton.Of(folded)));
        features[Buckets] = 1;
        return [.. features.Select(f => new Feature(f.Key, f.Value))];
    }

    private static List<int> Words(List<string> words)
    {
        var hashes = new List<int>(words.Count * 2);
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = EnglishStem.Of(words[i]);
            hashes.Add(Hash('w', words[i]));
            if (i > 0)
                hashes.Add(Hash('b', words[i - 1] + " " + words[i]));
        }

        return hashes;
    }

    private static List<int> Runs(string skeleton)
    {
        var hashes = new List<int>(skeleton.Length * (LongestRun - ShortestRun + 1));
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            for (var at = 0; at + length <= skeleton.Length; at++)
                hashes.Add(Hash('r', skeleton.AsSpan(at, length)));
        }

        return hashes;
    }

    // Together of length "share", so that a long text does not shout.
    private static void Add(Dictionary<int, float> features, float share, IEnumerable<int> hashes)
    {
        var distinct = hashes.Distinct().ToArray();
        var value = share / MathF.Sqrt(Math.Max(1, distinct.Length));
        foreach (var hash in distinct)
            features[hash] = features.GetValueOrDefault(hash) + value;
    }

    private static int Hash(char kind, int number) => Hash(kind, [(char)(number & 0xFFFF), (char)(number >> 16)]);

    /// <summary>FNV-1a: the same in every process, unlike string.GetHashCode.</summary>
    private static int Hash(char kind, ReadOnlySpan<char> text)
    {
        var hash = (2166136261u ^ kind) * 16777619u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return (int)((hash ^ (hash >> 15)) % Buckets);
    }
}
