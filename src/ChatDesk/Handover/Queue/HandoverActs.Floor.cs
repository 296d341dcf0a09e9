using ChatDesk.Activities;

namespace ChatDesk.Handover.Queue;

/// <content>Who has the floor.</content>
internal sealed partial class HandoverActs
{
    /// <summary>Until the conversation's turn has said the contact's own.</summary>
    private const string DefaultLanguage = "th";

    public QueueResult Claim(Officer by, long handover, DateTimeOffset now, List<long> touched)
    {
        if (books.Find(by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (row.IsHeld) return new(row.OfficerId == by.Id ? QueueStatus.Repeated : QueueStatus.Taken, row);
        if (Unable(by) is { } why) return new(why, row);
        return Ended(Give(row, HandoverStep.Claimed, by, now, touched, ("to", by.Name)), row);
    }

    public QueueResult ClaimNext(Officer by, DateTimeOffset now, List<long> touched)
    {
        if (Unable(by) is { } why) return new(why);
        var desk = books.Now(by.Agency).Desk;
        var card = desk.Officers[by.Id].Card;
        if (desk.Rows.Values.FirstOrDefault(r => r.Offer?.To.OfficerId == by.Id) is { } offered) return Accept(by, offered.Id, now, touched);
        return QueueOrder.Waiting(desk).FirstOrDefault(r => QueueOrder.Suits(card, r)) is { } next
            ? Claim(by, next.Id, now, touched)
            : new(QueueStatus.Empty);
    }

    public QueueResult StepIn(Officer by, ConversationKey conversation, string? reason, DateTimeOffset now, List<long> touched)
    {
        if (conversation.Agency != by.Agency || lines.ConversationId(conversation) is not { } id) return new(QueueStatus.Gone);
        if (books.Now(by.Agency).In(conversation) is { } open) return Claim(by, open.Id, now, touched);
        if (Unable(by) is { } why) return new(why);
        var (name, tags) = Contact(id);
        // The language and what a dialog was told are the conversation's to know: its turn adds them before it confirms the floor.
        var row = WithLast(New(id, conversation, HandoverReason.SteppedIn, DefaultLanguage, now) with
        {
            State = HandoverState.Accepted,
            OfficerId = by.Id,
            OfficerName = by.Name,
            ClaimedAt = now,
            OfficerActedAt = now,
            Packet = Filled(id, HandoverPacket.Empty),
            ContactName = name,
            Tags = tags,
            Reopens = Reopens(id, now),
        });
        var given = books.Add(row);
        books.Add(id, Happened(given, "claimed", now, by, [("to", by.Name), ("reason", reason)]));
        TakeBackUnsent(given, now);
        Tell(given, InboundKind.OfficerClaimed, new FloorNews(given.Id, by.Id, by.Name, null), now, touched);
        return new(QueueStatus.Done, given);
    }

    /// <summary>The last line, for the list.</summary>
    private HandoverRow WithLast(HandoverRow row) => lines.Last(row.ConversationId) is not { } last ? row : row with
    {
        LastKind = last.Kind,
        LastText = Preview(last.Text),
        LastKey = last.Key,
        LastBy = last.By,
        LastAt = last.At,
    };

    public QueueResult TakeOver(Officer by, long handover, string reason, DateTimeOffset now, List<long> touched)
    {
        if (books.Find(by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (!IsSaid(reason)) return new(QueueStatus.Invalid, row);
        if (row.OfficerId == by.Id) return new(QueueStatus.Repeated, row);
        if (!row.IsHeld) return Claim(by, handover, now, touched);
        if (Unable(by) is { } why) return new(why, row);
        CloseReferral(row);
        return Ended(Give(row, HandoverStep.TakenOver, by, now, touched, ("to", by.Name), ("by", row.OfficerName), ("reason", reason)), row);
    }

    public QueueResult Return(Officer by, long handover, string reason, DateTimeOffset now, List<long> touched) =>
        Own(by, handover, row => IsSaid(reason) ? Ended(Return(row, HandoverStep.Returned, by, reason, now, touched), row) : new(QueueStatus.Invalid, row));

    public QueueResult Transfer(Officer by, long handover, TransferTarget to, string reason, DateTimeOffset now) => Own(by, handover, row =>
    {
        if (!IsSaid(reason) || Targets(to) != 1) return new(QueueStatus.Invalid, row);
        if (CannotTake(row, to) is { } why) return new(why, row);
        CloseReferral(row);
        var offered = Step(row, HandoverStep.Offered, now, r => r with { Offer = new(to, by.Id, by.Name, reason, now) }, by, ("to", NameOf(by.Agency, to)), ("reason", reason));
        if (offered is not null && to.Agency is { } agency)
        {
            books.Put(new Referral
            {
                Handover = row.Id,
                FromAgency = by.Agency,
                ToAgency = agency,
                ByName = by.Name,
                Reason = reason,
                Language = row.Language,
                Packet = row.Packet,
                At = now,
            });
        }
        return Ended(offered, row);
    });

    public QueueResult Accept(Officer by, long handover, DateTimeOffset now, List<long> touched)
    {
        if (books.Now(by.Agency).Desk.Referrals.TryGetValue(handover, out var referral)) return AcceptReferral(by, referral, now, touched);
        if (books.Find(by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (!IsOffered(by, row)) return new(row.OfficerId == by.Id ? QueueStatus.Repeated : QueueStatus.NotYours, row);
        if (Unable(by) is { } why) return new(why, row);
        var unit = row.Offer!.To.Unit ?? row.Unit;
        return Ended(Give(row with { Unit = unit }, HandoverStep.OfferAccepted, by, now, touched, ("to", by.Name), ("by", row.OfficerName)), row);
    }

    public QueueResult Refuse(Officer by, long handover, string reason, DateTimeOffset now)
    {
        var referred = books.Now(by.Agency).Desk.Referrals.GetValueOrDefault(handover);
        if (books.Find(referred?.FromAgency ?? by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (referred is null && !IsOffered(by, row)) return new(QueueStatus.NotYours, row);
        if (!IsSaid(reason)) return new(QueueStatus.Invalid, referred is null ? row : null);
        var refused = EndOffer(row, HandoverStep.OfferRefused, now, by, reason);
        return referred is null ? Ended(refused, row) : new(refused is null ? QueueStatus.NotNow : QueueStatus.Done);
    }

    public QueueResult TakeBackOffer(Officer by, long handover, DateTimeOffset now) => Own(by, handover, row =>
        row.Offer is null ? new(QueueStatus.Repeated, row) : Ended(EndOffer(row, HandoverStep.OfferTakenBack, now, by, null), row));

    private HandoverRow? EndOffer(HandoverRow row, HandoverStep step, DateTimeOffset now, Officer? by, string? reason)
    {
        CloseReferral(row);
        return Step(row, step, now, r => r with { Offer = null }, by, ("reason", reason), ("to", row.Offer is { } offer ? NameOf(row.Conversation.Agency, offer.To) : null));
    }

    /// <summary>The chat ends here; the turn that says so opens the case of the other agency.</summary>
    private QueueResult AcceptReferral(Officer by, Referral referral, DateTimeOffset now, List<long> touched)
    {
        if (books.Find(referral.FromAgency, referral.Handover) is not { } row) return new(QueueStatus.Gone);
        CloseReferral(row);
        var sent = Step(
            row, HandoverStep.Referred, now,
            r => r with { Offer = null, Closing = null, ClosedAt = now, Outcome = "referred", ClosedTopic = r.Topic }, null, ("to", referral.ToAgency), ("by", by.Name));
        if (sent is null) return new(QueueStatus.NotNow);
        Tell(sent, InboundKind.OfficerReleased, new FloorNews(sent.Id, null, null, "handover_referred", Open: false, Referral: referral with { IsOpen = false }), now, touched);
        return new(QueueStatus.Done);
    }

    private QueueResult Own(Officer by, long handover, Func<HandoverRow, QueueResult> act)
    {
        if (books.Find(by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (!row.IsHeld) return new(QueueStatus.NotNow, row);
        return row.OfficerId == by.Id ? act(row) : new(QueueStatus.NotYours, row);
    }

    private static QueueResult Ended(HandoverRow? after, HandoverRow before) =>
        after is null ? new(QueueStatus.NotNow, before) : new(QueueStatus.Done, after, before);

    /// <summary>Why this officer cannot take one more; null when they can.</summary>
    private QueueStatus? Unable(Officer by) =>
        PresenceOf(by) is not { IsHere: true } ? QueueStatus.Absent : IsFull(by.Agency, by.Id) ? QueueStatus.Full : null;

    private bool IsOffered(Officer by, HandoverRow row) =>
        row.Offer is { } offer && row.OfficerId != by.Id
        && (offer.To.OfficerId == by.Id || (offer.To.Unit is { } unit && PresenceOf(by)?.Card.Unit == unit));

    private QueueStatus? CannotTake(HandoverRow row, TransferTarget to)
    {
        var officers = books.Now(row.Conversation.Agency).Desk.Officers;
        if (to.Agency is { } agency) return agency == row.Conversation.Agency || hours(agency) is null ? QueueStatus.Invalid : null;
        if (to.Unit is { } unit) return officers.Values.Any(o => o.IsHere && o.Card.Unit == unit) ? null : QueueStatus.Absent;
        if (to.OfficerId == row.OfficerId) return QueueStatus.Invalid;
        if (!officers.TryGetValue(to.OfficerId!, out var officer) || officer.State != PresenceState.Free) return QueueStatus.Absent;
        return IsFull(row.Conversation.Agency, to.OfficerId!) ? QueueStatus.Full : null;
    }

    private string NameOf(string agency, TransferTarget to) =>
        to.Agency ?? to.Unit ?? books.Now(agency).Desk.Officers.GetValueOrDefault(to.OfficerId!)?.Card.Officer.Name ?? "";

    private static int Targets(TransferTarget to) => (to.OfficerId is null ? 0 : 1) + (to.Unit is null ? 0 : 1) + (to.Agency is null ? 0 : 1);

    private static HandoverRow New(long conversationId, ConversationKey conversation, HandoverReason reason, string language, DateTimeOffset now) => new()
    {
        Id = 0,
        Version = 0,
        Conversation = conversation,
        ConversationId = conversationId,
        State = HandoverState.Requested,
        Reason = reason,
        AskedAt = now,
        Language = language,
        LastAt = now,
    };
}
