using ChatDesk.Activities;
using ChatDesk.Dialogs.Expressions;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>One turn's way through the steps: where it stands, what it has said and what it leaves to be done.</summary>
internal sealed partial class Walk
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
            Held = state.Held,
            Digressions = state.Digressions,
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

    /// <summary>Whether what was said in this turn answered the question that stood.</summary>
    public bool WasAnswered { get; set; }

    public Aside Aside { get; set; }

    public int Digressions { get; set; }

    /// <summary>The words that <see cref="Aside.Matter"/> is about.</summary>
    public string? Held { get; set; }

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
            WasAnswered = WasAnswered,
            Trail = _trail,
        };
    }

    private DialogState Keep() => new()
    {
        Run = _run,
        Frames = [.. _frames.Select(f => f.Keep())],
        Misunderstood = Misunderstood,
        Aside = Aside,
        Held = Aside == Aside.Matter ? Held : null,
        Digressions = Digressions,
        HeardAt = HeardAt,
        Ordered = _ordered,
        Awaited = _awaited,
    };
}
