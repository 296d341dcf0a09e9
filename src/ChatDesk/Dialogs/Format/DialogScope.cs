using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>What the parts of one dialog file know of each other while it is read: slots, tables, and where conditions are parsed.</summary>
internal sealed class DialogScope(IReadOnlyDictionary<string, Slot> slots, Findings findings)
{
    private static readonly string[] Builtin = ["title", "today", "language"];

    private readonly Dictionary<string, ValueKind> _types = Types(slots);

    public Findings Findings => findings;

    public IReadOnlyDictionary<string, Slot> Slots => slots;

    public IReadOnlyDictionary<string, Table> Tables { get; set; } = new Dictionary<string, Table>();

    public static Dictionary<string, ValueKind> Types(IReadOnlyDictionary<string, Slot> slots) => slots.Values
        .SelectMany(s => s.PartNames.Prepend((s.Name, s.Type)))
        .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    public Expression? Parse(string? text, int line)
    {
        if (text is null)
            return null;
        try
        {
            return ExpressionParser.Parse(text, Facts);
        }
        catch (ExpressionException broken)
        {
            findings.Add(line, broken.Message, broken.Remedy);
            return null;
        }
    }

    /// <summary>A condition: something that is yes or no.</summary>
    public Expression? Condition(Fields fields, string key)
    {
        var expression = Parse(fields.Text(key), fields.LineOf(key));
        if (expression is null || expression.Type == ValueKind.YesNo)
            return expression;
        findings.Add(fields.LineOf(key), $"'{key}' is a {expression.Type}, not a condition.", "Compare it with something, for example area > 200.");
        return null;
    }

    private SlotFacts? Facts(string name)
    {
        if (name == "language")
            return new SlotFacts(ValueKind.Text, ["th", "en"]);
        if (!_types.TryGetValue(name, out var type))
            return null;
        return new SlotFacts(type, slots.TryGetValue(name, out var slot) && slot.Kind == AnswerKind.Choice ? [.. slot.Choices.Select(c => c.Value)] : null);
    }

    /// <summary>Reports holes that name no slot.</summary>
    public Localized? Checked(Localized? text, int line)
    {
        foreach (var hole in text?.Holes.Distinct() ?? [])
        {
            if (!_types.ContainsKey(hole) && !Builtin.Contains(hole))
                findings.Add(line, $"The text names slot '{hole}', which does not exist.", "Declare it under slots, or correct its name between { and }.");
        }
        return text;
    }

    public string? Slot(string? name, int line)
    {
        if (name is null || slots.ContainsKey(name))
            return name;
        findings.Add(line, $"There is no slot '{name}'.", "Declare it under slots, or correct its name.");
        return null;
    }

    /// <summary>Pairs of slot and calculation: <c>{ total: "rate * area" }</c>.</summary>
    public IReadOnlyList<(string Slot, Expression Value)> Assignments(IReadOnlyList<YamlEntry> entries)
    {
        var pairs = new List<(string, Expression)>();
        foreach (var entry in entries)
        {
            if (Slot(entry.Key, entry.Line) is not { } slot || entry.Value is not YamlText text || Parse(text.Value, entry.Value.Line) is not { } value)
                continue;
            if (value.Type != ValueKind.None && value.Type != slots[slot].Type)
                findings.Add(entry.Line, $"Slot '{slot}' holds a {slots[slot].Type}, but a {value.Type} is put into it.", "Change the calculation or the slot's kind.");
            else if (slots[slot].Kind == AnswerKind.Choice && value is Literal { Type: ValueKind.Text } literal && slots[slot].Choices.All(c => c.Value != literal.Value.Text))
                findings.Add(entry.Line, $"'{literal.Value.Text}' is not a choice of slot '{slot}'.", "Use one of its values.");
            else
                pairs.Add((slot, value));
        }
        return pairs;
    }

    /// <summary>Pairs of own slot and a name that belongs to somebody else.</summary>
    public IReadOnlyList<(string Slot, string Field)> Pairs(IReadOnlyList<YamlEntry> entries)
    {
        var pairs = new List<(string, string)>();
        foreach (var entry in entries)
        {
            if (Slot(entry.Key, entry.Line) is { } slot && entry.Value is YamlText { Value.Length: > 0 } field)
                pairs.Add((slot, field.Value));
        }
        return pairs;
    }

    public Saying? Saying(Fields step, string textKey, bool needed)
    {
        if (needed && !step.Has(textKey) && !step.Has("card"))
        {
            findings.Add(step.Line, $"'{textKey}' is missing.", $"Add '{textKey}: {{ th: …, en: … }}'.");
            return null;
        }
        var text = Checked(step.Localized(textKey), step.LineOf(textKey));
        var card = step.Map("card") is { } fields ? Card(fields) : null;
        return text is null && card is null ? null : new Saying(text, card);
    }

    private CardText? Card(Fields fields)
    {
        var title = Checked(fields.NeededLocalized("title"), fields.LineOf("title"));
        var lines = fields.Maps("lines").Select(CardLine).OfType<CardLineText>().ToList();
        var buttons = fields.Maps("buttons").Select(CardButton).OfType<CardButtonText>().ToList();
        if (lines.Count > 20 || buttons.Count > 4)
            findings.Add(fields.Line, $"A card with {lines.Count} lines and {buttons.Count} buttons.", "Keep to 20 lines and 4 buttons; LINE shows no more.");
        fields.Close();
        return title is null ? null : new CardText(title, lines, buttons);
    }

    private CardLineText? CardLine(Fields line)
    {
        var label = Checked(line.Localized("label"), line.Line);
        var value = Checked(line.NeededLocalized("value"), line.Line);
        var when = Condition(line, "when");
        line.Close();
        return value is null ? null : new CardLineText(label, value, when);
    }

    private CardButtonText? CardButton(Fields button)
    {
        var label = button.NeededLocalized("label");
        var url = button.NeededText("url", "https://example.go.th");
        DialogLint.Label(label, button.Line, findings);
        if (url is not null && !(url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("tel:", StringComparison.Ordinal)))
            findings.Add(button.LineOf("url"), $"'{url}' is not a safe address.", "Use an address that begins with https:// or tel:.");
        button.Close();
        return label is null || url is null ? null : new CardButtonText(label, url);
    }
}
