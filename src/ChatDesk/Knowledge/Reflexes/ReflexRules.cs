using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>What words alone decided.</summary>
internal readonly record struct Reflex(KnowledgeOutcome Outcome, string Kind);

/// <summary>What is decided by words alone, before any search; the order is the order of what must not be missed.</summary>
internal sealed class ReflexRules(KnowledgeLists lists)
{
    public const string Abuse = "abuse";
    public const string OutOfScope = "out-of-scope";

    /// <param name="query">As the contact wrote it.</param>
    /// <param name="repaired">The same, with a forgotten keyboard switch undone.</param>
    public Reflex? Find(string query, MessageForms repaired) =>
        Emergency(query) ?? Any(repaired) ?? Respelt(repaired, Any);

    /// <summary>An emergency, also misspelt, also when the keyboard was not switched: no English reads as a Thai cry for help.</summary>
    public Reflex? Emergency(string query)
    {
        var message = new MessageForms(query);
        return Emergency(message)
            ?? Respelt(message, Emergency)
            ?? (query.Any(ThaiText.IsThai) ? null : Emergency(new MessageForms(Kedmanee.ToThai(query))));
    }

    /// <summary>Swearing. Asked only once nothing else answers: an angry person with a question still gets the answer.</summary>
    public bool IsAbuse(MessageForms message) => First(lists.Refusals.Where(r => r.Kind == Abuse), message) is not null;

    /// <returns>The section a question asks for, of those that exist, or null.</returns>
    public string? Section(MessageForms message, Func<string, bool> exists) =>
        First(lists.Sections.Where(s => exists(s.Kind)), message);

    private Reflex? Any(MessageForms message)
    {
        if (Emergency(message) is { } emergency)
            return emergency;
        if (First(lists.Bribery, message) is { } bribery)
            return new Reflex(KnowledgeOutcome.Bribery, bribery);
        if (First(lists.Refusals.Where(r => r.Kind != Abuse), message) is { } refusal)
            return new Reflex(KnowledgeOutcome.Refuse, refusal);
        if (lists.SmallTalkKind(message.Folded) is { } talk)
            return new Reflex(KnowledgeOutcome.SmallTalk, talk);
        return lists.Handover.Matches(message) ? new Reflex(KnowledgeOutcome.Handover, lists.Handover.Kind) : null;
    }

    private Reflex? Emergency(MessageForms message) =>
        First(lists.Emergencies, message) is { } kind ? new Reflex(KnowledgeOutcome.Emergency, kind) : null;

    private Reflex? Respelt(MessageForms message, Func<MessageForms, Reflex?> ask)
    {
        var respelt = lists.SearchWords.Replacements.Apply(message.Folded);
        return ReferenceEquals(respelt, message.Folded) ? null : ask(new MessageForms(respelt));
    }

    private static string? First(IEnumerable<PhraseRule> rules, MessageForms message) =>
        rules.FirstOrDefault(r => r.Matches(message))?.Kind;
}
