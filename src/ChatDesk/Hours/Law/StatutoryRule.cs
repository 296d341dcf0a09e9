namespace ChatDesk.Hours.Law;

/// <summary>The same words in the desk's two languages.</summary>
internal sealed record LawText(string Thai, string English)
{
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    public string In(string language) => language == "en" ? English : Thai;
}

/// <summary>Which days a rule counts.</summary>
internal enum DayCount
{
    /// <summary>Days on which the law says that offices work; holidays are left out.</summary>
    Working,

    /// <summary>Every day.</summary>
    Calendar,
}

/// <summary>How well founded the reading of a law is.</summary>
internal enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>Notices that are owed while a decision is late.</summary>
/// <param name="FirstAfter">Days after the due date by which the first is owed.</param>
/// <param name="Every">Days from one to the next.</param>
/// <param name="Counts">Which days those are.</param>
/// <param name="CopyTo">Who gets a copy of each.</param>
/// <param name="Draft">The notice's text, with places in braces.</param>
internal sealed record LateNotices(int FirstAfter, int Every, DayCount Counts, LawText CopyTo, LawText Draft);

/// <summary>Who compared a rule with the text of the law.</summary>
/// <param name="By">A name or an office.</param>
/// <param name="On">The day.</param>
/// <param name="Confidence">How sure they are.</param>
/// <param name="Source">Where the text was read.</param>
internal sealed record LawCheck(string By, DateOnly On, Confidence Confidence, string Source);

/// <summary>One statutory time limit as data: what counts, from when, and what is owed when it passes.</summary>
internal sealed record StatutoryRule
{
    /// <summary>The file's name without its ending; cases are kept under it.</summary>
    public required string Id { get; init; }

    public required LawText Law { get; init; }

    public required LawText Section { get; init; }

    public required DayCount Counts { get; init; }

    /// <summary>The limit in days; null where it differs from permit to permit (the public manual gives it).</summary>
    public int? Days { get; init; }

    /// <summary>When the last day is a day off, the next working day takes its place.</summary>
    public bool MovesOffDaysOff { get; init; }

    /// <summary>What comes in after hours counts as received when the office opens next.</summary>
    public bool ReceivedAtOpening { get; init; }

    /// <summary>How often missing documents may be asked for; a request beyond that does not stop the clock.</summary>
    public int DocumentRequests { get; init; }

    /// <summary>Days after the decision within which the applicant is told; null where the rule has none.</summary>
    public int? TellWithin { get; init; }

    public LateNotices? Late { get; init; }

    public required LawCheck Checked { get; init; }

    /// <summary>What explains each step, by the names in <see cref="StatutoryTexts"/>.</summary>
    public required IReadOnlyDictionary<string, LawText> Texts { get; init; }
}
