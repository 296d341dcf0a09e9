using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Dialogs.Format;

/// <summary>Asks for one slot. Passed over when the slot is already filled, for example from an earlier sentence.</summary>
internal sealed record AskStep : Step
{
    public required Slot Slot { get; init; }

    public required Saying Saying { get; init; }

    public override string Shape => $"ask {Slot.Name} {Slot.Kind}";

    public override Move Enter(Walk walk)
    {
        if (walk.IsSettled(Slot))
            return walk.GoOn(this);
        walk.Prompt(this);
        return Move.Wait;
    }
}

/// <summary>A menu: each option leads to a step of its own.</summary>
internal sealed record ChooseStep : Step
{
    public required Saying Saying { get; init; }

    public required IReadOnlyList<MenuOption> Options { get; init; }

    /// <summary>The options as choices of a slot that no file can name; the pick is kept there for replays.</summary>
    public required Slot Picks { get; init; }

    public override IEnumerable<string> Exits => Options.Select(o => o.Next);

    public override bool GoesOn => false;

    public override string Shape => "choose";

    public override Move Enter(Walk walk)
    {
        if (walk.Replaying && walk.PickedBefore(this) is { } pick)
            return walk.GoTo(pick.Next);
        walk.Prompt(this);
        return Move.Wait;
    }
}

internal sealed record MenuOption(SlotChoice Choice, string Next);
