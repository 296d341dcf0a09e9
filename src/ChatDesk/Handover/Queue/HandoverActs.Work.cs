using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <content>Words, notes, holding, closing, presence.</content>
internal sealed partial class HandoverActs
{
    private const int TextLimit = 5_000;
    private const int ClientIdLimit = 64;

    /// <summary>A page further behind than this has to look afresh: the writer has no time to tell it everything.</summary>
    private const int MissedLimit = 500;

    private readonly LedgerStatement _said = db.Prepare("SELECT 1 FROM inbox WHERE agency = ?1 AND channel = ?2 AND event_id = ?3 AND conversation_id = ?4");
    private readonly LedgerStatement _saidInClosed = db.Prepare("""
        SELECT 1 FROM handovers h JOIN conversations c ON c.id = h.conversation_id
        JOIN inbox i ON i.agency = h.agency AND i.channel = c.channel AND i.event_id = ?3 AND i.conversation_id = h.conversation_id
        WHERE h.agency = ?1 AND h.id = ?2
        """);
    private readonly LedgerStatement _noted = db.Prepare("SELECT 1 FROM desk_lines WHERE agency = ?1 AND key = ?2");
    private readonly LedgerStatement _eventsAfter = db.Prepare("SELECT body FROM desk_events WHERE agency = ?1 AND seq > ?2 ORDER BY seq");
    private readonly LedgerStatement _firstEvent = db.Prepare("SELECT min(seq) FROM desk_events WHERE agency = ?1");
    private readonly LedgerStatement _failed = db.Prepare("""
        SELECT o.id FROM transcript t JOIN outbox o ON o.conversation_id = t.conversation_id AND o.id = t.id
        WHERE t.conversation_id = ?2 AND t.outgoing AND t.activity_id = ?1 AND o.state = 3
        """);
    private readonly LedgerStatement _retry = db.Prepare("UPDATE outbox SET state = 0, next_at = ?2, settled_at = NULL, reason = NULL WHERE id = ?1 AND conversation_id = ?3");
    private readonly LedgerStatement _tag = db.Prepare("""
        INSERT INTO contacts (conversation_id, agency, tags) VALUES (?1, ?2, ?3) ON CONFLICT (conversation_id) DO UPDATE SET tags = excluded.tags
        """);
    private readonly LedgerStatement _name = db.Prepare("""
        INSERT INTO contacts (conversation_id, agency, name) VALUES (?1, ?2, ?3) ON CONFLICT (conversation_id) DO UPDATE SET name = excluded.name
        """);

    public SayResult Say(Officer by, SayOrder order, DateTimeOffset now, List<long> touched)
    {
        var key = $"o:{FloorActivities.SayId(order.ClientId)}:0";
        if (books.Find(by.Agency, order.Handover) is not { } row)
        {
            // The first try may have been kept and its answer lost, and the handover closed since: the words were sent all the same.
            return _saidInClosed.Bind(1, by.Agency).Bind(2, order.Handover).Bind(3, FloorActivities.SayId(order.ClientId)).ReadOne() is null ? new(QueueStatus.Gone) : new(QueueStatus.Repeated, null, key);
        }
        if (!IsClientId(order.ClientId) || order.Text.Length > TextLimit || (string.IsNullOrWhiteSpace(order.Text) && order.Files.Count == 0)) return new(QueueStatus.Invalid, row);
        if (_said.Bind(1, by.Agency).Bind(2, row.Conversation.Channel).Bind(3, FloorActivities.SayId(order.ClientId)).Bind(4, row.ConversationId).ReadOne() is not null) return new(QueueStatus.Repeated, row, key);
        if (!row.IsHeld) return new(QueueStatus.NotNow, row);
        if (row.OfficerId != by.Id) return new(QueueStatus.Taken, row);
        if (row.Closing is not null) return new(QueueStatus.NotNow, row);
        var missed = Missed(by, row, order.SeenSeq);
        if (missed is not { Count: 0 }) return new(QueueStatus.Outdated, row, Missed: missed ?? []);
        var entry = FloorActivities.Say(row, by, order, now);
        db.Accept(entry, row.ConversationId, touched);
        books.Tell(TranscriptReader.Queued(entry.Activity), isNew: true);
        return new(QueueStatus.Done, row, key);
    }

    public SayResult Note(Officer by, ConversationKey conversation, string clientId, string text, DateTimeOffset now)
    {
        if (conversation.Agency != by.Agency || lines.ConversationId(conversation) is not { } id) return new(QueueStatus.Gone);
        if (!IsClientId(clientId) || string.IsNullOrWhiteSpace(text) || text.Length > TextLimit) return new(QueueStatus.Invalid);
        var key = $"n:{clientId}";
        var row = books.Now(by.Agency).In(conversation);
        if (_noted.Bind(1, by.Agency).Bind(2, key).ReadOne() is not null) return new(QueueStatus.Repeated, row, key);
        books.Add(id, new TranscriptLine
        {
            Key = key,
            Conversation = conversation,
            At = now,
            Sort = "",
            By = LineSpeaker.Officer,
            Kind = LineKind.Note,
            OfficerId = by.Id,
            OfficerName = by.Name,
            Text = text,
        });
        return new(QueueStatus.Done, row, key);
    }

    public QueueResult Retry(Officer by, long handover, string lineKey, DateTimeOffset now, List<long> touched) => Own(by, handover, row =>
    {
        if (!lineKey.StartsWith("o:", StringComparison.Ordinal)) return new(QueueStatus.Invalid, row);
        if (_failed.Bind(1, lineKey[2..]).Bind(2, row.ConversationId).ReadOne() is not { } id) return new(QueueStatus.NotNow, row);
        _retry.Bind(1, id).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, row.ConversationId).Run();
        if (lines.Line(row.ConversationId, id) is { } line) books.Tell(line, isNew: false);
        touched.Add(row.ConversationId);
        return new(QueueStatus.Done, row, row);
    });

    public QueueResult MarkRead(Officer by, long handover) => Own(by, handover, row =>
        row.Unread == 0 ? new(QueueStatus.Repeated, row) : new(QueueStatus.Done, books.Put(row with { Unread = 0 }), row));

    public QueueResult Hold(Officer by, long handover, DateTimeOffset now) => Own(by, handover, row => Ended(Step(row, HandoverStep.Held, now, null, by), row));

    public QueueResult Resume(Officer by, long handover, DateTimeOffset now) => Own(by, handover, row => Ended(Step(row, HandoverStep.Resumed, now, null, by), row));

    public QueueResult Prioritise(Officer by, long handover, HandoverPriority priority, string reason, DateTimeOffset now)
    {
        if (books.Find(by.Agency, handover) is not { } row) return new(QueueStatus.Gone);
        if (!IsSaid(reason)) return new(QueueStatus.Invalid, row);
        return Ended(Step(row, HandoverStep.Raised, now, r => r with { Priority = priority, PriorityReason = reason }, by, ("to", priority.ToString()), ("reason", reason)), row);
    }

    public QueueResult Close(Officer by, long handover, string topic, string outcome, bool survey, DateTimeOffset now) => Own(by, handover, row =>
    {
        if (!IsSaid(topic) || !IsSaid(outcome)) return new(QueueStatus.Invalid, row);
        if (row.Closing is not null) return new(QueueStatus.Repeated, row);
        CloseReferral(row);
        var plan = new ClosePlan(now + HandoverRules.UndoTime, topic, outcome, survey);
        return Ended(Step(row, HandoverStep.CloseBegun, now, r => r with { Closing = plan, Offer = null }, by, ("topic", topic), ("outcome", outcome)), row);
    });

    public QueueResult UndoClose(Officer by, long handover, DateTimeOffset now) => Own(by, handover, row =>
        row.Closing is null ? new(QueueStatus.NotNow, row) : Ended(Step(row, HandoverStep.CloseUndone, now, r => r with { Closing = null }, by), row));

    public PresenceRow Arrive(OfficerCard card, DateTimeOffset now)
    {
        var known = PresenceOf(card.Officer);
        var row = new PresenceRow
        {
            Card = card,
            State = known is { IsHere: true } ? known.State : PresenceState.Free,
            Since = known is { IsHere: true } ? known.Since : now,
            LastSeen = now,
        };
        books.Put(row);
        return row;
    }

    public QueueResult SetPresence(Officer by, PresenceState state, string? reason, DateTimeOffset now, List<long> touched)
    {
        if (PresenceOf(by) is not { } known) return new(QueueStatus.Absent);
        if (reason?.Length > ReasonLimit) return new(QueueStatus.Invalid);
        if (known.State == state && known.Reason == reason) return new(QueueStatus.Repeated);
        books.Put(known with { State = state, Reason = reason, Since = now, LastSeen = now });
        if (state == PresenceState.Off) GiveBackAll(by.Agency, by.Id, now, touched);
        return new(QueueStatus.Done);
    }

    public QueueResult Tag(Officer by, ConversationKey conversation, IReadOnlyList<string> tags)
    {
        if (conversation.Agency != by.Agency || lines.ConversationId(conversation) is not { } id) return new(QueueStatus.Gone);
        if (tags.Count > 20 || tags.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > 60)) return new(QueueStatus.Invalid);
        _tag.Bind(1, id).Bind(2, by.Agency).Bind(3, HandoverJson.WriteText(tags)).Run();
        var row = books.Now(by.Agency).In(conversation);
        return new(QueueStatus.Done, row is null ? null : books.Put(row with { Tags = tags }), row);
    }

    /// <summary>Keeps a contact's name as the channel's profile says it.</summary>
    public void Named(HandoverRow seen, string name)
    {
        _name.Bind(1, seen.ConversationId).Bind(2, seen.Conversation.Agency).Bind(3, name).Run();
        if (books.Now(seen.Conversation.Agency).In(seen.Conversation) is { } row && row.ContactName != name) books.Put(row with { ContactName = name });
    }

    public (BotSwitch Before, BotSwitch After) SwitchBot(Officer by, bool off, string reason, DateTimeOffset now)
    {
        var before = books.Now(by.Agency).Desk.Bot;
        if (before.Off == off) return (before, before);
        var after = new BotSwitch(off, reason, by.Name, now);
        books.Put(by.Agency, after);
        return (before, after);
    }

    private void GiveBackAll(string agency, string officer, DateTimeOffset now, List<long> touched)
    {
        foreach (var row in books.Now(agency).Desk.Rows.Values.Where(r => r.IsHeld && r.OfficerId == officer))
            Return(row, HandoverStep.OfficerLeft, null, null, now, touched);
    }

    /// <returns>What came after the officer's view; null when that cannot be told any more.</returns>
    private List<TranscriptLine>? Missed(Officer by, HandoverRow row, long seen)
    {
        if (seen >= books.Now(by.Agency).Desk.Seq) return [];
        if (books.Now(by.Agency).Desk.Seq - seen > MissedLimit || _firstEvent.Bind(1, by.Agency).ReadOne() > seen + 1) return null;
        var missed = new List<TranscriptLine>();
        _eventsAfter.Bind(1, by.Agency).Bind(2, seen);
        while (_eventsAfter.Step())
        {
            var change = HandoverJson.Read<DeskEvent>(_eventsAfter.Blob(0));
            if (change is { IsNew: true, Line: { IsNews: true } line } && line.Conversation == row.Conversation && line.OfficerId != by.Id) missed.Add(line);
        }
        return missed;
    }

    private static bool IsClientId(string id) => id.Length is > 0 and <= ClientIdLimit && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
