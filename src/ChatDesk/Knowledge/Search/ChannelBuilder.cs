using System.Runtime.InteropServices;

namespace ChatDesk.Knowledge.Search;

/// <summary>Counts terms article by article, then lays them out as a <see cref="Channel"/>. Not for several threads.</summary>
internal sealed class ChannelBuilder(SearchTuning tuning, bool mayCut)
{
    private readonly Dictionary<ulong, int> _ids = [];
    private readonly List<Occurrence> _occurrences = [];
    private readonly List<int> _ends = [];
    private readonly List<(int Variants, int Title, int Body)> _lengths = [];
    private readonly Dictionary<int, int> _ofThisArticle = [];

    /// <summary>Adds the next article. All its variants are one field: that beats the best single variant (docs/knowledge.md).</summary>
    public void Add(IEnumerable<ulong[]> variants, ulong[] title, ulong[] body)
    {
        _ofThisArticle.Clear();
        var variantTerms = 0;
        foreach (var variant in variants)
        {
            variantTerms += variant.Length;
            foreach (var key in variant)
                Increment(ref Count(key).Variants);
        }

        foreach (var key in title)
            Increment(ref Count(key).Title);
        foreach (var key in body)
            Increment(ref Count(key).Body);
        _ends.Add(_occurrences.Count);
        _lengths.Add((variantTerms, title.Length, body.Length));
    }

    public Channel Build()
    {
        var articles = _ends.Count;
        var postings = new int[_ids.Count];
        foreach (ref readonly var o in CollectionsMarshal.AsSpan(_occurrences))
            postings[o.Term]++;
        var most = mayCut && articles >= tuning.CutFrom ? (int)(tuning.LargestShare * articles) : articles;
        var starts = new int[_ids.Count + 1];
        for (var t = 0; t < postings.Length; t++)
            starts[t + 1] = starts[t] + (postings[t] <= most ? postings[t] : 0);
        return Layout(starts, postings, most);
    }

    private Channel Layout(int[] starts, int[] postings, int most)
    {
        var (docs, impacts) = (new int[starts[^1]], new byte[starts[^1]]);
        var next = starts.AsSpan(0, postings.Length).ToArray();
        var average = Average();
        for (int article = 0, i = 0; article < _ends.Count; article++)
        {
            for (; i < _ends[article]; i++)
            {
                var o = _occurrences[i];
                if (postings[o.Term] > most)
                    continue;
                docs[next[o.Term]] = article;
                impacts[next[o.Term]++] = Channel.Quantise(Weight(o, _lengths[article], average) / tuning.Highest);
            }
        }

        return Channel.From(_ids, starts, docs, impacts, postings, _ends.Count, most, tuning.Highest);
    }

    private float Weight(in Occurrence o, (int Variants, int Title, int Body) length, (float Variants, float Title, float Body) average) =>
        Bent(tuning.Variants, o.Variants, length.Variants / average.Variants)
        + Bent(tuning.Title, o.Title, length.Title / average.Title)
        + Bent(tuning.Body, o.Body, length.Body / average.Body);

    private float Bent(FieldTuning field, int count, float relativeLength)
    {
        var bend = field.Bend * (1 - tuning.LengthPenalty + (tuning.LengthPenalty * relativeLength));
        return count == 0 ? 0 : field.Weight * count / (count + bend);
    }

    private (float Variants, float Title, float Body) Average()
    {
        // Over the articles that have the field at all: an empty one says nothing about how long such a field is.
        float Mean(Func<(int Variants, int Title, int Body), int> field) =>
            _lengths.Where(l => field(l) > 0).Select(l => (float)field(l)).DefaultIfEmpty(1).Average();
        return (Mean(l => l.Variants), Mean(l => l.Title), Mean(l => l.Body));
    }

    private ref Occurrence Count(ulong key)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, key, out var known);
        if (!known)
            id = _ids.Count - 1;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofThisArticle, id, out var seen);
        if (!seen)
        {
            place = _occurrences.Count;
            _occurrences.Add(new Occurrence { Term = id });
        }

        return ref CollectionsMarshal.AsSpan(_occurrences)[place];
    }

    private static void Increment(ref byte count)
    {
        if (count < byte.MaxValue)
            count++;
    }

    // Eight bytes: a hundred thousand articles have a hundred million of these while they are counted.
    private struct Occurrence
    {
        public int Term;
        public byte Variants;
        public byte Title;
        public byte Body;
    }
}
