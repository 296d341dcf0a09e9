using System.Diagnostics;

namespace ChatDesk.Knowledge.Eval;

/// <summary>How one row came out.</summary>
/// <param name="Row">The question.</param>
/// <param name="Answer">What the knowledge made of it.</param>
/// <param name="Time">How long that took.</param>
internal sealed record EvalResult(EvalRow Row, KnowledgeAnswer Answer, TimeSpan Time)
{
    /// <summary>The desk did what the row wants, and hid what had to be hidden and nothing else.</summary>
    public bool IsRight => EvalLabels.Of(Answer).Intersect(Row.Expect).Any() && (Row.Masked is null || Row.Masked == Answer.Masked);

    public string Said => EvalLabels.Of(Answer)[0];

    /// <summary>The desk neither answered nor offered anything.</summary>
    public bool IsRefusal => Answer.Outcome is KnowledgeOutcome.DoNotKnow or KnowledgeOutcome.Refuse or KnowledgeOutcome.Handover;

    /// <summary>A right choice is among the first <paramref name="most"/>, whether shown as the answer or offered.</summary>
    public bool Hits(int most) =>
        EvalLabels.Of(Answer).Intersect(Row.Expect).Any() || Answer.Candidates.Take(most).Select(EvalLabels.Of).Intersect(Row.Expect).Any();
}

/// <summary>All results of one run, and the figures the acceptance asks for.</summary>
internal sealed class EvalScore(IReadOnlyList<EvalResult> results)
{
    public IReadOnlyList<EvalResult> Results { get; } = results;

    public double Accuracy => Share(Results, r => r.IsRight);

    public double FirstChoice => Share(Answerable, r => r.Hits(1));

    public double FirstThree => Share(Answerable, r => r.Hits(3));

    /// <summary>Of the rows not answered, those that should not be.</summary>
    public double RefusalPrecision => Share(Results.Where(r => r.IsRefusal), r => !r.Row.IsAnswerable);

    /// <summary>Of the rows that should not be answered, those not answered; asking back counts only where the row allows it.</summary>
    public double RefusalRecall => Share(Results.Where(r => r.Row.IsUnanswerable), r => r.IsRefusal || r.IsRight);

    private IEnumerable<EvalResult> Answerable => Results.Where(r => r.Row.IsAnswerable);

    public static EvalScore Of(KnowledgeSnapshot knowledge, IEnumerable<EvalRow> rows) => new([.. rows.Select(row => Ask(knowledge, row))]);

    public TimeSpan Quantile(double share)
    {
        var times = Results.Select(r => r.Time).Order().ToArray();
        return times.Length == 0 ? TimeSpan.Zero : times[Math.Min(times.Length - 1, (int)(share * times.Length))];
    }

    public static double Share(IEnumerable<EvalResult> results, Func<EvalResult, bool> right)
    {
        var all = results.ToArray();
        return all.Length == 0 ? 1 : (double)all.Count(right) / all.Length;
    }

    private static EvalResult Ask(KnowledgeSnapshot knowledge, EvalRow row)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = knowledge.Ask(row.Text, row.Text.Any(Text.ThaiText.IsThai) ? "th" : "en");
        return new EvalResult(row, answer, Stopwatch.GetElapsedTime(started));
    }
}
