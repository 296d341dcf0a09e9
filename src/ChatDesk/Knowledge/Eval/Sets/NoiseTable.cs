using System.Globalization;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>XQuAD questions with slips: once hidden, once with the clean question listed in the article, as an FAQ has it.</summary>
internal static class NoiseTable
{
    private static readonly double[] s_shares = [.25, .35, .40];

    private static readonly Dictionary<string, double> s_printed = new()
    {
        ["typo5"] = .991,
        ["typo10"] = .993,
        ["typo20"] = .982,
        ["notone"] = .989,
        ["realmisp"] = .993,
        ["encoding"] = .993,
        ["chatty"] = .993,
        ["chatty+misp+typo5"] = .985,
        ["kw3"] = .907,
        ["layout"] = .978,
    };

    public static void Write(SetFiles files, TextWriter output)
    {
        var hidden = files.Articles("xquad");
        var clean = files.Questions("xquad").ToLookup(q => q.Relevant.First(), q => q.Text);
        var listed = hidden.Select(a => a with { Variants = [.. clean[a.Id]] }).ToArray();
        var (searchHidden, searchListed) = (ArticleSearch.Build(hidden), ArticleSearch.Build(listed));
        var (fusedHidden, fusedListed) = (new PlainFused(hidden, s_shares), new PlainFused(listed, s_shares));
        output.WriteLine();
        output.WriteLine("XQuAD with slips, R@1, here beside the prototype's fused row (.25/.35/.40), rebuilt on the same questions and as printed for other questions (agency FAQ, listed)");
        output.WriteLine("                        hidden: here  fused  within a point    listed: here  fused  within a point  printed  within a point");
        foreach (var kind in files.Noisy())
        {
            var questions = kind.Select(q => q.Question with { Text = Repaired(q.Raw, files, searchListed) }).ToArray();
            var (h, v) = (Ranking.Of(searchHidden, hidden, questions).First, Ranking.Of(searchListed, listed, questions).First);
            var (fh, fv) = (Ranking.Of(fusedHidden, hidden, questions).First, Ranking.Of(fusedListed, listed, questions).First);
            var printed = s_printed.TryGetValue(kind.Key, out var p) ? string.Create(CultureInfo.InvariantCulture, $"{p,7:F3} {Beside.Point(v, p),15}") : "      -";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-22} {h,13:F3} {fh,6:F3} {Beside.Point(h, fh),15} {v,15:F3} {fv,6:F3} {Beside.Point(v, fv),15}  {printed}"));
        }
    }

    private static AnalysedText Repaired(string raw, SetFiles files, ArticleSearch search) =>
        files.Analyse(LayoutRepair.Repair(raw, t => search.Index.Familiarity(files.Analyse(t))));
}
