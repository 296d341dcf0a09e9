using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>What is left for the stage to do.</content>
internal sealed partial class Walk
{
    public string NextKey() => $"{_run}:{_ordered++}";

    public void Act(Effect effect) => _effects.Add(effect);

    public Move Await(EffectStep step)
    {
        Replaying = false;
        _awaited ??= NextKey();
        Act(step.Order(this, _awaited));
        Outcome = DialogOutcome.Awaiting;
        return Move.Wait;
    }

    /// <summary>Takes the result of an awaited effect and goes on.</summary>
    public void Receive(EffectStep step, StepResult result)
    {
        _awaited = null;
        Outcome = DialogOutcome.Asking;
        if (!result.Ok)
        {
            if (step.Failed is { } failed)
                GoTo(failed);
            else
                Fault();
            return;
        }
        foreach (var (slot, field) in step.Into)
            Set(slot, Expressions.Value.Read(Top.Dialog.Types[slot], result.Fields.GetValueOrDefault(field)));
        if (step is not CallStep)
            ForgetHistory();
        GoOn(step);
    }

    public Move HandOver(Effect effect)
    {
        Act(effect);
        Finish(DialogOutcome.HandedOver);
        return Move.Over;
    }

    /// <summary>Hands over at once with everything answered so far.</summary>
    public void HandOverNow(string reason)
    {
        Reply(reason == "fault" ? "fault" : "handed_over");
        HandOver(new HandOver(NextKey(), Title, reason, Answers()));
    }

    /// <summary>What it is about, in the contact's language.</summary>
    public string Title => Fill(Bottom.Dialog.Title);

    /// <summary>Everything answered so far.</summary>
    public IReadOnlyDictionary<string, string> Answers() => CollectWithBelow([.. Top.Answered().Select(s => s.Name)]);

    private void Fault() => HandOverNow("fault");
}
