namespace ChatDesk.Dialogs.Checks;

/// <summary>A conversation that an editor wrote down, to be played against a dialog.</summary>
/// <param name="Name">What it shows, in words.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Shows">Which of <see cref="Kinds"/> it covers.</param>
/// <param name="Language">In which language the contact begins.</param>
/// <param name="Now">When it begins, at the agency.</param>
/// <param name="Turns">What is said and expected, in order.</param>
internal sealed record Transcript(string Name, int Line, IReadOnlyList<string> Shows, string Language, DateTimeOffset Now, IReadOnlyList<TranscriptTurn> Turns)
{
    /// <summary>Each dialog must be shown in all of these.</summary>
    public static readonly string[] Kinds = ["happy", "correction", "cancel", "digression", "wrong_answer", "silence", "hand_over"];
}

/// <summary>One exchange of a transcript.</summary>
internal sealed record TranscriptTurn
{
    public required int Line { get; init; }

    /// <summary>One of starts, says, taps, sends, result, fails, waits.</summary>
    public required string Act { get; init; }

    public string What { get; init; } = "";

    /// <summary>Fields of a connector's result.</summary>
    public IReadOnlyDictionary<string, string> Result { get; init; } = new Dictionary<string, string>();

    /// <summary>Silence before it.</summary>
    public TimeSpan After { get; init; }

    /// <summary>What the articles answer in this turn; null answers nothing.</summary>
    public string? Knows { get; init; }

    public IReadOnlyList<string> Expects { get; init; } = [];

    public IReadOnlyList<string> Never { get; init; } = [];

    public string? Effect { get; init; }

    public string? Outcome { get; init; }

    public IReadOnlyDictionary<string, string> Slots { get; init; } = new Dictionary<string, string>();
}
