using System.Globalization;
using ChatDesk.Knowledge.Knowing;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>
/// Whether the desk knows what it knows. Model and threshold come from one half of the questions and are applied unchanged to the
/// other half: once with foreign questions mixed in, once with 30 % of the articles taken away. The mean of several ways of halving,
/// since one half of 600 questions says little to the point.
/// </summary>
internal static class KnowingTable
{
    /// <summary>The precision wanted, for foreign questions and for removed articles alike.</summary>
    private const double Aim = .95;

    /// <summary>One step stricter where foreign questions are mixed in: how many of them a desk will meet is anybody's guess, and precision among them hangs on it.</summary>
    private const double AimAmongForeign = .955;

    /// <summary>The share of the answerable questions that must be answered rightly then.</summary>
    private const double Covered = .80;
    private const int Halvings = 32;
    private const int Resamples = 50;
    private const int Folds = 4;

    /// <summary>One question asked: how sure, and how it came out. The same question has the same number with all articles and without some.</summary>
    private sealed record Asked(int Number, double[] Evidence, bool Right, bool Answerable);

    /// <summary>What came of answering from the threshold on.</summary>
    private readonly record struct Outcome(double Precision, double Coverage, double Wrongly);

    public static void Write(SetFiles files, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"knowing (threshold from one half; mean of {Halvings})  precision  coverage  wrongly answered   held (.95 / .80)   prototype, FastTree .95");
        foreach (var set in new[] { "xquad", "iapp" })
        {
            var articles = files.Articles(set);
            var (questions, removed) = (files.Questions(set), files.Removed(set));
            var external = Ask(articles, questions, files.Foreign());
            var without = Ask([.. articles.Where(a => !removed.Contains(a.Id))], questions, []);
            var rounds = Enumerable.Range(1, Halvings).Select(seed => Round(external, without, seed)).ToArray();
            Report($"{set}, foreign questions", rounds.Select(r => r.External), set == "xquad" ? ".990 / .837 / .001" : ".980 / .853 / .017", output);
            Report($"{set}, 30 % of articles removed", rounds.Select(r => r.Without), set == "xquad" ? ".943 / .864 / .021" : ".961 / .844 / .017", output);
        }
    }

    private static (Outcome External, Outcome Without) Round(List<Asked> external, List<Asked> without, int seed)
    {
        // Halved by question: one learnt from with all the articles must not be judged without some of them.
        var random = new Random(seed);
        var learnt = external.Where(_ => random.Next(2) == 0).Select(a => a.Number).ToHashSet();
        var (model, threshold) = Learn(external.Where(a => learnt.Contains(a.Number)), without.Where(a => learnt.Contains(a.Number)));
        return (Judge(external.Where(a => !learnt.Contains(a.Number)), model, threshold), Judge(without.Where(a => !learnt.Contains(a.Number)), model, threshold));
    }

    /// <summary>The threshold is read off questions that the model which judged them had not learnt from, or it would promise too much.</summary>
    private static (LogisticModel Model, double Threshold) Learn(IEnumerable<Asked> external, IEnumerable<Asked> without)
    {
        var lessons = external.Select(a => (Asked: a, Kind: 0)).Concat(without.Select(a => (Asked: a, Kind: 1))).Select(l => (l.Asked, l.Kind, Fold: l.Asked.Number % Folds)).ToArray();
        var judged = Enumerable.Range(0, Folds).SelectMany(fold =>
        {
            var model = Train(lessons.Where(l => l.Fold != fold).Select(l => l.Asked));
            return lessons.Where(l => l.Fold == fold).Select(l => (l.Kind, Probability: model.Probability(l.Asked.Evidence), l.Asked.Right));
        }).ToLookup(l => l.Kind, l => (l.Probability, l.Right));
        return (Train(lessons.Select(l => l.Asked)), Math.Max(Settled(judged[0], AimAmongForeign), Settled(judged[1], Aim)));
    }

    private static LogisticModel Train(IEnumerable<Asked> asked) => LogisticModel.Train([.. asked.Select(a => (a.Evidence, a.Right))]);

    private static List<Asked> Ask(IReadOnlyList<AnalysedArticle> articles, IEnumerable<SetQuestion> questions, IEnumerable<AnalysedText> foreign)
    {
        var search = ArticleSearch.Build(articles);
        var ids = articles.Select(a => a.Id).ToHashSet();
        var asked = new List<Asked>();
        foreach (var (text, relevant) in questions.Select(q => (q.Text, q.Relevant)).Concat(foreign.Select(f => (f, (IReadOnlySet<string>)new HashSet<string>()))))
        {
            var result = search.Find(text);
            var right = result.Candidates.Count > 0 && relevant.Contains(articles[result.Candidates[0].Article].Id);
            asked.Add(new Asked(asked.Count, Evidence.Of(text, result, search, articles), right, relevant.Overlaps(ids)));
        }

        return asked;
    }

    /// <summary>
    /// The threshold as it comes out on average when the questions are drawn again, with repeats: read off once, it hangs on the two or
    /// three wrong ones next to it.
    /// </summary>
    private static double Settled(IEnumerable<(double Probability, bool Right)> judged, double aim)
    {
        var (all, random) = (judged.ToArray(), new Random(1));
        return Enumerable.Range(0, Resamples).Average(_ => Threshold(random.GetItems(all, all.Length), aim));
    }

    private static double Threshold(IEnumerable<(double Probability, bool Right)> judged, double aim)
    {
        var (right, all, best) = (0, 0, 1.0);
        foreach (var (probability, isRight) in judged.OrderByDescending(j => j.Probability))
        {
            right += isRight ? 1 : 0;
            if (right >= aim * ++all)
                best = probability;
        }

        return best;
    }

    private static Outcome Judge(IEnumerable<Asked> asked, LogisticModel model, double threshold)
    {
        var all = asked.ToArray();
        var answered = all.Where(a => model.Probability(a.Evidence) >= threshold).ToArray();
        return new Outcome(
            answered.Count(a => a.Right) / (double)Math.Max(1, answered.Length),
            answered.Count(a => a.Right) / (double)all.Count(a => a.Answerable),
            answered.Count(a => !a.Answerable) / (double)Math.Max(1, all.Count(a => !a.Answerable)));
    }

    private static void Report(string name, IEnumerable<Outcome> outcomes, string prototype, TextWriter output)
    {
        var all = outcomes.ToArray();
        var (precision, coverage) = (all.Average(o => o.Precision), all.Average(o => o.Coverage));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-43} {precision,10:F3} {coverage,9:F3} {all.Average(o => o.Wrongly),17:F3}   {(precision >= Aim && coverage >= Covered ? "yes" : "NO"),-16}   {prototype}"));
    }
}
