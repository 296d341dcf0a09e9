namespace ChatDesk.Triage.Local;

/// <summary>What the model thinks, moved by the lists that name a topic; nothing when neither is sure.</summary>
internal static class TopicJudge
{
    public const string Other = "other";

    private const double Sure = 0.3;

    /// <summary>A listed word counts as this much probability.</summary>
    private const double ListShare = 0.4;

    /// <summary>Where a list also says how urgent it is (bribery), it knows better than any model.</summary>
    private const double FirmListShare = 1;

    public static (string Topic, double Score) Judge(NgramModel model, string folded, IReadOnlyList<(WordList List, string Words)> found, List<ReadingReason> reasons)
    {
        var chance = model.Labels.Zip(model.Predict(folded)).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        foreach (var (list, _) in found.Where(f => f.List.Topic is not null))
            chance[list.Topic!] = chance.GetValueOrDefault(list.Topic!) + (list.Urgency is null ? ListShare : FirmListShare);
        if (chance.Count == 0) return (Other, 0);
        var (topic, score) = chance.OrderByDescending(c => c.Value).First();
        if (score < Sure) return (Other, score);
        var listed = found.FirstOrDefault(f => f.List.Topic == topic);
        if (listed.List is not null && reasons.All(r => r.Code != listed.List.Code)) reasons.Add(new ReadingReason(listed.List.Code, listed.Words));
        else if (listed.List is null) reasons.Add(new ReadingReason(ReadingReason.LooksLikeTopic, model.Evidence(folded, topic)));
        return (topic, Math.Min(1, score));
    }
}
