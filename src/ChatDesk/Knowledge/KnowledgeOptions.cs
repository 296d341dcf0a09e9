namespace ChatDesk.Knowledge;

/// <summary>When the desk dares to answer. Set one step stricter than wanted: real questions are odder than tested ones.</summary>
internal sealed record KnowledgeOptions
{
    /// <summary>From this probability of being right on, one article answers.</summary>
    public double AnswerAt { get; init; } = .60;

    /// <summary>The same where a word that no article knows takes the place of what the article is about (<see cref="Knowing.Evidence.IsStrange"/>).</summary>
    public double StrangeAnswerAt { get; init; } = .90;

    /// <summary>From this one on, likely articles are offered; below it the desk says it does not know.</summary>
    public double SuggestAt { get; init; } = .35;

    /// <summary>From this probability on, the alarm model is believed where no list has the words.</summary>
    public double AlarmAt { get; init; } = .50;

    /// <summary>From this probability of being harmless on, the model is believed against a list: "บาดเจ็บ" in a question about social security.</summary>
    public double HarmlessAt { get; init; } = .95;

    /// <summary>Two to four.</summary>
    public int MostSuggestions { get; init; } = 3;

    public Search.SearchTuning Tuning { get; init; } = new();
}
