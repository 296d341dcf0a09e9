namespace ChatDesk.Triage.Local;

/// <summary>What an agency's editors wrote for triage, ready to read texts with. Immutable.</summary>
internal sealed class TriageContent
{
    public static readonly TriageContent Empty = new([], []);

    /// <param name="lists">In the file's order; earlier ones are named first as reasons.</param>
    /// <param name="lines">What the models learn from.</param>
    public TriageContent(IReadOnlyList<WordList> lists, IReadOnlyList<LabelledLine> lines)
    {
        Lists = lists;
        Lines = lines;
        UrgencyModel = NgramModel.Teach([.. lines.Select(l => (l.Folded, l.Urgency.ToString()))]);
        SentimentModel = NgramModel.Teach([.. lines.Select(l => (l.Folded, l.Sentiment.ToString()))]);
        TopicModel = NgramModel.Teach([.. lines.Select(l => (l.Folded, l.Topic))]);
    }

    public IReadOnlyList<WordList> Lists { get; }

    public IReadOnlyList<LabelledLine> Lines { get; }

    public NgramModel UrgencyModel { get; }

    public NgramModel SentimentModel { get; }

    public NgramModel TopicModel { get; }
}

/// <summary>A text, folded (<see cref="FoldedText"/>), as an editor has labelled it.</summary>
internal sealed record LabelledLine(string Folded, Urgency Urgency, Sentiment Sentiment, string Topic);
