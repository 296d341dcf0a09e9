using ChatDesk.Knowledge.Lists;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>What is decided by words alone, before any search; the order is the order of what must not be missed.</summary>
internal static class ReflexRules
{
    public const string Abuse = "abuse";

    public static (KnowledgeOutcome Outcome, string Kind)? Find(MessageForms message, KnowledgeLists lists)
    {
        if (Emergency(message, lists) is { } emergency)
            return emergency;
        if (First(lists.Bribery, message) is { } bribery)
            return (KnowledgeOutcome.Bribery, bribery);
        if (First(lists.Refusals.Where(r => r.Kind != Abuse), message) is { } refusal)
            return (KnowledgeOutcome.Refuse, refusal);
        if (lists.SmallTalkKind(message.Folded) is { } talk)
            return (KnowledgeOutcome.SmallTalk, talk);
        return lists.Handover.Matches(message) ? (KnowledgeOutcome.Handover, lists.Handover.Kind) : null;
    }

    public static (KnowledgeOutcome Outcome, string Kind)? Emergency(MessageForms message, KnowledgeLists lists) =>
        First(lists.Emergencies, message) is { } kind ? (KnowledgeOutcome.Emergency, kind) : null;

    /// <summary>Swearing. Asked only once nothing else answers: an angry person with a question still gets the answer.</summary>
    public static bool IsAbuse(MessageForms message, KnowledgeLists lists) =>
        First(lists.Refusals.Where(r => r.Kind == Abuse), message) is not null;

    /// <returns>The section a question asks for, or null.</returns>
    public static string? Section(MessageForms message, KnowledgeLists lists, Func<string, bool> exists) =>
        First(lists.Sections.Where(s => exists(s.Kind)), message);

    private static string? First(IEnumerable<PhraseRule> rules, MessageForms message) =>
        rules.FirstOrDefault(r => r.Matches(message))?.Kind;
}
