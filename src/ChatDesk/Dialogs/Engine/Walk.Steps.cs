using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>From step to step, and from dialog to dialog.</content>
internal sealed partial class Walk
{
    /// <summary>Takes steps until an answer or result is needed or all is over.</summary>
    public void Drive()
    {
        for (var budget = MaxSteps; !IsOver; budget--)
        {
            if (budget == 0 || Current is not { } step)
            {
                Fault();
                return;
            }
            _trail.Add($"{Top.Dialog.Name}/{step.Id}");
            var move = step.When is { } when && !when.Holds(Scope) ? PassOver(step) : step.Enter(this);
            if (move != Move.On)
                return;
        }
    }

    public Move GoOn(Step from)
    {
        return from.Next is { } next ? GoTo(next) : PassOver(from);
    }

    /// <summary>To the step that follows in the file.</summary>
    private Move PassOver(Step from)
    {
        var place = Top.Dialog.Places[from.Id] + 1;
        return place < Top.Dialog.Steps.Count ? GoTo(Top.Dialog.Steps[place].Id) : Leave(all: false);
    }

    public Move GoTo(string step)
    {
        if (step == Step.End)
            return Leave(all: false);
        Top.Step = step;
        return Move.On;
    }

    /// <summary>Ends the present dialog and goes back to the one that waits for it, if any.</summary>
    public Move Leave(bool all)
    {
        var left = Top;
        if (all || _frames.Count == 1)
        {
            Finish(DialogOutcome.Finished);
            return Move.Over;
        }
        _frames.RemoveAt(_frames.Count - 1);
        if (left.Interrupts)
        {
            Reply("back_to");
            return Move.On;
        }
        var run = (RunStep)Current!;
        foreach (var (mine, theirs) in run.Take)
        {
            if (left.Slots.TryGetValue(theirs, out var value))
                Top.Slots[mine] = value;
        }
        return GoOn(run);
    }

    public Move Run(RunStep step)
    {
        if (_frames.Count >= MaxFrames || Book.Find(step.Dialog) is not { } dialog)
        {
            Fault();
            return Move.Over;
        }
        var frame = Frame.Begin(dialog);
        foreach (var (slot, value) in step.Give)
        {
            if (value.Eval(Scope) is { IsNone: false } given)
                frame.Slots[slot] = given.Text;
        }
        _frames.Add(frame);
        return Move.On;
    }

    /// <summary>Leaves the present question for another dialog and comes back to it afterwards.</summary>
    public void Interrupt(Dialog dialog, Action<Frame>? prepare = null)
    {
        var frame = Frame.Begin(dialog, interrupts: true);
        Misunderstood = 0;
        Aside = Aside.None;
        _frames.Add(frame);
        prepare?.Invoke(frame);
        Drive();
    }

    public void Restart()
    {
        var first = Bottom.Dialog;
        _frames.Clear();
        _frames.Add(Frame.Begin(first));
        Misunderstood = 0;
        Drive();
    }

    /// <summary>Drops the present dialog without going on in the one below.</summary>
    public void Pop() => _frames.RemoveAt(_frames.Count - 1);

    public void Finish(DialogOutcome outcome)
    {
        Outcome = outcome;
        _awaited = null;
    }
}
