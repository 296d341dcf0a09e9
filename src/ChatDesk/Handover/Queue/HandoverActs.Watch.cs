using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <content>What time does: closes, returns, promises, opens. Every decision looks at the row again, inside the transaction.</content>
internal sealed partial class HandoverActs
{
    private readonly LedgerStatement _prune = db.Prepare("""
        DELETE FROM desk_events WHERE at < ?1 AND seq < (SELECT max(seq) FROM desk_events newest WHERE newest.agency = desk_events.agency)
        """);

    /// <summary>Everything of an agency that is due.</summary>
    /// <param name="agency">Which.</param>
    /// <param name="now">The desk's clock.</param>
    /// <param name="seen">An officer's last sign of life.</param>
    /// <param name="touched">Conversations that have something to learn.</param>
    public int Sweep(string agency, DateTimeOffset now, Func<PresenceRow, DateTimeOffset> seen, List<long> touched)
    {
        var before = books.Now(agency).Desk.Seq;
        foreach (var due in HandoverDue.In(books.Now(agency).Desk, hours(agency), now, seen))
        {
            if (due.Officer is { } officer) books.Put(officer with { State = PresenceState.Away, Reason = "auto", Since = now, LastSeen = seen(officer) });
            else if (due.Row is { } row && books.Find(agency, row.Id) is { } current && current.Version == row.Version) Act(current, due.Step, now, touched);
        }
        return (int)(books.Now(agency).Desk.Seq - before);
    }

    /// <summary>Forgets old events; the newest of an agency always stays, since it holds the number.</summary>
    public int Prune(DateTimeOffset now) => _prune.Bind(1, (now - HandoverRules.EventsKept).ToUnixTimeMilliseconds()).Run();

    private void Act(HandoverRow row, HandoverStep step, DateTimeOffset now, List<long> touched)
    {
        switch (step)
        {
            case HandoverStep.Closed:
                Close(row, now, touched);
                break;
            case HandoverStep.OfficerLeft or HandoverStep.OfficerSilent:
                Return(row, step, null, null, now, touched);
                break;
            case HandoverStep.OfferLapsed:
                EndOffer(row, step, now, null, null);
                break;
            case HandoverStep.Opened:
                Step(row, step, now);
                break;
            case HandoverStep.HoursEnded or HandoverStep.NobodyLeft when Promise(row, now, grace: false) is { } promised:
                if (promised.Phrase is { } phrase)
                    Tell(promised.Row, InboundKind.HandoverMoved, new FloorNews(row.Id, null, null, phrase, promised.Row.PromisedBy), now, touched);
                break;
        }
    }

    private void Close(HandoverRow row, DateTimeOffset now, List<long> touched)
    {
        if (row.Closing is not { } plan || plan.DueAt > now) return;
        var closed = Step(
            row, HandoverStep.Closed, now,
            r => r with { Closing = null, ClosedAt = now, ClosedTopic = plan.Topic, Outcome = plan.Outcome, WaitingSince = null, Unread = 0 },
            row.OfficerId is null ? null : new Officer(row.Conversation.Agency, row.OfficerId, row.OfficerName ?? ""), ("topic", plan.Topic), ("outcome", plan.Outcome));
        if (closed is null) return;
        Tell(closed, InboundKind.OfficerReleased, new FloorNews(closed.Id, null, null, "handover_closed", Open: false, Survey: plan.Survey), now, touched);
    }
}
