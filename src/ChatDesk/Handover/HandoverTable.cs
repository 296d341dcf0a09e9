using System.Collections.Frozen;

namespace ChatDesk.Handover;

/// <summary>What can happen to a handover.</summary>
internal enum HandoverStep
{
    AskedInHours,
    AskedOutOfHours,
    SteppedIn,
    Claimed,
    TakenOver,
    Offered,
    OfferAccepted,
    OfferRefused,
    OfferTakenBack,
    OfferLapsed,
    Referred,
    Held,
    Resumed,
    ContactWrote,
    OfficerSpoke,
    Raised,
    Returned,
    OfficerLeft,
    OfficerSilent,
    HoursEnded,
    NobodyLeft,
    Opened,
    Cancelled,
    CloseBegun,
    CloseUndone,
    CloseStopped,
    Closed,
}

/// <summary>Where a step leads.</summary>
/// <param name="To">The state after it.</param>
/// <param name="Says">The phrase of <c>_desk.yaml</c> that the contact hears, once; null when nothing is said.</param>
/// <param name="Records">The event line in the transcript; null when there is none.</param>
internal readonly record struct HandoverMove(HandoverState To, string? Says, string? Records);

/// <summary>
/// THE TABLE: from which state which step leads where, what the contact hears, and what is written down. A step that is not
/// listed for a state is refused (<see cref="QueueStatus.NotNow"/>). How it is said is in docs/handover.md.
/// </summary>
internal static class HandoverTable
{
    private static readonly FrozenDictionary<(HandoverState, HandoverStep), HandoverMove> Moves = new Dictionary<(HandoverState, HandoverStep), HandoverMove>
    {
        //  from                                          step                              to                       the contact hears        the transcript shows
        [(HandoverState.Requested, HandoverStep.AskedInHours)] = new(HandoverState.Waiting, "handover_waiting", "asked"),
        [(HandoverState.Requested, HandoverStep.AskedOutOfHours)] = new(HandoverState.Promised, "handover_promise", "promised"),
        [(HandoverState.Requested, HandoverStep.SteppedIn)] = new(HandoverState.Accepted, null, "claimed"),

        [(HandoverState.Waiting, HandoverStep.Claimed)] = new(HandoverState.Accepted, null, "claimed"),
        [(HandoverState.Waiting, HandoverStep.ContactWrote)] = new(HandoverState.Waiting, null, null),
        [(HandoverState.Waiting, HandoverStep.Raised)] = new(HandoverState.Waiting, null, "raised"),
        [(HandoverState.Waiting, HandoverStep.HoursEnded)] = new(HandoverState.Promised, "handover_hours_ended", "promised"),
        [(HandoverState.Waiting, HandoverStep.NobodyLeft)] = new(HandoverState.Promised, "handover_nobody_left", "promised"),
        [(HandoverState.Waiting, HandoverStep.Cancelled)] = new(HandoverState.Failed, "handover_cancelled", "cancelled"),

        [(HandoverState.Promised, HandoverStep.Claimed)] = new(HandoverState.Accepted, null, "claimed"),
        [(HandoverState.Promised, HandoverStep.ContactWrote)] = new(HandoverState.Promised, null, null),
        [(HandoverState.Promised, HandoverStep.Raised)] = new(HandoverState.Promised, null, "raised"),
        [(HandoverState.Promised, HandoverStep.Opened)] = new(HandoverState.Waiting, null, "opened"),
        [(HandoverState.Promised, HandoverStep.Cancelled)] = new(HandoverState.Failed, "handover_cancelled", "cancelled"),

        [(HandoverState.Accepted, HandoverStep.TakenOver)] = new(HandoverState.Accepted, null, "taken-over"),
        [(HandoverState.Accepted, HandoverStep.Offered)] = new(HandoverState.Accepted, null, "offered"),
        [(HandoverState.Accepted, HandoverStep.OfferAccepted)] = new(HandoverState.Accepted, null, "accepted"),
        [(HandoverState.Accepted, HandoverStep.OfferRefused)] = new(HandoverState.Accepted, null, "refused"),
        [(HandoverState.Accepted, HandoverStep.OfferTakenBack)] = new(HandoverState.Accepted, null, "offer-taken-back"),
        [(HandoverState.Accepted, HandoverStep.OfferLapsed)] = new(HandoverState.Accepted, null, "lapsed"),
        [(HandoverState.Accepted, HandoverStep.Referred)] = new(HandoverState.Released, "handover_referred", "referred"),
        [(HandoverState.Accepted, HandoverStep.Held)] = new(HandoverState.OnHold, null, "held"),
        [(HandoverState.Accepted, HandoverStep.ContactWrote)] = new(HandoverState.Accepted, null, null),
        [(HandoverState.Accepted, HandoverStep.OfficerSpoke)] = new(HandoverState.Accepted, null, null),
        [(HandoverState.Accepted, HandoverStep.Raised)] = new(HandoverState.Accepted, null, "raised"),
        [(HandoverState.Accepted, HandoverStep.Returned)] = new(HandoverState.Waiting, "handover_back_in_queue", "returned"),
        [(HandoverState.Accepted, HandoverStep.OfficerLeft)] = new(HandoverState.Waiting, "handover_back_in_queue", "officer-left"),
        [(HandoverState.Accepted, HandoverStep.OfficerSilent)] = new(HandoverState.Waiting, "handover_back_in_queue", "silent"),
        [(HandoverState.Accepted, HandoverStep.CloseBegun)] = new(HandoverState.Accepted, null, "closing"),
        [(HandoverState.Accepted, HandoverStep.CloseUndone)] = new(HandoverState.Accepted, null, "undone"),
        [(HandoverState.Accepted, HandoverStep.CloseStopped)] = new(HandoverState.Accepted, null, "close-stopped"),
        [(HandoverState.Accepted, HandoverStep.Closed)] = new(HandoverState.Released, "handover_closed", "closed"),

        [(HandoverState.OnHold, HandoverStep.TakenOver)] = new(HandoverState.Accepted, null, "taken-over"),
        [(HandoverState.OnHold, HandoverStep.Resumed)] = new(HandoverState.Accepted, null, "resumed"),
        [(HandoverState.OnHold, HandoverStep.ContactWrote)] = new(HandoverState.Accepted, null, "resumed"),
        [(HandoverState.OnHold, HandoverStep.OfficerSpoke)] = new(HandoverState.OnHold, null, null),
        [(HandoverState.OnHold, HandoverStep.Raised)] = new(HandoverState.OnHold, null, "raised"),
        [(HandoverState.OnHold, HandoverStep.Returned)] = new(HandoverState.Waiting, "handover_back_in_queue", "returned"),
        [(HandoverState.OnHold, HandoverStep.OfficerLeft)] = new(HandoverState.Waiting, "handover_back_in_queue", "officer-left"),
        [(HandoverState.OnHold, HandoverStep.CloseBegun)] = new(HandoverState.Accepted, null, "closing"),
    }.ToFrozenDictionary();

    /// <returns>Null when the step is not possible there.</returns>
    public static HandoverMove? Next(HandoverState from, HandoverStep step) => Moves.TryGetValue((from, step), out var move) ? move : null;

    /// <summary>The whole table, for documentation and tests.</summary>
    public static IEnumerable<(HandoverState From, HandoverStep Step, HandoverMove Move)> All => Moves.Select(m => (m.Key.Item1, m.Key.Item2, m.Value));
}
