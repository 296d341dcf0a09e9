using System.Globalization;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>How many ways of asking an article needs: intents as articles that hold nothing but K examples.</summary>
internal static class FewVariantsTable
{
    private const int Asked = 1500;
    private const int Draws = 5;
    private const int All = 9999;

    private static readonly double[] s_shares = [.25, .35, .40];

    /// <summary>What was printed: all variants merged, and mixed with the linear model; NaN where nothing was.</summary>
    private static readonly Dictionary<(string, int), (double Merged, double Mixed)> s_printed = new()
    {
        [("banking77", 1)] = (.327, .327),
        [("banking77", 3)] = (.557, .561),
        [("banking77", 5)] = (.632, .644),
        [("banking77", 10)] = (.717, .735),
        [("banking77", 30)] = (.815, .855),
        [("banking77", All)] = (.857, .916),
        [("truevoice", 1)] = (double.NaN, .141),
        [("truevoice", 3)] = (double.NaN, .326),
        [("truevoice", 5)] = (double.NaN, .426),
        [("truevoice", 10)] = (double.NaN, .481),
        [("truevoice", 30)] = (double.NaN, .619),
        [("truevoice", All)] = (double.NaN, .760),
    };

    private readonly record struct Drawn(double Merged, double Mixed, double Three, double Fused);

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"K variants an article, first choice, mean of {Draws} draws (one for all), here beside the prototype: its fused row rebuilt on the same draws, and what it printed (one draw, other questions)");
        output.WriteLine("                 K   merged: here  fused  within a point  printed  within a point   with linear: here (draws differ)  printed  within a point   first three");
        foreach (var (set, label) in new[] { ("banking77", "label"), ("truevoice", "intent") })
        {
            var rows = files.Labelled($"{set}_dev.jsonl", label).ToArray();
            foreach (var k in new[] { 1, 3, 5, 10, 30, All })
                output.WriteLine(Line(set, k, [.. Enumerable.Range(1, k == All ? 1 : Draws).Select(seed => Draw(rows, k, seed))]));
        }
    }

    private static string Line(string set, int k, Drawn[] draws)
    {
        var (merged, mixed, fused) = (draws.Average(d => d.Merged), draws.Average(d => d.Mixed), draws.Average(d => d.Fused));
        var differ = Math.Sqrt(draws.Average(d => (d.Mixed - mixed) * (d.Mixed - mixed)));
        var printed = s_printed[(set, k)];
        var kept = k == All ? "all" : k.ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{set,-13} {kept,4} {merged,14:F3} {fused,6:F3} {Beside.Point(merged, fused),15} {Printed(merged, printed.Merged)} {mixed,20:F3} ({differ:F3}) {Printed(mixed, printed.Mixed),33} {draws.Average(d => d.Three),13:F3}");
    }

    private static string Printed(double here, double printed) =>
        double.IsNaN(printed) ? "      -               -" : string.Create(CultureInfo.InvariantCulture, $"{printed,7:F3} {Beside.Point(here, printed),15}");

    private static Drawn Draw((AnalysedText Text, string Label)[] rows, int k, int seed)
    {
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);
        var articles = shuffled.Skip(Asked).GroupBy(r => r.Label)
            .Select(g => new AnalysedArticle(g.Key, [.. g.Take(k).Select(r => r.Text)], AnalysedText.Nothing, AnalysedText.Nothing)).ToArray();
        var (search, plain) = (ArticleSearch.Build(articles), new PlainFused(articles, s_shares));
        var (merged, mixed, three, fused) = (0, 0, 0, 0);
        foreach (var (text, label) in shuffled.Take(Asked))
        {
            var found = search.Find(text);
            merged += found.Index.Hits.Take(1).Count(h => articles[h.Article].Id == label);
            mixed += found.Candidates.Take(1).Count(c => articles[c.Article].Id == label);
            three += found.Candidates.Take(3).Count(c => articles[c.Article].Id == label);
            fused += plain.Find(text).Take(1).Count(a => articles[a].Id == label);
        }

        return new Drawn(merged / (double)Asked, mixed / (double)Asked, three / (double)Asked, fused / (double)Asked);
    }
}
