using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Teaching;

namespace ChatDesk.Knowledge.Knowing;

/// <summary>
/// Makes lessons for <see cref="LogisticModel"/> from the knowledge itself, in five rounds. In each, a fifth of every
/// topic's variants is hidden and asked (can be right), and a fifth of the topics is hidden whole and asked (cannot be:
/// the question that nobody has answered yet). Kinds out of scope are hidden the same way, so they arrive as strangers.
/// Each round is a part of its own of what was taught: together they are half of a first start.
/// </summary>
internal static class Lessons
{
    private const int Rounds = 5;
    private const int MostTopics = 400;
    private const int MostAsked = 20;

    // Most questions people ask have an article; the lessons must not say otherwise.
    private const int MostAskedOfHidden = 4;

    /// <param name="topics">What is known.</param>
    /// <param name="analysed">The text of a topic as the index reads it.</param>
    /// <param name="tuning">The numbers of the search.</param>
    /// <param name="hands">How many rounds may be made at a time.</param>
    /// <param name="taught">The rounds that were made before; <see cref="Forget"/> drops them once they are learnt from.</param>
    public static IReadOnlyList<(double[] Evidence, bool Right)> From(
        IReadOnlyList<Topic> topics, Func<int, AnalysedArticle> analysed, SearchTuning tuning, Hands hands, TaughtFile taught)
    {
        var chosen = Enumerable.Range(0, topics.Count).Where(t => topics[t].Variants.Count > 1).ToArray();
        if (chosen.Length > MostTopics)
            new Random(1).Shuffle(chosen);
        var sample = chosen.Take(MostTopics).ToArray();
        var (shown, texts) = (sample.Select(t => topics[t]).ToArray(), new Lazy<AnalysedArticle[]>(() => [.. sample.Select(analysed)]));
        var lessons = new double[Rounds][];
        hands.Do([.. Enumerable.Range(0, Rounds).Select<int, Action>(round => () => lessons[round] = taught.Get(Part(round), () => Written(Round(round, shown, texts.Value, tuning))))]);
        return [.. lessons.SelectMany(Read)];
    }

    /// <summary>Drops the rounds that were kept.</summary>
    public static void Forget(TaughtFile taught) => taught.Drop(Enumerable.Range(0, Rounds).Select(Part));

    private static string Part(int round) => $"lessons {round}";

    private static double[] Written(List<(double[] Evidence, bool Right)> lessons) => [.. lessons.SelectMany(l => l.Evidence.Append(l.Right ? 1 : 0))];

    private static IEnumerable<(double[] Evidence, bool Right)> Read(double[] numbers) =>
        numbers.Chunk(Evidence.Count + 1).Select(row => (row[..^1], row[^1] > 0));

    private static List<(double[] Evidence, bool Right)> Round(int round, Topic[] topics, AnalysedArticle[] analysed, SearchTuning tuning)
    {
        var lessons = new List<(double[], bool)>();
        var shown = Enumerable.Range(0, topics.Length).Where(i => i % Rounds != round).ToArray();
        var articles = shown.Select(i => analysed[i] with { Variants = [.. analysed[i].Variants.Where((_, v) => v % Rounds != round)] }).ToArray();
        var search = ArticleSearch.Build(articles, tuning);
        for (var t = 0; t < topics.Length; t++)
        {
            var isHidden = t % Rounds == round;
            foreach (var variant in analysed[t].Variants.Where((_, v) => isHidden || v % Rounds == round).Take(isHidden && topics[t].Kind != TopicKind.OutOfScope ? MostAskedOfHidden : MostAsked))
            {
                var result = search.Find(variant);
                if (result.Candidates.Count == 0)
                    continue;
                // What is found to be not ours is refused however sure that is, and would teach that little evidence suffices.
                var found = topics[shown[result.Candidates[0].Article]];
                if (found.Kind != TopicKind.OutOfScope)
                    lessons.Add((Evidence.Of(variant, result, search, articles), IsRight(topics[t], found)));
            }
        }

        return lessons;
    }

    // An article and the dialog it leads to are one thing.
    private static bool IsRight(Topic asked, Topic found) =>
        ReferenceEquals(asked, found) || LeadsTo(found, asked) || LeadsTo(asked, found);

    private static bool LeadsTo(Topic article, Topic dialog) =>
        dialog.Kind == TopicKind.Dialog && article.Articles.Any(a => a.Dialog == dialog.Id);
}
