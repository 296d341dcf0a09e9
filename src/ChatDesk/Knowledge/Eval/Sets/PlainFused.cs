using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>
/// The prototype's fused row as its notes describe it, to have something on the same questions to be held against: plain BM25 over words, runs
/// of two to four characters and runs of two to four of the skeleton, each divided by what the question would score against itself.
/// Slow and simple on purpose, and of nothing that <see cref="ArticleIndex"/> is made of but the reading of text.
/// </summary>
internal sealed class PlainFused
{
    private static readonly int[] s_runs = [2, 3, 4];

    private readonly Bm25[] _channels;
    private readonly double[] _shares;

    /// <param name="articles">What is found.</param>
    /// <param name="shares">Of words, character runs and skeleton runs.</param>
    public PlainFused(IReadOnlyList<AnalysedArticle> articles, params double[] shares)
    {
        _shares = shares;
        _channels = [.. Enumerable.Range(0, shares.Length).Select(channel => new Bm25([.. articles.Select(a => Fields(a, channel))]))];
    }

    /// <returns>The articles' places, best first.</returns>
    public int[] Find(AnalysedText question)
    {
        var scores = new double[_channels[0].Count];
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            var terms = Terms(question, channel);
            var self = _channels[channel].Self(terms);
            if (self > 0)
                _channels[channel].Score(terms, _shares[channel] / self, scores);
        }

        return [.. Enumerable.Range(0, scores.Length).Where(a => scores[a] > 0).OrderByDescending(a => scores[a]).ThenBy(a => a)];
    }

    /// <summary>Variants merged count twice, the title once, the body half.</summary>
    private static Dictionary<string, double> Fields(AnalysedArticle article, int channel)
    {
        var counts = new Dictionary<string, double>();
        foreach (var (text, weight) in article.Variants.Select(v => (v, 2.0)).Append((article.Title, 1.0)).Append((article.Body, .5)))
        {
            foreach (var term in Terms(text, channel))
                counts[term] = counts.GetValueOrDefault(term) + weight;
        }

        return counts;
    }

    private static IReadOnlyList<string> Terms(AnalysedText text, int channel) => channel switch
    {
        0 => [.. text.Tokens.Select(EnglishStem.Of)],
        1 => Runs(text.Core),
        _ => Runs(ThaiSkeleton.Of(text.Core)),
    };

    private static string[] Runs(string text) =>
        [.. s_runs.SelectMany(length => Enumerable.Range(0, Math.Max(0, text.Length - length + 1)).Select(at => text.Substring(at, length)))];

    private sealed class Bm25
    {
        private const double K1 = 1.2;
        private const double B = .75;

        private readonly Dictionary<string, List<(int Article, double Count)>> _postings = [];
        private readonly double[] _lengths;
        private readonly double _average;

        public Bm25(IReadOnlyList<Dictionary<string, double>> articles)
        {
            _lengths = [.. articles.Select(a => a.Values.Sum())];
            _average = Math.Max(1, _lengths.Average());
            for (var a = 0; a < articles.Count; a++)
            {
                foreach (var (term, count) in articles[a])
                {
                    if (!_postings.TryGetValue(term, out var list))
                        _postings[term] = list = [];
                    list.Add((a, count));
                }
            }
        }

        public int Count => _lengths.Length;

        public double Self(IReadOnlyList<string> terms) =>
            terms.CountBy(t => t).Sum(t => Rarity(t.Key) * Bent(t.Value, terms.Count));

        public void Score(IReadOnlyList<string> terms, double factor, double[] scores)
        {
            foreach (var term in terms.Distinct())
            {
                foreach (var (article, count) in _postings.GetValueOrDefault(term) ?? [])
                    scores[article] += factor * Rarity(term) * Bent(count, _lengths[article]);
            }
        }

        private double Bent(double count, double length) => count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / _average))));

        private double Rarity(string term)
        {
            var found = _postings.TryGetValue(term, out var list) ? list.Count : 0;
            return Math.Log(1 + ((Count - found + .5) / (found + .5)));
        }
    }
}
