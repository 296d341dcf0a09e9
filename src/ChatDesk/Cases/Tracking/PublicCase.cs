using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Tracking;

/// <summary>The side of a case that number and code show: nothing of who filed it, of what was told, or of who works on it.</summary>
internal sealed record PublicCase
{
    public required string Agency { get; init; }

    public required long Id { get; init; }

    public required string Number { get; init; }

    public required CaseKind Kind { get; init; }

    public required CaseState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? AnswerDue { get; init; }

    public string? Question { get; init; }

    /// <summary>The office's answer to the contact: what was done, or why not.</summary>
    public string? Outcome { get; init; }

    public DateTimeOffset? ContestUntil { get; init; }

    /// <summary>The states it came through, oldest first.</summary>
    public required IReadOnlyList<PublicStep> Steps { get; init; }

    public bool MayContest(DateTimeOffset now) => new CaseStanding(Number, State, ContestUntil).MayContest(now);
}

/// <summary>A state a case came to, and when.</summary>
internal sealed record PublicStep(CaseState State, DateTimeOffset At);
