using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>A dialog in progress while a turn is worked out; the changeable twin of <see cref="DialogFrame"/>.</summary>
internal sealed class Frame(Dialog dialog, string step)
{
    public Dialog Dialog { get; } = dialog;

    public string Step { get; set; } = step;

    public Dictionary<string, string> Slots { get; private init; } = new(StringComparer.Ordinal);

    public List<string> History { get; private init; } = [];

    /// <summary>Fixed texts already said.</summary>
    public HashSet<string> Said { get; private init; } = [];

    public bool Interrupts { get; init; }

    public static Frame Begin(Dialog dialog, bool interrupts = false) => new(dialog, dialog.Steps[0].Id) { Interrupts = interrupts };

    public static Frame Of(Dialog dialog, DialogFrame kept) => new(dialog, kept.Step)
    {
        Slots = new Dictionary<string, string>(kept.Slots, StringComparer.Ordinal),
        History = [.. kept.History ?? []],
        Said = [.. kept.Said ?? []],
        Interrupts = kept.Interrupts,
    };

    public DialogFrame Keep() => new()
    {
        Dialog = Dialog.Name,
        Version = Dialog.Version,
        Step = Step,
        Slots = Slots,
        History = History.Count == 0 ? null : [.. History],
        Said = Said.Count == 0 ? null : [.. Said],
        Interrupts = Interrupts,
    };

    /// <summary>Empties a slot with its parts.</summary>
    public void Clear(string slot)
    {
        Slots.Remove(slot);
        if (!Dialog.Slots.TryGetValue(slot, out var declared))
            return;
        foreach (var (part, _) in declared.PartNames)
            Slots.Remove(part);
    }

    /// <summary>The first step that asks for a slot.</summary>
    public AskStep? Asks(string slot) => Dialog.Steps.OfType<AskStep>().FirstOrDefault(s => s.Slot.Name == slot);

    /// <summary>The slots that were asked for and answered, in the order of the file.</summary>
    public IEnumerable<Slot> Answered() => Dialog.Steps.OfType<AskStep>()
        .Select(s => s.Slot).DistinctBy(s => s.Name)
        .Where(s => Slots.TryGetValue(s.Name, out var value) && value.Length > 0);
}
