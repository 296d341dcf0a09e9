namespace ChatDesk.Triage.Local;

/// <summary>The model's sentiment, moved by listed words and by the way the text is written.</summary>
internal static class SentimentJudge
{
    /// <summary>Each list that speaks halves the doubt and the opposite.</summary>
    private const double ListShare = 0.5;

    private static readonly string[] AngryFaces = ["😡", "🤬", "😠", "👎", "😤"];
    private static readonly string[] GladFaces = ["😊", "😀", "😃", "🙏", "👍", "❤", "😍", "🥰"];

    public static (Sentiment Sentiment, double Score) Judge(
        NgramModel model, string text, string folded, IReadOnlyList<(WordList List, string Words)> found, List<ReadingReason> reasons)
    {
        var (negative, positive) = (Chance(model, folded, Sentiment.Negative), Chance(model, folded, Sentiment.Positive));
        var modelled = (negative, positive);
        foreach (var (list, words) in found.Where(f => f.List.Sentiment is not null))
        {
            if (list.Urgency is null) reasons.Add(new ReadingReason(list.Code, words));
            if (list.Sentiment == Sentiment.Negative) (negative, positive) = Towards(negative, positive);
            else if (list.Sentiment == Sentiment.Positive) (positive, negative) = Towards(positive, negative);
        }
        if (Shouts(text) is { } shout)
        {
            reasons.Add(new ReadingReason(ReadingReason.Shouting, shout));
            negative += (1 - negative) * ListShare * (positive > 0.6 ? 0 : 1);
        }
        if (GladFaces.Any(f => text.Contains(f, StringComparison.Ordinal))) positive += (1 - positive) * ListShare;
        // Praise in so many words beside blame in so many words is both.
        var both = found.Any(f => f.List.Sentiment == Sentiment.Negative) && found.Any(f => f.List.Sentiment == Sentiment.Positive);
        if (both || Chance(model, folded, Sentiment.Mixed) >= 0.5) return (Sentiment.Mixed, Math.Max(Chance(model, folded, Sentiment.Mixed), Math.Min(negative, positive)));
        return Decide(model, folded, (negative, positive), modelled, reasons);
    }

    private static (Sentiment Sentiment, double Score) Decide(
        NgramModel model, string folded, (double Negative, double Positive) chance, (double Negative, double Positive) modelled, List<ReadingReason> reasons)
    {
        if (chance.Negative >= 0.5 && chance.Negative >= chance.Positive)
        {
            if (modelled.Negative >= 0.5) reasons.Add(new ReadingReason(ReadingReason.SoundsNegative, model.Evidence(folded, nameof(Sentiment.Negative))));
            return (Sentiment.Negative, chance.Negative);
        }
        if (chance.Positive >= 0.5)
        {
            if (modelled.Positive >= 0.5) reasons.Add(new ReadingReason(ReadingReason.SoundsPositive, model.Evidence(folded, nameof(Sentiment.Positive))));
            return (Sentiment.Positive, chance.Positive);
        }
        return (Sentiment.Neutral, 1 - Math.Max(chance.Negative, chance.Positive));
    }

    private static (double For, double Against) Towards(double chance, double opposite) => (chance + ((1 - chance) * ListShare), opposite * ListShare);

    private static double Chance(NgramModel model, string folded, Sentiment sentiment) =>
        model.Predict(folded).Where((_, k) => model.Labels[k] == sentiment.ToString()).FirstOrDefault();

    /// <summary>Three exclamation marks, an angry face, or a whole sentence in capitals.</summary>
    private static string? Shouts(string text)
    {
        if (text.Contains("!!!", StringComparison.Ordinal)) return "!!!";
        if (AngryFaces.FirstOrDefault(f => text.Contains(f, StringComparison.Ordinal)) is { } face) return face;
        var letters = text.Count(char.IsAsciiLetter);
        return letters >= 15 && text.Count(char.IsAsciiLetterUpper) > letters * 0.8 ? text[..Math.Min(text.Length, 30)] : null;
    }
}
