using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>XQuAD questions with slips: once hidden, once with the clean question listed in the article, as an FAQ has it.</summary>
internal static class NoiseTable
{
    private static readonly Dictionary<string, string> s_prototype = new()
    {
        ["typo5"] = ".991",
        ["typo10"] = ".993",
        ["typo20"] = ".982",
        ["notone"] = ".989",
        ["realmisp"] = ".993",
        ["encoding"] = ".993",
        ["chatty"] = ".993",
        ["chatty+misp+typo5"] = ".985",
        ["kw3"] = ".907",
        ["layout"] = ".978",
    };

    public static void Write(SetFiles files, TextWriter output)
    {
        var hidden = files.Articles("xquad");
        var clean = files.Questions("xquad").ToLookup(q => q.Relevant.First(), q => q.Text);
        var visible = hidden.Select(a => a with { Variants = [.. clean[a.Id]] }).ToArray();
        var (searchHidden, searchVisible) = (ArticleSearch.Build(hidden), ArticleSearch.Build(visible));
        output.WriteLine();
        output.WriteLine("XQuAD with slips        R@1 hidden  R@1 listed  prototype (agency FAQ, question listed, fused)");
        foreach (var kind in files.Noisy())
        {
            var questions = kind.Select(q => q.Question with { Text = Repaired(q.Raw, files, searchVisible) }).ToArray();
            var (h, v) = (Ranking.Of(searchHidden, hidden, questions), Ranking.Of(searchVisible, visible, questions));
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind.Key,-22} {h.First,11:F3} {v.First,11:F3}  {s_prototype.GetValueOrDefault(kind.Key, "-")}"));
        }
    }

    private static AnalysedText Repaired(string raw, SetFiles files, ArticleSearch search) =>
        files.Analyse(LayoutRepair.Repair(raw, t => search.Index.Familiarity(files.Analyse(t))));
}
