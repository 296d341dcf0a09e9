namespace ChatDesk.Knowledge;

/// <summary>When the desk dares to answer. Set one step stricter than wanted: real questions are odder than tested ones.</summary>
internal sealed record KnowledgeOptions
{
    /// <summary>From this probability of being right on, one article answers.</summary>
    public double AnswerAt { get; init; } = .60;

    /// <summary>From this one on, likely articles are offered; below it the desk says it does not know.</summary>
    public double SuggestAt { get; init; } = .35;

    /// <summary>Two to four.</summary>
    public int MostSuggestions { get; init; } = 3;

    public Search.SearchTuning Tuning { get; init; } = new();
}
