using System.Globalization;
using ChatDesk.Knowledge.Knowing;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>
/// Whether the desk knows what it knows. Model and threshold come from one half of the questions, for a precision one
/// step stricter than wanted, and are applied unchanged to the other half: once with foreign questions mixed in, once
/// with 30 % of the articles taken away.
/// </summary>
internal static class KnowingTable
{
    private const double Aim = .97;

    /// <summary>One question asked: how sure, and how it came out.</summary>
    private sealed record Asked(double[] Evidence, bool Right, bool Answerable);

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("knowing (threshold from one half, for .97)   precision  coverage  wrongly answered   prototype, FastTree .95");
        foreach (var set in new[] { "xquad", "iapp" })
        {
            var articles = files.Articles(set);
            var (questions, foreign, removed) = (files.Questions(set), files.Foreign(), files.Removed(set));
            var kept = articles.Where(a => !removed.Contains(a.Id)).ToArray();
            var external = Ask(articles, questions, foreign);
            var without = Ask(kept, questions, []);
            var lessons = Half(external, 0).Concat(Half(without, 0)).ToArray();
            var model = LogisticModel.Train([.. lessons.Select(a => (a.Evidence, a.Right))]);
            var threshold = Threshold(lessons, model);
            Report($"{set}, foreign questions", Half(external, 1), model, threshold, set == "xquad" ? ".990 / .837 / .001" : ".980 / .853 / .017", output);
            Report($"{set}, 30 % of articles removed", Half(without, 1), model, threshold, set == "xquad" ? ".943 / .864 / .021" : ".961 / .844 / .017", output);
        }
    }

    private static List<Asked> Ask(IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions, IEnumerable<AnalysedText> foreign)
    {
        var search = ArticleSearch.Build(articles);
        var ids = articles.Select(a => a.Id).ToHashSet();
        var asked = new List<Asked>();
        foreach (var (text, relevant) in questions.Select(q => (q.Text, q.Relevant)).Concat(foreign.Select(f => (f, (IReadOnlySet<string>)new HashSet<string>()))))
        {
            var result = search.Find(text);
            var right = result.Candidates.Count > 0 && relevant.Contains(articles[result.Candidates[0].Article].Id);
            asked.Add(new Asked(Evidence.Of(text, result, search, articles), right, relevant.Overlaps(ids)));
        }

        return asked;
    }

    private static IEnumerable<Asked> Half(List<Asked> asked, int half) => asked.Where((_, i) => i % 2 == half);

    private static double Threshold(Asked[] lessons, LogisticModel model)
    {
        var (right, all, best) = (0, 0, 1.0);
        foreach (var (probability, isRight) in lessons.Select(l => (model.Probability(l.Evidence), l.Right)).OrderByDescending(l => l.Item1))
        {
            right += isRight ? 1 : 0;
            if (right >= Aim * ++all)
                best = probability;
        }

        return best;
    }

    private static void Report(string name, IEnumerable<Asked> asked, LogisticModel model, double threshold, string prototype, TextWriter output)
    {
        var all = asked.ToArray();
        var answered = all.Where(a => model.Probability(a.Evidence) >= threshold).ToArray();
        var precision = answered.Count(a => a.Right) / (double)Math.Max(1, answered.Length);
        var coverage = answered.Count(a => a.Right) / (double)all.Count(a => a.Answerable);
        var wrongly = answered.Count(a => !a.Answerable) / (double)Math.Max(1, all.Count(a => !a.Answerable));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-43} {precision,10:F3} {coverage,9:F3} {wrongly,17:F3}   {prototype}"));
    }
}
