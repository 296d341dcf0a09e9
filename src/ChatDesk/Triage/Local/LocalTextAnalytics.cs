namespace ChatDesk.Triage.Local;

/// <summary>
/// Reads texts without asking anybody: lists that editors change say what must never be missed, and a small model taught from
/// the agency's own labelled lines says the rest. Well under a millisecond; every reading names its words.
/// </summary>
/// <param name="contentOf">The lists and lines in force for an agency; <see cref="TriageContent.Empty"/> for none.</param>
internal sealed class LocalTextAnalytics(Func<string, TriageContent> contentOf) : ITextAnalytics
{
    public const string Source = "local";

    public ValueTask<TextReading> ReadAsync(string agency, string maskedText, CancellationToken stopping) => new(Read(agency, maskedText));

    public TextReading Read(string agency, string maskedText)
    {
        var content = contentOf(agency);
        var folded = FoldedText.Of(maskedText);
        var found = content.Lists.Select(list => (List: list, Words: list.Find(folded))).Where(f => f.Words is not null).Select(f => (f.List, f.Words!)).ToList();
        var reasons = new List<ReadingReason>();
        var urgency = UrgencyJudge.Judge(content.UrgencyModel, folded, found, reasons);
        var sentiment = SentimentJudge.Judge(content.SentimentModel, maskedText, folded, found, reasons);
        var topic = TopicJudge.Judge(content.TopicModel, folded, found, reasons);
        return new TextReading
        {
            Language = ScriptLanguage.Of(maskedText),
            Urgency = urgency.Urgency,
            UrgencyScore = urgency.Score,
            Sentiment = sentiment.Sentiment,
            SentimentScore = sentiment.Score,
            Topic = topic.Topic,
            TopicScore = topic.Score,
            Reasons = reasons,
            Source = Source,
        };
    }
}
