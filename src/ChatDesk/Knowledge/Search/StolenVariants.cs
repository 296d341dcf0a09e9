namespace ChatDesk.Knowledge.Search;

/// <summary>Finds variants that lead to another topic than the one that lists them: two articles that an editor must tell apart.</summary>
internal static class StolenVariants
{
    // On a large knowledge this is an editor's tool, not worth seconds of every reload.
    private const int MostTopics = 1000;

    /// <returns>Of each stolen one: its topic, its place there, and the topic that wins it.</returns>
    public static (int Owner, int Variant, int Thief)[] Find(IReadOnlyList<Topic> topics, IReadOnlyList<AnalysedArticle> analysed, ArticleSearch search)
    {
        if (topics.Count > MostTopics)
            return [];
        var stolen = new List<(int, int, int)>();
        for (var t = 0; t < topics.Count; t++)
        {
            if (topics[t].Kind == TopicKind.OutOfScope)
                continue;
            for (var v = 0; v < topics[t].Variants.Count; v++)
            {
                var top = search.Find(analysed[t].Variants[v], 3).Candidates;
                if (top.Count > 0 && top[0].Article != t)
                    stolen.Add((t, v, top[0].Article));
            }
        }

        return [.. stolen];
    }

    public static IEnumerable<KnowledgeProblem> Check(IReadOnlyList<Topic> topics, (int Owner, int Variant, int Thief)[] stolen) =>
        stolen.Select(s => Problem(topics[s.Owner], topics[s.Thief], topics[s.Owner].Variants[s.Variant]));

    private static KnowledgeProblem Problem(Topic owner, Topic thief, string variant)
    {
        var article = owner.Articles.FirstOrDefault(a => a.Variants.Contains(variant));
        return new KnowledgeProblem(
            ProblemLevel.Warning,
            article?.File ?? $"{Lists.KnowledgeLists.Folder}/dialogs.yaml",
            article?.LineOf("variants") ?? 0,
            $"The question '{variant}' of '{owner.Id}' is won by '{thief.Id}'.",
            "Move it there, or add variants that tell the two apart.");
    }
}
