namespace ChatDesk.Hours.Law;

/// <summary>What is known of an application. Dates are the agency's.</summary>
internal sealed record StatutoryFacts
{
    public required DateOnly Received { get; init; }

    /// <summary>The moment it came in by the web or chat; then this counts and <see cref="Received"/> is its date.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The limit that the public manual gives, for rules without one of their own.</summary>
    public int? ManualDays { get; init; }

    /// <summary>Days on which missing documents were asked for.</summary>
    public IReadOnlyList<DateOnly> DocumentsAsked { get; init; } = [];

    /// <summary>The day on which everything had come that was asked for in the requests the rule allows; null while it has not (or nothing was asked for).</summary>
    public DateOnly? DocumentsComplete { get; init; }

    /// <summary>Days on which a late notice was given to the applicant.</summary>
    public IReadOnlyList<DateOnly> NoticesGiven { get; init; } = [];

    public DateOnly? Decided { get; init; }

    /// <summary>The day on which the applicant was told of the decision.</summary>
    public DateOnly? Told { get; init; }

    /// <summary>What of these was known on a day: nothing that lies after it.</summary>
    public StatutoryFacts AsOf(DateOnly today) => this with
    {
        DocumentsAsked = [.. DocumentsAsked.Where(d => d <= today).Order()],
        DocumentsComplete = DocumentsComplete <= today ? DocumentsComplete : null,
        NoticesGiven = [.. NoticesGiven.Where(d => d <= today).Order()],
        Decided = Decided <= today ? Decided : null,
        Told = Told <= today ? Told : null,
    };
}

/// <summary>How a late notice stands.</summary>
internal enum NoticeStanding
{
    Given,

    /// <summary>Its day has passed without it.</summary>
    Missed,

    /// <summary>Owed today at the latest.</summary>
    Owed,

    /// <summary>Owed later, if the decision does not come first.</summary>
    Coming,
}

/// <param name="Number">From 1.</param>
/// <param name="By">The last day on which it is in time.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Given">When it was given.</param>
internal sealed record LateNotice(int Number, DateOnly By, NoticeStanding Standing, DateOnly? Given);

/// <summary>One step of an explanation.</summary>
/// <param name="Name">One of <see cref="StatutoryTexts"/>.</param>
/// <param name="Text">In the language asked for.</param>
internal sealed record StatutoryStep(string Name, string Text);

/// <summary>What the clock says on a day. Computed from what was entered; no legal decision.</summary>
internal sealed record StatutoryReading
{
    /// <summary>The first day from which the limit is counted (that day itself does not count); null while documents are missing.</summary>
    public required DateOnly? CountsFrom { get; init; }

    public required DateOnly? Due { get; init; }

    /// <summary>Past its due date, or decided after it.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Days late, as the rule counts them. On the weekend after a due Friday it is late by 0 working days.</summary>
    public required int OverdueDays { get; init; }

    /// <summary>Every late notice up to the day asked about, and the next one while the decision is outstanding.</summary>
    public required IReadOnlyList<LateNotice> Notices { get; init; }

    /// <summary>Requests for documents beyond what the rule allows.</summary>
    public required IReadOnlyList<DateOnly> ForbiddenRequests { get; init; }

    /// <summary>The last day to tell the applicant of the decision; null without a decision or such a rule.</summary>
    public required DateOnly? TellBy { get; init; }

    /// <summary>Special days that the count left out.</summary>
    public required IReadOnlyList<DateOnly> DaysOff { get; init; }

    public IEnumerable<LateNotice> Missed => Notices.Where(n => n.Standing == NoticeStanding.Missed);
}
