using System.Globalization;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>How many ways of asking an article needs: intents as articles that hold nothing but K examples.</summary>
internal static class FewVariantsTable
{
    private const int Asked = 1500;
    private const int Draws = 3;

    private static readonly Dictionary<(string, int), string> s_prototype = new()
    {
        [("banking77", 1)] = ".327",
        [("banking77", 3)] = ".557/.561",
        [("banking77", 5)] = ".632/.644",
        [("banking77", 10)] = ".717/.735",
        [("banking77", 30)] = ".815/.855",
        [("banking77", 9999)] = ".857/.916",
        [("truevoice", 1)] = "-/.141",
        [("truevoice", 3)] = "-/.326",
        [("truevoice", 5)] = "-/.426",
        [("truevoice", 10)] = "-/.481",
        [("truevoice", 30)] = "-/.619",
        [("truevoice", 9999)] = "-/.760",
    };

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("variants an article       K   merged   merged+linear   first three   prototype (merged / with linear)");
        foreach (var (set, label) in new[] { ("banking77", "label"), ("truevoice", "intent") })
        {
            var rows = files.Labelled($"{set}_dev.jsonl", label).ToArray();
            foreach (var k in new[] { 1, 3, 5, 10, 30, 9999 })
            {
                var draws = Enumerable.Range(1, k > 100 ? 1 : Draws).Select(seed => Draw(rows, k, seed)).ToArray();
                var kept = k > 100 ? "all" : k.ToString(CultureInfo.InvariantCulture);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set,-22} {kept,5} {draws.Average(d => d.Merged),8:F3} {draws.Average(d => d.Mixed),15:F3} {draws.Average(d => d.Three),13:F3}   {s_prototype[(set, k)]}"));
            }
        }
    }

    private static (double Merged, double Mixed, double Three) Draw((AnalysedText Text, string Label)[] rows, int k, int seed)
    {
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);
        var articles = shuffled.Skip(Asked).GroupBy(r => r.Label)
            .Select(g => new AnalysedArticle(g.Key, [.. g.Take(k).Select(r => r.Text)], AnalysedText.Nothing, AnalysedText.Nothing)).ToArray();
        var search = ArticleSearch.Build(articles);
        var (merged, mixed, three) = (0, 0, 0);
        foreach (var (text, label) in shuffled.Take(Asked))
        {
            var found = search.Find(text);
            merged += found.Index.Hits.Take(1).Count(h => articles[h.Article].Id == label);
            mixed += found.Candidates.Take(1).Count(c => articles[c.Article].Id == label);
            three += found.Candidates.Take(3).Count(c => articles[c.Article].Id == label);
        }

        return (merged / (double)Asked, mixed / (double)Asked, three / (double)Asked);
    }
}
