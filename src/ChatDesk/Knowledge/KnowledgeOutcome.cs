namespace ChatDesk.Knowledge;

/// <summary>What the knowledge makes of a message. Stored by name with every turn: never rename a member.</summary>
internal enum KnowledgeOutcome
{
    /// <summary>One article answers; <see cref="KnowledgeAnswer.Slug"/> and <see cref="KnowledgeAnswer.Section"/> say which part.</summary>
    Answer,

    /// <summary>Something is to be done, not explained: <see cref="KnowledgeAnswer.Dialog"/> does it.</summary>
    StartDialog,

    /// <summary>Two to four articles or dialogs are likely; the contact chooses.</summary>
    DidYouMean,

    /// <summary>It may be ours, but nothing checked answers it.</summary>
    DoNotKnow,

    SmallTalk,

    /// <summary>Politely not done; <see cref="KnowledgeAnswer.Kind"/> is <c>out-of-scope</c>, <c>abuse</c>, <c>injection</c> or <c>personal-data</c>.</summary>
    Refuse,

    /// <summary>The contact wants a person.</summary>
    Handover,

    /// <summary>Fire, injury, threat, self-harm: the card with the numbers, before and inside everything else.</summary>
    Emergency,

    /// <summary>Somebody takes or asks for money: the protected channel.</summary>
    Bribery,
}
