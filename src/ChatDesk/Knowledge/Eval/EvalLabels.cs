using ChatDesk.Knowledge.Reflexes;

namespace ChatDesk.Knowledge.Eval;

/// <summary>The labels of evaluation rows, and which of them an answer earns.</summary>
internal static class EvalLabels
{
    public static bool IsTopic(string label) =>
        label.StartsWith("kb:", StringComparison.Ordinal) || label.StartsWith("dialog:", StringComparison.Ordinal);

    /// <summary>What a message that only sounds alarming must come out as.</summary>
    private const string Harmless = "harmless";

    /// <returns>
    /// The label of the answer first, then what it also counts as: not to answer is both "refuse" and "handover", since a person is
    /// offered; and everything that is no alarm is "harmless".
    /// </returns>
    public static string[] Of(KnowledgeAnswer answer) => IsAlarm(answer) ? Labels(answer) : [.. Labels(answer), Harmless];

    private static bool IsAlarm(KnowledgeAnswer answer) =>
        answer.Outcome is KnowledgeOutcome.Emergency or KnowledgeOutcome.Bribery
        || (answer.Outcome == KnowledgeOutcome.Refuse && answer.Kind != ReflexRules.OutOfScope);

    private static string[] Labels(KnowledgeAnswer answer) => answer.Outcome switch
    {
        KnowledgeOutcome.Answer => [$"kb:{answer.Slug}"],
        KnowledgeOutcome.StartDialog => [$"dialog:{answer.Dialog}"],
        KnowledgeOutcome.DidYouMean => ["clarify"],
        KnowledgeOutcome.SmallTalk => ["smalltalk"],
        KnowledgeOutcome.Refuse => ["refuse"],
        KnowledgeOutcome.DoNotKnow => ["unknown", "refuse", "handover"],
        KnowledgeOutcome.Handover => ["handover", "dialog:request_human"],
        KnowledgeOutcome.Emergency => ["emergency"],
        KnowledgeOutcome.Bribery => ["bribery", "kb:report-bribery"],
        _ => [],
    };

    public static string Of(KnowledgeCandidate candidate) => candidate.Kind switch
    {
        TopicKind.Article => $"kb:{candidate.Id}",
        TopicKind.Dialog => $"dialog:{candidate.Id}",
        _ => "refuse",
    };
}
