namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// One kind of message, told by its words. An exception of one part ("ถังดับเพลิง") is read over: words inside it do
/// not count, words beside it do. One of two parts ("ไฟไหม้ + ใบแทน") clears the whole message.
/// </summary>
internal sealed class PhraseRule(string kind, IEnumerable<string> any, IEnumerable<string> unless, bool forgiving = true)
{
    private readonly Phrase[] _any = [.. any.Select(p => new Phrase(p, forgiving))];
    private readonly Phrase[] _unless = [.. unless.Select(p => new Phrase(p))];

    public string Kind { get; } = kind;

    /// <summary>What is left of a message when this rule's words are taken out.</summary>
    public MessageForms Cut(MessageForms message) =>
        _any.Where(p => p.IsOnePart && p.Folded.Length > 0).OrderByDescending(p => p.Folded.Length).Aggregate(message, (m, p) => m.Without(p.Folded));

    public bool Matches(MessageForms message)
    {
        if (!Array.Exists(_any, p => p.OccursIn(message)))
            return false;
        if (Array.Exists(_unless, p => !p.IsOnePart && p.OccursIn(message)))
            return false;
        var rest = _unless.Where(p => p.IsOnePart).Aggregate(message, (m, p) => m.Without(p.Folded));
        return Array.Exists(_any, p => p.OccursIn(rest));
    }
}
