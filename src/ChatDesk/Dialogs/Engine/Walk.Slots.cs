using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>What has been answered.</content>
internal sealed partial class Walk
{
    /// <summary>A slot's canonical text, or null when it is empty or skipped.</summary>
    public string? Read(string slot) => Top.Slots.TryGetValue(slot, out var value) && value.Length > 0 ? value : null;

    public void Store(string slot, string value) => Top.Slots[slot] = value;

    public void Set(string slot, Value value)
    {
        if (value.IsNone)
            Top.Clear(slot);
        else
            Top.Slots[slot] = value.Text;
    }

    public bool IsSettled(Slot slot) => Top.Slots.ContainsKey(slot.Name);

    public MenuOption? PickedBefore(ChooseStep menu) =>
        Read(menu.Picks.Name) is { } pick ? menu.Options.FirstOrDefault(o => o.Choice.Value == pick) : null;

    public void Found(TableRow row)
    {
        foreach (var (slot, value) in row.Gives)
            Set(slot, value.Eval(Scope));
        if (row.Saying is { } saying)
            Say(saying);
    }

    public Move AskFor(string slot)
    {
        if (Top.Asks(slot) is not { } ask)
        {
            Fault();
            return Move.Over;
        }
        Top.Clear(slot);
        Top.Step = ask.Id;
        Prompt(ask);
        return Move.Wait;
    }

    public IReadOnlyDictionary<string, string> Collect(IReadOnlyList<string> fields)
    {
        var collected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (Read(field) is not { } value)
                continue;
            collected[field] = value;
            foreach (var (part, _) in Top.Dialog.Slots[field].PartNames)
            {
                if (Read(part) is { } known)
                    collected[part] = known;
            }
        }
        return collected;
    }

    /// <summary>Adds what was answered in the dialogs below, as <c>dialog.slot</c>: whoever takes over should not ask again.</summary>
    public IReadOnlyDictionary<string, string> CollectWithBelow(IReadOnlyList<string> fields)
    {
        var collected = new Dictionary<string, string>(Collect(fields), StringComparer.Ordinal);
        foreach (var below in _frames.Take(_frames.Count - 1))
        {
            foreach (var slot in below.Answered())
                collected.TryAdd($"{below.Dialog.Name}.{slot.Name}", below.Slots[slot.Name]);
        }
        return collected;
    }

    private Value Value(string name)
    {
        if (name == "language")
            return Expressions.Value.Of(Language);
        return Top.Dialog.Types.TryGetValue(name, out var type) ? Expressions.Value.Read(type, Read(name)) : Expressions.Value.None;
    }
}
