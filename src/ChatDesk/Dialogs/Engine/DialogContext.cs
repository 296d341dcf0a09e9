using ChatDesk.Activities;

namespace ChatDesk.Dialogs.Engine;

/// <summary>All that a dialog may know of the world during one turn.</summary>
internal sealed record DialogContext
{
    /// <summary><c>th</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The time at the agency (offset +07:00); the engine has no other clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Names this turn for ever (the activity's id); the first turn's name becomes part of every effect key of that dialog.
    /// </summary>
    public string TurnId { get; init; } = "turn";

    /// <summary>Looks a question up in the articles; null when none answers it.</summary>
    public Func<string, IReadOnlyList<OutboundActivity>?> AskKnowledge { get; init; } = _ => null;

    /// <summary>What the articles are sure that words are about which might be taken for an answer; nothing when they are not sure.</summary>
    public Func<string, OtherMatter> Recognise { get; init; } = _ => OtherMatter.None;

    /// <summary>The agency's calendar; without one, Monday to Friday.</summary>
    public Func<DateOnly, bool> IsWorkingDay { get; init; } = day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);
}

/// <summary>Where a conversation stands after a turn.</summary>
internal enum DialogOutcome
{
    /// <summary>The contact's answer is awaited.</summary>
    Asking,

    /// <summary>The result of the last effect is awaited; call <see cref="DialogEngine.Resume"/>.</summary>
    Awaiting,
    Finished,
    Cancelled,
    HandedOver,

    /// <summary>Put away after a long silence.</summary>
    Dropped,
}

/// <summary>What one turn of a dialog comes to.</summary>
internal sealed record DialogTurn
{
    public required IReadOnlyList<OutboundActivity> Replies { get; init; }

    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>To be kept for the next turn; null when the dialog is over.</summary>
    public required DialogState? State { get; init; }

    public required DialogOutcome Outcome { get; init; }

    /// <summary>Whether the input answered the question that stood, and was not a command, an aside or a misunderstanding.</summary>
    public bool WasAnswered { get; init; }

    /// <summary>Parts of what the contact wrote that no transcript may keep (identity numbers), each with its mask.</summary>
    public IReadOnlyList<(string Secret, string Mask)> Redact { get; init; } = [];

    /// <summary>The steps entered, as <c>dialog/step</c>, in order; for coverage and traces.</summary>
    public IReadOnlyList<string> Trail { get; init; } = [];
}
