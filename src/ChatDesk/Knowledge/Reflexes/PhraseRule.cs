namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// One kind of message, told by its words. An exception of one part ("ถังดับเพลิง") is read over: words inside it do
/// not count, words beside it do. One of two parts ("ไฟไหม้ + ใบแทน") clears the whole message.
/// </summary>
internal sealed class PhraseRule(string kind, IEnumerable<string> any, IEnumerable<string> unless, bool forgiving = true)
{
    private readonly Phrase[] _any = [.. any.Select(p => new Phrase(p, forgiving))];
    private readonly Phrase[] _readOver = [.. unless.Select(p => new Phrase(p)).Where(p => p.IsOnePart)];
    private readonly Phrase[] _clearing = [.. unless.Select(p => new Phrase(p)).Where(p => !p.IsOnePart)];

    public string Kind { get; } = kind;

    /// <summary>What is left of a message when this rule's words are taken out.</summary>
    public MessageForms Cut(MessageForms message) =>
        _any.Where(p => p.IsOnePart && p.Folded.Length > 0).OrderByDescending(p => p.Folded.Length).Aggregate(message, (m, p) => m.Without(p.Folded));

    public bool Matches(MessageForms message)
    {
        if (!OneOccurs(_any, message) || OneOccurs(_clearing, message))
            return false;
        var rest = message;
        foreach (var phrase in _readOver)
            rest = rest.Without(phrase.Folded);
        return ReferenceEquals(rest, message) || OneOccurs(_any, rest);
    }

    private static bool OneOccurs(Phrase[] phrases, MessageForms message)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.OccursIn(message))
                return true;
        }

        return false;
    }
}
