using ChatDesk.Knowledge.Alarms;
using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>What was decided before any search; with the alarm it was read from when the model heard it, and whether a list has the words too.</summary>
internal readonly record struct Reflex(KnowledgeOutcome Outcome, string Kind, Alarm? Alarm = null, bool IsListed = true);

/// <summary>
/// What is decided before any search; the order is the order of what must not be missed. Lists say what certainly is an alarm, the
/// model what sounds like one in other words; and what a list takes for an alarm is none where the model is sure it is harmless.
/// </summary>
internal sealed class ReflexRules(KnowledgeLists lists, AlarmWatch watch, KnowledgeOptions options)
{
    public const string Abuse = "abuse";
    public const string OutOfScope = "out-of-scope";

    /// <summary>What is not an <see cref="Emergency(MessageForms)"/> as it was written, but may be one with a forgotten keyboard switch undone.</summary>
    /// <param name="written">As the contact wrote it.</param>
    /// <param name="repaired">The same; the very same where the keyboard was switched as it should be, for then nobody asks again whether it is an emergency.</param>
    public Reflex? Find(MessageForms written, MessageForms repaired)
    {
        var (alarm, isNew) = (Heard(repaired), !ReferenceEquals(written, repaired));
        return Any(repaired, alarm, isNew) ?? (Respelt(repaired) is { } respelt ? Any(respelt, alarm, isNew) : null);
    }

    /// <summary>An emergency, also misspelt, also when the keyboard was not switched: no English reads as a Thai cry for help.</summary>
    public Reflex? Emergency(MessageForms message)
    {
        var (alarm, respelt) = (Heard(message), Respelt(message));
        if (IsBelieved(alarm) && lists.Emergencies.Any(e => e.Kind == alarm.Kind))
            return new Reflex(KnowledgeOutcome.Emergency, alarm.Kind, alarm, IsListed(message, respelt));
        return Emergency(message, alarm)
            ?? (respelt is null ? null : Emergency(respelt, alarm))
            ?? (message.Text.Any(ThaiText.IsThai) ? null : Emergency(new MessageForms(Kedmanee.ToThai(message.Text)), Alarm.None));
    }

    /// <summary>Swearing. Asked only once nothing else answers: an angry person with a question still gets the answer.</summary>
    public bool IsAbuse(MessageForms message) =>
        First(lists.Refusals.Where(r => r.Kind == Abuse), message) is not null || (watch.Read(message.Folded) is { Kind: Abuse } alarm && IsBelieved(alarm));

    /// <summary>
    /// Whether what reads like the article on bribery may be a report. One group of words alone that the model does not believe ("เก็บเงินเกิน")
    /// may as well be about a fee or a shop, and is asked about.
    /// </summary>
    public bool MayReport(MessageForms message) => watch.Read(message.Folded) is var alarm && (alarm.Signs.Count != 1 || IsBelieved(alarm));

    /// <returns>The sections a question asks for ("ที่ไหน เท่าไร"), of those that exist, in the order of the list.</returns>
    public IReadOnlyList<string> Sections(MessageForms message, Func<string, bool> exists) =>
        [.. lists.Sections.Where(s => exists(s.Kind) && s.Matches(message)).Select(s => s.Kind)];

    /// <returns>Null when no word of it is among those that editors have respelt.</returns>
    public MessageForms? Respelt(MessageForms message)
    {
        var respelt = lists.SearchWords.Replacements.Apply(message.Folded);
        return ReferenceEquals(respelt, message.Folded) ? null : new MessageForms(respelt);
    }

    private bool IsListed(MessageForms message, MessageForms? respelt) =>
        First(lists.Emergencies, message) is not null || (respelt is not null && First(lists.Emergencies, respelt) is not null);

    private Reflex? Any(MessageForms message, Alarm alarm, bool isNew)
    {
        if (isNew && Emergency(message, alarm) is { } emergency)
            return emergency;
        if (Named(lists.Bribery, message, alarm) is { } bribery)
            return new Reflex(KnowledgeOutcome.Bribery, bribery.Kind, bribery.Alarm);
        if (Named(lists.Refusals.Where(r => r.Kind != Abuse), message, alarm) is { } refusal)
            return new Reflex(KnowledgeOutcome.Refuse, refusal.Kind, refusal.Alarm);
        if (lists.SmallTalkKind(message.Folded) is { } talk)
            return new Reflex(KnowledgeOutcome.SmallTalk, talk);
        return lists.Handover.Matches(message) ? new Reflex(KnowledgeOutcome.Handover, lists.Handover.Kind) : null;
    }

    private Reflex? Emergency(MessageForms message, Alarm alarm) =>
        !IsHarmless(alarm) && First(lists.Emergencies, message) is { } kind ? new Reflex(KnowledgeOutcome.Emergency, kind) : null;

    /// <summary>The first kind, in the order of the file, that its list or the model hears: a trick that also names data is a trick.</summary>
    private (string Kind, Alarm? Alarm)? Named(IEnumerable<PhraseRule> rules, MessageForms message, Alarm alarm)
    {
        foreach (var rule in rules)
        {
            if (!IsHarmless(alarm) && rule.Matches(message))
                return (rule.Kind, null);
            if (IsBelieved(alarm) && rule.Kind == alarm.Kind)
                return (alarm.Kind, alarm);
        }

        return null;
    }

    // "ลาก่อน" and "คุณเป็นใคร", standing alone, are what smalltalk.yaml says they are.
    private Alarm Heard(MessageForms message) => lists.SmallTalkKind(message.Folded) is null ? watch.Read(message.Folded) : Alarm.None;

    private bool IsBelieved(Alarm alarm) => alarm.Probability >= options.AlarmAt;

    // Without signs the model has nothing to say, and the list stands.
    private bool IsHarmless(Alarm alarm) => alarm.Signs.Count > 0 && alarm.Harmless >= options.HarmlessAt;

    private static string? First(IEnumerable<PhraseRule> rules, MessageForms message) =>
        rules.FirstOrDefault(r => r.Matches(message))?.Kind;
}
