using System.Globalization;
using System.Text.RegularExpressions;
using ChatDesk.Dialogs.Answers;

namespace ChatDesk.Dialogs.Format;

/// <summary>Reads the <c>slots</c> of a dialog file.</summary>
internal static class SlotReader
{
    /// <summary>Above this a choice no longer fits under a LINE message as quick replies.</summary>
    public const int MaxChoices = 13;

    private static readonly Dictionary<string, AnswerKind> Kinds = Enum.GetValues<AnswerKind>().ToDictionary(Snake, k => k);

    public static IEnumerable<string> KindNames => Kinds.Keys;

    public static bool TryKind(string name, out AnswerKind kind) => Kinds.TryGetValue(name, out kind);

    public static Dictionary<string, Slot> Read(Fields dialog)
    {
        var slots = new Dictionary<string, Slot>(StringComparer.Ordinal);
        foreach (var entry in dialog.Entries("slots"))
        {
            if (!DialogLint.IsName(entry.Key) || entry.Key is "end" or "none" or "yes" or "no" or "true" or "false" or "and" or "or" or "not" or "language" or "title" or "today" or "label" or "value")
                dialog.Findings.Add(entry.Line, $"'{entry.Key}' cannot be the name of a slot.", "Use small letters, digits and _, beginning with a letter, and no word of the condition language.");
            else if (entry.Value is not YamlMap map)
                dialog.Findings.Add(entry.Line, $"Slot '{entry.Key}' has no keys.", "Add at least kind and label under it.");
            else if (One(entry.Key, new Fields(map, dialog.Findings)) is { } slot)
                slots.Add(entry.Key, slot);
        }
        return slots;
    }

    private static Slot? One(string name, Fields fields)
    {
        var kindName = fields.NeededText("kind", "number");
        var label = fields.NeededLocalized("label");
        if (kindName is not null && !Kinds.ContainsKey(kindName))
            fields.Findings.Add(fields.LineOf("kind"), $"There is no answer kind '{kindName}'.", $"Use one of {string.Join(", ", Kinds.Keys)}.");
        var kind = Kinds.GetValueOrDefault(kindName ?? "text");
        var slot = new Slot
        {
            Name = name,
            Kind = kind,
            Line = fields.Line,
            Label = label ?? new Localized(Template.Parse(name), Template.Parse(name)),
            Optional = fields.Flag("optional"),
            Hear = fields.Flag("hear"),
            Given = fields.Flag("given"),
            Words = Names(name, label, fields.Words("words")),
            Again = Again(fields),
        };
        slot = Details(slot, fields);
        fields.Close();
        return label is null || kindName is null ? null : slot;
    }

    private static Slot Details(Slot slot, Fields fields) => slot.Kind switch
    {
        AnswerKind.Number or AnswerKind.Amount => slot with { Min = fields.Number("min"), Max = fields.Number("max"), Units = fields.Words("units"), Converts = Converts(fields) },
        AnswerKind.Text => slot with { Min = fields.Number("min"), Max = fields.Number("max"), Pattern = Pattern(fields) },
        AnswerKind.FreeText or AnswerKind.Location or AnswerKind.File => slot with { Min = fields.Number("min"), Max = fields.Number("max") },
        AnswerKind.Address => slot with { Max = fields.Number("max"), Parts = AddressParts(fields) },
        AnswerKind.YesNo => slot with { Yes = fields.Words("yes"), No = fields.Words("no") },
        AnswerKind.Date => slot with { Allow = Allow(fields) },
        AnswerKind.Choice => slot with { Choices = Choices(fields, slot.Optional) },
        _ => slot,
    };

    /// <summary>Both labels, the words, and the slot's own name, which is often the plain English word for it.</summary>
    private static List<string> Names(string name, Localized? label, IReadOnlyList<string> words)
    {
        string[] labels = label is null ? [] : [Folding.Fold(label.Th.Source), Folding.Fold(label.En.Source), name.Replace('_', ' ')];
        return [.. labels.Concat(words).Distinct()];
    }

    private static List<Localized> Again(Fields fields)
    {
        var again = fields.List("again").Select(n => LocalizedReader.Read(n, "again", fields.Findings)).OfType<Localized>().ToList();
        if (fields.Has("again") && again.Count < 2)
            fields.Findings.Add(fields.LineOf("again"), "Only one explanation of a wrong answer.", "Write two in different words, each with an example.");
        return again;
    }

    private static Regex? Pattern(Fields fields)
    {
        if (fields.Text("pattern") is not { } pattern)
            return null;
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            fields.Findings.Add(fields.LineOf("pattern"), "This pattern could make the desk hang.", "Write it without look-around (?=…) and back references \\1, and shorter.");
        }
        catch (ArgumentException broken)
        {
            fields.Findings.Add(fields.LineOf("pattern"), $"This is not a pattern: {broken.Message}", "Close every bracket; put \\ before signs that mean themselves.");
        }
        return null;
    }

    /// <summary>Other units and what one of them is in the slot's own.</summary>
    private static Dictionary<string, decimal> Converts(Fields fields)
    {
        var converts = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var entry in fields.Entries("converts"))
        {
            if (entry.Value is YamlText text && decimal.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor > 0)
                converts[Folding.Fold(entry.Key)] = factor;
            else
                fields.Findings.Add(entry.Line, $"'{entry.Key}' has no number.", "Write how many of the slot's own unit one of it is, for example 'เมตร: 100'.");
        }
        return converts;
    }

    private static IReadOnlyList<string> AddressParts(Fields fields)
    {
        var parts = fields.Texts("parts");
        foreach (var part in parts.Except(Slot.AddressParts))
            fields.Findings.Add(fields.LineOf("parts"), $"An address has no part '{part}'.", $"Use {string.Join(", ", Slot.AddressParts)}.");
        return parts;
    }

    private static string Allow(Fields fields)
    {
        var allow = fields.Text("allow") ?? "any";
        if (allow is not ("any" or "past" or "future"))
            fields.Findings.Add(fields.LineOf("allow"), $"'{allow}' is not a side of today.", "Write past, future or any.");
        return allow;
    }

    private static List<SlotChoice> Choices(Fields fields, bool optional)
    {
        var choices = new List<SlotChoice>();
        foreach (var item in fields.Maps("choices"))
        {
            var value = item.NeededText("value", "food");
            var choice = Choice(item, value ?? "");
            item.Close();
            if (value is not null && choices.Exists(c => c.Value == value))
                item.Findings.Add(item.Line, $"Choice '{value}' stands here twice.", "Keep one of the two.");
            else if (value is not null && choice is not null)
                choices.Add(choice);
        }
        if (choices.Count < 2)
            fields.Findings.Add(fields.LineOf("choices"), "A choice needs at least two choices.", "Add them under 'choices:'.");
        Count(choices.Count + (optional ? 1 : 0), fields);
        return choices;
    }

    public static SlotChoice? Choice(Fields item, string value)
    {
        var label = item.NeededLocalized("label");
        DialogLint.Label(label, item.LineOf("label"), item.Findings);
        var words = item.Words("words");
        return label is null ? null : new SlotChoice(value, label, words, [Folding.Fold(label.Th.Source), Folding.Fold(label.En.Source)]);
    }

    public static void Count(int choices, Fields fields)
    {
        if (choices > MaxChoices)
            fields.Findings.Add(fields.LineOf("choices"), $"{choices} choices; LINE shows {MaxChoices} (a skip button counts).", "Split the question in two.");
    }

    public static string Snake(AnswerKind kind) => string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
