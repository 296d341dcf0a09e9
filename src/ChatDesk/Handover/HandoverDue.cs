using ChatDesk.Hours;

namespace ChatDesk.Handover;

/// <summary>Something that time has made due.</summary>
/// <param name="Step">What is to happen to the row; meaningless for an officer.</param>
/// <param name="Row">The handover.</param>
/// <param name="Officer">An officer of whom nothing was seen: to be set away.</param>
internal readonly record struct HandoverDue(HandoverStep Step, HandoverRow? Row, PresenceRow? Officer = null)
{
    /// <summary>Pure: what is due on a desk at a moment. An officer goes away first, their conversations follow after a moment.</summary>
    public static List<HandoverDue> In(DeskSnapshot desk, AgencyHours? hours, DateTimeOffset now, Func<PresenceRow, DateTimeOffset> seen)
    {
        var due = new List<HandoverDue>();
        foreach (var officer in desk.Officers.Values)
        {
            if (officer.IsHere && now - seen(officer) >= HandoverRules.SilentPresence) due.Add(new(default, null, officer));
        }
        var open = hours is null || hours.Calendar.IsOpen(now);
        var anyone = desk.Officers.Values.Any(o => o.IsHere);
        var nobodySince = anyone || desk.Officers.IsEmpty ? (DateTimeOffset?)null : desk.Officers.Values.Max(o => o.Since);
        foreach (var row in desk.Rows.Values)
        {
            if (StepOf(row, desk, now, open, anyone, nobodySince) is { } step) due.Add(new(step, row));
        }
        return due;
    }

    private static HandoverStep? StepOf(HandoverRow row, DeskSnapshot desk, DateTimeOffset now, bool open, bool anyone, DateTimeOffset? nobodySince)
    {
        switch (row.State)
        {
            case HandoverState.Waiting when !open:
                return HandoverStep.HoursEnded;
            case HandoverState.Waiting when !anyone && (nobodySince is null || now - nobodySince >= HandoverRules.NobodyPatience):
                return HandoverStep.NobodyLeft;
            case HandoverState.Promised when open && anyone:
                return HandoverStep.Opened;
            case HandoverState.Accepted or HandoverState.OnHold:
                return Held(row, desk, now);
            default:
                return null;
        }
    }

    private static HandoverStep? Held(HandoverRow row, DeskSnapshot desk, DateTimeOffset now)
    {
        if (row.Closing is { } plan) return plan.DueAt <= now ? HandoverStep.Closed : null;
        var officer = row.OfficerId is null ? null : desk.Officers.GetValueOrDefault(row.OfficerId);
        if (officer is null || (!officer.IsHere && now - officer.Since >= HandoverRules.AwayPatience)) return HandoverStep.OfficerLeft;
        if (row.Offer is { } offer && now - offer.At >= (offer.To.Agency is null ? HandoverRules.OfferPatience : HandoverRules.ReferralPatience)) return HandoverStep.OfferLapsed;
        if (row is not { State: HandoverState.Accepted, WaitingSince: { } waiting }) return null;
        var quiet = row.OfficerActedAt is { } acted && acted > waiting ? acted : waiting;
        return now - quiet >= HandoverRules.SilentOfficer ? HandoverStep.OfficerSilent : null;
    }
}
