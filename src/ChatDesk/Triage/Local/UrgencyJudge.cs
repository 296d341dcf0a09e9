namespace ChatDesk.Triage.Local;

/// <summary>Listed words decide; without any, the model may raise a text, the more firmly the higher.</summary>
internal static class UrgencyJudge
{
    private const double SureOfDanger = 0.7;
    private const double SureOfUrgent = 0.5;

    public static (Urgency Urgency, double Score) Judge(NgramModel model, string folded, IReadOnlyList<(WordList List, string Words)> found, List<ReadingReason> reasons)
    {
        var listed = Urgency.Normal;
        foreach (var (list, words) in found.Where(f => f.List.Urgency is not null).OrderByDescending(f => f.List.Urgency))
        {
            reasons.Add(new ReadingReason(list.Code, words));
            if (list.Urgency > listed) listed = list.Urgency!.Value;
        }
        var (danger, urgent) = (Chance(model, folded, Urgency.Danger), Chance(model, folded, Urgency.Urgent));
        if (listed == Urgency.Danger) return (listed, 1);
        if (danger >= SureOfDanger)
        {
            reasons.Add(new ReadingReason(ReadingReason.SoundsDangerous, model.Evidence(folded, nameof(Urgency.Danger))));
            return (Urgency.Danger, danger);
        }
        if (listed == Urgency.Urgent) return (listed, 1);
        if (danger + urgent < SureOfUrgent) return (Urgency.Normal, 1 - danger - urgent);
        reasons.Add(new ReadingReason(ReadingReason.SoundsUrgent, model.Evidence(folded, nameof(Urgency.Urgent))));
        return (Urgency.Urgent, danger + urgent);
    }

    private static double Chance(NgramModel model, string folded, Urgency urgency)
    {
        var chance = model.Predict(folded);
        for (var k = 0; k < chance.Length; k++)
        {
            if (model.Labels[k] == urgency.ToString()) return chance[k];
        }
        return 0;
    }
}
