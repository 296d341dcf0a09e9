using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>Turns texts with holes into what the contact reads, in the contact's language.</summary>
internal static class Speech
{
    /// <summary>Begins the hidden value of every button of a dialog.</summary>
    public const string DataPrefix = "dialog:";

    /// <summary>The hidden value of the button that begins what the words seem to be about instead.</summary>
    public const string OtherMatter = DataPrefix + "!other_matter";

    public static OutboundActivity Of(Walk walk, Saying saying, IReadOnlyList<Choice> choices) => new()
    {
        Text = saying.Text is null ? null : Fill(walk, saying.Text),
        Card = saying.Card is null ? null : Draw(walk, saying.Card),
        Choices = choices,
    };

    /// <param name="walk">Where the slots are.</param>
    /// <param name="text">What to say.</param>
    /// <param name="label">Goes into the hole <c>{label}</c>.</param>
    /// <param name="value">Goes into the hole <c>{value}</c>.</param>
    public static string Fill(Walk walk, Localized text, string? label = null, string? value = null) => text.For(walk.Language).Fill(hole => hole switch
    {
        "label" when label is not null => label,
        "value" when value is not null => value,
        "title" => walk.Top.Dialog.Title.For(walk.Language).Source,
        "today" => Shown.Date(walk.Context.Today, walk.Book.Vocabulary, walk.Language),
        _ => Show(walk, hole),
    });

    /// <summary>A slot's value as a person reads it.</summary>
    public static string Show(Walk walk, string name)
    {
        if (walk.Read(name) is not { } stored)
            return Blank(walk);
        return walk.Top.Dialog.Slots.TryGetValue(name, out var slot) ? Show(walk, slot, stored) : stored;
    }

    public static string Show(Walk walk, Slot slot, string stored) => slot.Kind switch
    {
        AnswerKind.Choice => slot.Choices.FirstOrDefault(c => c.Value == stored)?.Label.For(walk.Language).Source ?? stored,
        AnswerKind.YesNo => Fill(walk, walk.Book.Repair.Replies[stored == "yes" ? "yes" : "no"]),
        AnswerKind.Number or AnswerKind.Amount => Shown.Number(Value.Read(ValueKind.Number, stored).Number),
        AnswerKind.Date when Value.Read(ValueKind.Date, stored).AsDate is { } date => Shown.Date(date, walk.Book.Vocabulary, walk.Language),
        AnswerKind.File => stored.Split(' ').Length.ToString(CultureInfo.InvariantCulture),
        _ => stored,
    };

    /// <summary>What may be tapped under a question.</summary>
    public static List<Choice> Choices(Walk walk, string step, Slot slot)
    {
        var choices = new List<Choice>();
        if (slot.Kind == AnswerKind.Choice)
            choices.AddRange(slot.Choices.Select(c => new Choice(c.Label.For(walk.Language).Source, Data: Data(walk, step, c.Value))));
        if (slot.Kind == AnswerKind.YesNo)
            choices.AddRange([new Choice(walk.Words("yes"), Data: Data(walk, step, "yes")), new Choice(walk.Words("no"), Data: Data(walk, step, "no"))]);
        if (slot.Optional)
            choices.Add(Button(walk, "skip"));
        return choices;
    }

    /// <summary>A button for one of the engine's own commands.</summary>
    public static Choice Button(Walk walk, string command) => new(walk.Words(command), Data: $"{DataPrefix}!{command}");

    /// <summary>A button whose text may be longer than fits on it; cut between text elements, never inside one.</summary>
    public static Choice Cut(string label, string data)
    {
        if (label.Length <= DialogLint.MaxLabel)
            return new Choice(label, Data: data);
        var elements = StringInfo.GetTextElementEnumerator(label);
        var end = 0;
        while (elements.MoveNext() && elements.ElementIndex + elements.GetTextElement().Length < DialogLint.MaxLabel)
            end = elements.ElementIndex + elements.GetTextElement().Length;
        return new Choice(label[..end].TrimEnd() + "…", Text: label, Data: data);
    }

    private static string Data(Walk walk, string step, string value) => $"{DataPrefix}{walk.Top.Dialog.Name}/{step}:{value}";

    private static string Blank(Walk walk) => walk.Book.Repair.Replies["blank"].For(walk.Language).Source;

    private static Card Draw(Walk walk, CardText card) => new(
        Fill(walk, card.Title),
        [.. card.Lines.Where(l => l.When is null || l.When.Holds(walk.Scope)).Select(l => new CardLine(l.Label is null ? null : Fill(walk, l.Label), Fill(walk, l.Value)))],
        [.. card.Buttons.Select(b => new Choice(Fill(walk, b.Label), Url: b.Url))]);
}
