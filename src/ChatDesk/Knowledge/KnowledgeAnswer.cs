namespace ChatDesk.Knowledge;

/// <summary>What a <see cref="Topic"/> leads to.</summary>
internal enum TopicKind
{
    Article,
    Dialog,
    OutOfScope,
}

/// <summary>One thing the message may be about, with its score (0 to about 1), to be stored with the turn.</summary>
internal sealed record KnowledgeCandidate(TopicKind Kind, string Id, double Score);

/// <summary>What the knowledge makes of one message. Says nothing yet: <see cref="Answers.AnswerComposer"/> does.</summary>
internal sealed record KnowledgeAnswer
{
    public required KnowledgeOutcome Outcome { get; init; }

    /// <summary>The message with ids and phone numbers hidden: the only form that may be stored, indexed or logged.</summary>
    public required string Query { get; init; }

    /// <summary>The language the answer should have: <c>th</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    public string? Slug { get; init; }

    /// <summary>The section that answers; null for the whole article.</summary>
    public string? Section { get; init; }

    /// <summary>A second section that the same message asks for, shown below the first.</summary>
    public string? AlsoSection { get; init; }

    public string? Dialog { get; init; }

    /// <summary>Which emergency, refusal or small talk it is, as the lists name it.</summary>
    public string? Kind { get; init; }

    /// <summary>Best first, also when they were not used: unanswered questions are mined later.</summary>
    public IReadOnlyList<KnowledgeCandidate> Candidates { get; init; } = [];

    /// <summary>How probable it is that the first candidate is right, 0 to 1; 1 where words alone decided.</summary>
    public double Score { get; init; }

    /// <summary>The groups of words an alarm was read from; empty where a list named it, and for everything else.</summary>
    public IReadOnlyList<string> Signs { get; init; } = [];

    /// <summary>True for an emergency that no list has words for: the model alone read it.</summary>
    public bool IsGuess { get; init; }

    /// <summary>True if something was hidden in <see cref="Query"/>, which the contact is told.</summary>
    public bool Masked { get; init; }
}
