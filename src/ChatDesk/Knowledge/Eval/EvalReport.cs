using System.Globalization;

namespace ChatDesk.Knowledge.Eval;

/// <summary>Prints an <see cref="EvalScore"/>.</summary>
internal static class EvalReport
{
    public static void Write(EvalScore score, TextWriter output)
    {
        Line(output, $"rows {score.Results.Count}   right {score.Accuracy:P1}   first choice {score.FirstChoice:P1}   first three {score.FirstThree:P1}");
        Line(output, $"do not know: precision {score.RefusalPrecision:P1}   recall {score.RefusalRecall:P1}");
        Line(output, $"latency: p50 {score.Quantile(.5).TotalMilliseconds:F2} ms   p99 {score.Quantile(.99).TotalMilliseconds:F2} ms");
        output.WriteLine();
        output.WriteLine("category           rows   right   first   three");
        foreach (var category in score.Results.GroupBy(r => r.Row.Category))
        {
            var part = new EvalScore([.. category]);
            Line(output, $"{category.Key,-18} {part.Results.Count,4} {part.Accuracy,7:P0} {part.FirstChoice,7:P0} {part.FirstThree,7:P0}");
        }

        Confusion(score, output);
    }

    public static void WriteFailures(EvalScore score, TextWriter output)
    {
        output.WriteLine();
        foreach (var r in score.Results.Where(r => !r.IsRight))
        {
            var found = string.Join(", ", r.Answer.Candidates.Take(3).Select(c => string.Create(CultureInfo.InvariantCulture, $"{EvalLabels.Of(c)} {c.Score:F2}")));
            Line(output, $"[{r.Row.Category}] {r.Row.Text}  wanted {string.Join('|', r.Row.Expect)}  said {r.Said} ({r.Answer.Score:F2})  found {found}");
        }
    }

    private static void Confusion(EvalScore score, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("wanted -> said (wrong ones, most frequent first)");
        var pairs = score.Results.Where(r => !r.IsRight).GroupBy(r => (Wanted: r.Row.Expect[0], r.Said)).OrderByDescending(g => g.Count());
        foreach (var pair in pairs.Take(20))
            Line(output, $"{pair.Count(),4}  {pair.Key.Wanted} -> {pair.Key.Said}");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
