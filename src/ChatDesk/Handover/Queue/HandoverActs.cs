using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Hours;

namespace ChatDesk.Handover.Queue;

/// <summary>
/// The steps of handovers, each inside one transaction of the ledger: asks <see cref="HandoverTable"/>, changes the row,
/// writes the event line, and puts what the conversation must learn into its inbox. Writer's thread only.
/// </summary>
internal sealed partial class HandoverActs(HandoverBooks books, QueueSql db, TranscriptReader lines, Func<string, AgencyHours?> hours)
{
    private const int ReasonLimit = 500;

    private readonly LedgerStatement _takeBack = db.Prepare("""
        UPDATE outbox SET state = CASE WHEN reply_trace = 1 THEN 4 ELSE 5 END, reason = 'officer', settled_at = ?2
        WHERE conversation_id = ?1 AND state = 0 AND next_at > ?2 AND outbox_id NOT LIKE 'say:%' RETURNING id
        """);

    /// <summary>Makes one step; null when the table has no such step from where the row stands.</summary>
    private HandoverRow? Step(HandoverRow row, HandoverStep step, DateTimeOffset now, Func<HandoverRow, HandoverRow>? change = null, Officer? by = null, params ReadOnlySpan<(string Name, string? Value)> details)
    {
        if (HandoverTable.Next(row.State, step) is not { } move) return null;
        if (move.Records is { } what) books.Add(row.ConversationId, Happened(row, what, now, by, details));
        return books.Put((change is null ? row : change(row)) with { State = move.To });
    }

    private static TranscriptLine Happened(HandoverRow row, string what, DateTimeOffset now, Officer? by, ReadOnlySpan<(string Name, string? Value)> details)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            if (!string.IsNullOrEmpty(value)) named[name] = value;
        }
        return new TranscriptLine
        {
            Key = $"h:{row.Id}:{row.Version}:{what}",
            Conversation = row.Conversation,
            At = now,
            Sort = "",
            By = LineSpeaker.Desk,
            Kind = LineKind.Event,
            OfficerId = by?.Id,
            OfficerName = by?.Name,
            Happening = what,
            Details = named,
        };
    }

    /// <summary>Puts what the conversation must learn into its inbox, to take its turn like everything else.</summary>
    private void Tell(HandoverRow row, InboundKind kind, FloorNews news, DateTimeOffset now, List<long> touched) =>
        db.Accept(FloorActivities.Tell(row, kind, news, now), row.ConversationId, touched);

    /// <summary>What the bot said and could not leave yet is not said any more. What is being sent at this moment ends by itself.</summary>
    private void TakeBackUnsent(HandoverRow row, DateTimeOffset now)
    {
        var taken = new List<long>();
        _takeBack.Bind(1, row.ConversationId).Bind(2, now.ToUnixTimeMilliseconds());
        while (_takeBack.Step()) taken.Add(_takeBack.Long(0));
        foreach (var id in taken)
        {
            if (lines.Line(row.ConversationId, id) is { } line) books.Tell(line, isNew: false);
        }
    }

    /// <summary>The floor goes to an officer: from here on the ledger keeps the bot silent, and the conversation's turn confirms it.</summary>
    private HandoverRow? Give(HandoverRow row, HandoverStep step, Officer to, DateTimeOffset now, List<long> touched, params ReadOnlySpan<(string, string?)> details)
    {
        var given = Step(
            row, step, now,
            r => r with
            {
                OfficerId = to.Id,
                OfficerName = to.Name,
                ClaimedAt = now,
                OfficerActedAt = now,
                Offer = null,
                Closing = null,
                FloorSince = row.IsHeld ? row.FloorSince : null,
            },
            to, details);
        if (given is null) return null;
        TakeBackUnsent(given, now);
        Tell(given, InboundKind.OfficerClaimed, new FloorNews(given.Id, to.Id, to.Name, row.IsHeld ? null : "handover_joined"), now, touched);
        return given;
    }

    /// <summary>Back into the queue, or straight to a promise when nobody is there to take it.</summary>
    private HandoverRow? Return(HandoverRow row, HandoverStep step, Officer? by, string? reason, DateTimeOffset now, List<long> touched)
    {
        CloseReferral(row);
        var back = Step(
            row, step, now,
            r => r with { OfficerId = null, OfficerName = null, ClaimedAt = null, FloorSince = null, Offer = null, Closing = null, Returns = r.Returns + 1 },
            by, ("reason", reason), ("by", row.OfficerName));
        if (back is null) return null;
        var phrase = HandoverTable.Next(row.State, step)!.Value.Says;
        if (Promise(back, now, grace: false) is { } promised) (back, phrase) = promised;
        Tell(back, InboundKind.OfficerReleased, new FloorNews(back.Id, null, null, phrase, back.PromisedBy), now, touched);
        return back;
    }

    /// <summary>Turns a waiting row into a promise when the agency is closed or nobody is on duty; null when it may wait.</summary>
    private (HandoverRow Row, string? Phrase)? Promise(HandoverRow row, DateTimeOffset now, bool grace)
    {
        var closed = IsClosed(row.Conversation.Agency, now);
        if (!closed && (grace || AnyoneHere(row.Conversation.Agency))) return null;
        var step = closed ? HandoverStep.HoursEnded : HandoverStep.NobodyLeft;
        // A promise that still holds is not given twice.
        var said = row.PromisedBy is { } until && until > now;
        var promise = said ? row.PromisedBy : hours(row.Conversation.Agency)?.PromiseFrom(now);
        var opens = hours(row.Conversation.Agency)?.Calendar.NextOpening(now);
        if (Step(row, step, now, r => r with { PromisedBy = promise, OpensAt = opens }, null, ("by", promise?.ToString("O"))) is not { } promised) return null;
        return (promised, said ? null : HandoverTable.Next(row.State, step)!.Value.Says);
    }

    private bool IsClosed(string agency, DateTimeOffset now) => hours(agency) is { } known && !known.Calendar.IsOpen(now);

    private bool AnyoneHere(string agency) => books.Now(agency).Desk.Officers.Values.Any(o => o.IsHere);

    private PresenceRow? PresenceOf(Officer officer) => books.Now(officer.Agency).Desk.Officers.GetValueOrDefault(officer.Id);

    private bool IsFull(string agency, string officer)
    {
        var desk = books.Now(agency).Desk;
        return desk.Officers.TryGetValue(officer, out var presence) && QueueOrder.Load(desk, officer) >= presence.Card.Capacity;
    }

    private void CloseReferral(HandoverRow row)
    {
        if (row.Offer?.To.Agency is { } agency && books.Now(agency).Desk.Referrals.TryGetValue(row.Id, out var referral)) books.Put(referral with { IsOpen = false });
    }

    private static bool IsSaid(string? reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= ReasonLimit;
}
