using ChatDesk.Activities;
using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>One turn's way through the steps: where it stands, what it has said and what it leaves to be done.</summary>
internal sealed class Walk
{
    /// <summary>More steps than this in one turn is a circle that no lint foresaw; a person takes over.</summary>
    private const int MaxSteps = 200;

    /// <summary>Dialogs inside dialogs.</summary>
    public const int MaxFrames = 5;

    private readonly List<Frame> _frames = [];
    private readonly List<OutboundActivity> _replies = [];
    private readonly List<Effect> _effects = [];
    private readonly List<(string, string)> _redact = [];
    private readonly List<string> _trail = [];
    private readonly string _run;
    private int _ordered;
    private string? _awaited;

    private Walk(DialogBook book, DialogContext context, string run)
    {
        Book = book;
        Context = context;
        Language = context.Language;
        _run = run;
        HeardAt = context.Now.ToUnixTimeSeconds();
        Scope = new Scope(Value, context.Today, context.IsWorkingDay);
    }

    public static Walk Begin(DialogBook book, Dialog dialog, DialogContext context)
    {
        var walk = new Walk(book, context, context.TurnId);
        walk._frames.Add(Frame.Begin(dialog));
        return walk;
    }

    /// <summary>Takes a kept state up again. A step that the book no longer has sends the dialog to its beginning with all answers kept.</summary>
    public static Walk Pick(DialogBook book, DialogState state, DialogContext context)
    {
        var walk = new Walk(book, context, state.Run)
        {
            Misunderstood = state.Misunderstood,
            Aside = state.Aside,
            HeardAt = state.HeardAt,
            _ordered = state.Ordered,
            _awaited = state.Awaited,
        };
        foreach (var kept in state.Frames)
        {
            if (book.Find(kept.Dialog) is not { } dialog)
                break;
            var frame = Frame.Of(dialog, kept);
            walk._frames.Add(frame);
            if (dialog.Find(kept.Step) is not null)
                continue;
            frame.Step = dialog.Steps[0].Id;
            frame.History.Clear();
            walk.Relocated = true;
            break;
        }
        walk.Settle(state);
        return walk;
    }

    public DialogBook Book { get; }

    public DialogContext Context { get; }

    public Scope Scope { get; }

    public string Language { get; set; }

    public int Misunderstood { get; set; }

    public Aside Aside { get; set; }

    public long HeardAt { get; set; }

    public DialogOutcome Outcome { get; private set; } = DialogOutcome.Asking;

    /// <summary>True while steps already taken are taken again after a correction.</summary>
    public bool Replaying { get; set; }

    /// <summary>True when the kept place no longer exists.</summary>
    public bool Relocated { get; private set; }

    public Frame Top => _frames[^1];

    public Frame Bottom => _frames[0];

    public int Depth => _frames.Count;

    public Step? Current => Top.Dialog.Find(Top.Step);

    public bool IsAwaiting => _awaited is not null;

    public bool IsOver => Outcome is not (DialogOutcome.Asking or DialogOutcome.Awaiting);

    public bool Runs(string dialog) => _frames.Exists(f => f.Dialog.Name == dialog);

    private void Settle(DialogState state)
    {
        if (_frames.Count == 0)
        {
            // The whole dialog is gone from the book: nothing to go back to but a person.
            _frames.Add(Frame.Begin(Book.Dialogs.Values.MinBy(d => d.Name, StringComparer.Ordinal)!));
            Relocated = true;
            Fault();
        }
        if (Current is not EffectStep)
            _awaited = null;
        if (_frames.Count < state.Frames.Length || Relocated)
        {
            Relocated = true;
            Replaying = true;
            Aside = Aside.None;
            _awaited = null;
        }
    }

    // ---- steps -------------------------------------------------------------------------------------------------------

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
        prepare?.Invoke(frame);
        Misunderstood = 0;
        Aside = Aside.None;
        _frames.Add(frame);
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

    // ---- slots -------------------------------------------------------------------------------------------------------

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

    // ---- speaking ----------------------------------------------------------------------------------------------------

    public void Say(Saying saying) => _replies.Add(Speech.Of(this, saying, []));

    /// <summary>After a correction, steps are taken again: what reads the same as before is not said twice.</summary>
    public void SayOnce(SayStep step)
    {
        if (step.Saying.IsFixed && !Top.Said.Add(step.Id) && Replaying)
            return;
        Say(step.Saying);
    }

    public void Say(OutboundActivity reply) => _replies.Add(reply);

    /// <summary>Says one of the replies of <c>_repair.yaml</c>.</summary>
    public void Reply(string name, string? label = null, string? value = null, params IReadOnlyList<Choice> choices) =>
        _replies.Add(OutboundActivity.Say(Words(name, label, value), choices));

    public string Words(string name, string? label = null, string? value = null) =>
        Speech.Fill(this, Book.Repair.Replies[name], label, value);

    public string Fill(Localized text) => Speech.Fill(this, text);

    /// <summary>Asks the present question (again).</summary>
    public void Prompt(Step step)
    {
        Replaying = false;
        Remember(step.Id);
        switch (step)
        {
            case AskStep ask:
                _replies.Add(Speech.Of(this, ask.Saying, Speech.Choices(this, ask.Id, ask.Slot)));
                break;
            case ChooseStep menu:
                _replies.Add(Speech.Of(this, menu.Saying, Speech.Choices(this, menu.Id, menu.Picks)));
                break;
            default:
                break;
        }
    }

    private void Remember(string step)
    {
        var known = Top.History.IndexOf(step);
        if (known >= 0)
            Top.History.RemoveRange(known + 1, Top.History.Count - known - 1);
        else
            Top.History.Add(step);
    }

    /// <summary>What has been ordered cannot be taken back, so there is no way back past it.</summary>
    public void ForgetHistory() => Top.History.Clear();

    public void Redact(string secret, string mask) => _redact.Add((secret, mask));

    // ---- effects -----------------------------------------------------------------------------------------------------

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
        HandOver(new HandOver(NextKey(), Fill(Bottom.Dialog.Title), reason, CollectWithBelow([.. Top.Answered().Select(s => s.Name)])));
    }

    private void Fault() => HandOverNow("fault");

    /// <summary>The turn as a whole.</summary>
    public DialogTurn Close()
    {
        if (Outcome == DialogOutcome.Asking)
            Act(new StartTimer($"{_run}:silence:{Context.TurnId}", Book.Repair.DropAfter));
        return new DialogTurn
        {
            Replies = _replies,
            Effects = _effects,
            State = IsOver ? null : Keep(),
            Outcome = Outcome,
            Redact = _redact,
            Trail = _trail,
        };
    }

    private DialogState Keep() => new()
    {
        Run = _run,
        Frames = [.. _frames.Select(f => f.Keep())],
        Misunderstood = Misunderstood,
        Aside = Aside,
        HeardAt = HeardAt,
        Ordered = _ordered,
        Awaited = _awaited,
    };
}
