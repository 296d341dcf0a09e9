using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>The ledger's writes, each a run of prepared statements inside the writer's transaction. Used by the writer's thread only.</summary>
internal sealed class SqliteWrites(SqliteDatabase db)
{
    private const int KnownConversationsLimit = 100_000;

    private readonly Dictionary<ConversationKey, long> _known = [];

    private readonly SqliteStatement _findConversation = db.Prepare("SELECT id FROM conversations WHERE agency = ?1 AND channel = ?2 AND address = ?3");
    private readonly SqliteStatement _addConversation = db.Prepare("INSERT INTO conversations (agency, channel, address, created_at) VALUES (?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _addEvent = db.Prepare("""
        INSERT INTO inbox (agency, channel, event_id, identity, conversation_id, happened_at, received_at, state, reason, activity, raw)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (agency, channel, event_id, identity) DO NOTHING
        """);
    private readonly SqliteStatement _addFile = db.Prepare("INSERT INTO files (conversation_id, message_id, next_at) VALUES (?1, ?2, ?3) ON CONFLICT (conversation_id, message_id) DO NOTHING");
    private readonly SqliteStatement _isWithdrawn = db.Prepare("SELECT 1 FROM withdrawn WHERE conversation_id = ?1 AND message_id = ?2");

    private readonly SqliteStatement _passFence = db.Prepare("UPDATE conversations SET turn = ?3, snapshot = ?4, reachable = coalesce(?5, reachable) WHERE id = ?1 AND turn = ?2");
    private readonly SqliteStatement _finishEvent = db.Prepare("UPDATE inbox SET state = ?2, turn = ?3, outcome = ?4, evidence = ?5, reason = ?6 WHERE id = ?1 AND state = 0");
    private readonly SqliteStatement _hide = db.Prepare("UPDATE inbox SET activity = ?2, raw = NULL WHERE id = ?1");
    private readonly SqliteStatement _addInboundLine = db.Prepare("""
        INSERT INTO transcript (conversation_id, at, turn, outgoing, activity_id, message_id, inbox_id)
        SELECT conversation_id, happened_at, turn, 0, event_id, ?2, id FROM inbox WHERE id = ?1
        """);
    private readonly SqliteStatement _addOutboundLine = db.Prepare("INSERT INTO transcript (conversation_id, at, turn, outgoing, activity_id, body) VALUES (?1, ?2, ?3, 1, ?4, ?5)");
    private readonly SqliteStatement _addOutbox = db.Prepare("""
        INSERT INTO outbox (id, outbox_id, conversation_id, turn, created_at, next_at, reply_handle, reply_handle_at, transcript_id, state, reason, settled_at)
        VALUES (?7, ?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """);
    private readonly SqliteStatement _addEffect = db.Prepare("INSERT INTO effects (conversation_id, turn, kind, data, created_at) VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly SqliteStatement _setTimer = db.Prepare("""
        INSERT INTO timers (conversation_id, kind, due_at, data) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at, data = excluded.data
        """);
    private readonly SqliteStatement _cancelTimer = db.Prepare("DELETE FROM timers WHERE conversation_id = ?1 AND kind = ?2");

    private readonly SqliteStatement _noteWithdrawn = db.Prepare("INSERT INTO withdrawn (conversation_id, message_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    private readonly SqliteStatement _eraseEvents = db.Prepare("""
        UPDATE inbox SET activity = NULL, raw = NULL
        WHERE id IN (SELECT inbox_id FROM transcript WHERE conversation_id = ?1 AND message_id = ?2) AND id <> ?3
        """);
    private readonly SqliteStatement _erasePending = db.Prepare("UPDATE inbox SET activity = NULL, raw = NULL WHERE conversation_id = ?1 AND state = 0 AND CAST(activity AS TEXT) ->> '$.messageId' = ?2");
    private readonly SqliteStatement _eraseFile = db.Prepare("UPDATE files SET state = CASE WHEN path IS NULL THEN 6 ELSE 5 END WHERE conversation_id = ?1 AND message_id = ?2 AND state <> 6");

    private readonly SqliteStatement _settle = db.Prepare("""
        UPDATE outbox SET state = ?2, next_at = ?3, attempts = attempts + ?10, parts_done = ?4, reply_trace = ?5, settled_at = ?6,
                          reason = ?7, provider_id = coalesce(?8, provider_id), counted = counted + ?9
        WHERE id = ?1
        """);
    private readonly SqliteStatement _noteFault = db.Prepare("UPDATE inbox SET attempts = attempts + 1, reason = ?2 WHERE id = ?1");

    private readonly SqliteStatement _dueTimers = db.Prepare("""
        SELECT t.id, t.kind, t.due_at, t.data, c.id, c.agency, c.channel, c.address
        FROM timers t JOIN conversations c ON c.id = t.conversation_id WHERE t.due_at <= ?1 ORDER BY t.due_at LIMIT 500
        """);
    private readonly SqliteStatement _dropTimer = db.Prepare("DELETE FROM timers WHERE id = ?1");

    private readonly SqliteStatement _settleFile = db.Prepare("""
        UPDATE files SET state = ?2, next_at = coalesce(?3, next_at), attempts = attempts + 1, path = coalesce(?4, path), content_type = ?5, size = ?6, reason = ?7
        WHERE id = ?1 AND state = 0
        """);
    private readonly SqliteStatement _keepPathOfErased = db.Prepare("UPDATE files SET state = 5, path = ?2 WHERE id = ?1 AND state = 6");
    private readonly SqliteStatement _forgetFile = db.Prepare("UPDATE files SET state = 6, path = NULL WHERE id = ?1");
    private readonly SqliteStatement _remember = db.Prepare("""
        INSERT INTO channel_facts (agency, channel, name, value, at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (agency, channel, name) DO UPDATE SET value = excluded.value, at = excluded.at
        """);

    /// <summary>Stores events; adds the conversations that now have something pending to <paramref name="touched"/>.</summary>
    /// <param name="entries">The events.</param>
    /// <param name="written">Each activity as JSON, made before: the writer's thread has better things to do.</param>
    /// <param name="touched">Where the conversations go.</param>
    public int Accept(IReadOnlyList<InboxEntry> entries, IReadOnlyList<byte[]> written, List<long> touched)
    {
        var stored = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var activity = entry.Activity;
            var conversation = ConversationId(activity.Conversation, entry.ReceivedAt);
            var withdrawn = activity.MessageId is { } id && activity.Kind != InboundKind.Withdrawn && _isWithdrawn.Bind(1, conversation).Bind(2, id).ReadOne() is not null;
            _addEvent.Bind(1, activity.Conversation.Agency).Bind(2, activity.Conversation.Channel).Bind(3, activity.Id).Bind(4, activity.Identity)
                .Bind(5, conversation).Bind(6, activity.At.ToUnixTimeMilliseconds()).Bind(7, entry.ReceivedAt.ToUnixTimeMilliseconds())
                .Bind(8, (long)(entry.Fault is null ? InboxState.Pending : InboxState.Quarantined)).Bind(9, entry.Fault)
                .Bind(10, withdrawn ? (ReadOnlyMemory<byte>?)null : written[i]).Bind(11, withdrawn ? (ReadOnlyMemory<byte>?)null : entry.Raw);
            if (_addEvent.Run() == 0) continue;

            stored++;
            if (entry.Fault is null) touched.Add(conversation);
            if (!withdrawn && activity is { File: { Url: null }, MessageId: { } message })
                _addFile.Bind(1, conversation).Bind(2, message).Bind(3, entry.ReceivedAt.ToUnixTimeMilliseconds()).Run();
        }
        return stored;
    }

    /// <summary>Keeps a turn; null when the conversation has moved on (the fence).</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="replies">Its replies as JSON, made before.</param>
    /// <param name="silenced">What it says is kept for officers to see, but does not leave.</param>
    /// <param name="now">The desk's clock.</param>
    public KeptTurn? CommitTurn(TurnCommit turn, byte[] replies, bool silenced, DateTimeOffset now)
    {
        var conversation = turn.Conversation.Id;
        var number = turn.BasedOnTurn + 1;
        _passFence.Bind(1, conversation).Bind(2, turn.BasedOnTurn).Bind(3, number).Bind(4, turn.Snapshot)
            .Bind(5, turn.Reachable is { } reachable ? reachable ? 1L : 0L : (long?)null);
        if (_passFence.Run() == 0) return null;

        var inbound = FinishEvent(turn, number);
        if (turn.WithdrawnMessageId is { } message) Erase(conversation, message, turn.Item.RowId);
        foreach (var effect in turn.Effects)
            _addEffect.Bind(1, conversation).Bind(2, number).Bind(3, effect.Kind).Bind(4, effect.Data).Bind(5, now.ToUnixTimeMilliseconds()).Run();
        foreach (var timer in turn.Timers) Change(conversation, timer);
        return new KeptTurn(turn, number, inbound, turn.Replies.Count == 0 ? null : AddOutbox(turn, number, replies, silenced, now), silenced, now);
    }

    public bool Settle(OutboxItem item, SendResult result, DateTimeOffset now)
    {
        var deferred = result.Status == SendStatus.Deferred;
        return _settle.Bind(1, item.RowId).Bind(2, deferred ? (long)OutboxState.Pending : (long)result.Status)
            .Bind(3, (result.RetryAt ?? now).ToUnixTimeMilliseconds()).Bind(4, result.PartsDone).Bind(5, (long)result.Reply)
            .Bind(6, deferred ? null : now.ToUnixTimeMilliseconds()).Bind(7, result.Reason).Bind(8, result.ProviderId).Bind(9, result.Counted).Bind(10, result.HeldBack ? 0 : 1)
            .Run() > 0;
    }

    public bool NoteFault(InboxItem item, string reason) => _noteFault.Bind(1, item.RowId).Bind(2, reason).Run() > 0;

    /// <summary>Makes inbox rows of due timers: the row and the timer's end are one write, so each fires once.</summary>
    public int FireTimers(DateTimeOffset now, List<long> touched)
    {
        var due = new List<InboxEntry>();
        var ids = new List<long>();
        _dueTimers.Bind(1, now.ToUnixTimeMilliseconds());
        while (_dueTimers.Step())
        {
            ids.Add(_dueTimers.Long(0));
            due.Add(new InboxEntry(new InboundActivity
            {
                Id = $"timer:{_dueTimers.Long(0)}:{_dueTimers.Long(2)}",
                Conversation = new(_dueTimers.Text(5), _dueTimers.Text(6), _dueTimers.Text(7)),
                Kind = InboundKind.Timer,
                At = DateTimeOffset.FromUnixTimeMilliseconds(_dueTimers.Long(2)),
                Text = _dueTimers.Text(1),
                Data = _dueTimers.TextOrNull(3),
            }, now, default));
        }
        foreach (var id in ids) _dropTimer.Bind(1, id).Run();
        return Accept(due, [.. due.Select(entry => ActivityJson.Write(entry.Activity))], touched);
    }

    public bool SettleFile(FileOrder order, FileOutcome outcome)
    {
        _settleFile.Bind(1, order.RowId).Bind(2, (long)outcome.State).Bind(3, outcome.RetryAt?.ToUnixTimeMilliseconds())
            .Bind(4, outcome.Path).Bind(5, outcome.ContentType).Bind(6, outcome.Size).Bind(7, outcome.Reason);
        if (_settleFile.Run() > 0) return true;

        // Taken back while it was being fetched: what was just written must go too.
        return outcome.Path is not null && _keepPathOfErased.Bind(1, order.RowId).Bind(2, outcome.Path).Run() > 0;
    }

    public bool ForgetFile(FileOrder order) => _forgetFile.Bind(1, order.RowId).Run() > 0;

    public bool Remember(string agency, string channel, string name, string value, DateTimeOffset now) =>
        _remember.Bind(1, agency).Bind(2, channel).Bind(3, name).Bind(4, value).Bind(5, now.ToUnixTimeMilliseconds()).Run() > 0;

    /// <summary>Forgets cached ids after a rollback: a conversation of the lost transaction may have been among them.</summary>
    public void ForgetKnown() => _known.Clear();

    /// <summary>The ledger's number of a conversation; made when it is new.</summary>
    public long ConversationId(ConversationKey key, DateTimeOffset now)
    {
        if (_known.TryGetValue(key, out var id)) return id;
        if (_known.Count >= KnownConversationsLimit) _known.Clear();
        if (_findConversation.Bind(1, key.Agency).Bind(2, key.Channel).Bind(3, key.Address).ReadOne() is { } found) return _known[key] = found;
        _addConversation.Bind(1, key.Agency).Bind(2, key.Channel).Bind(3, key.Address).Bind(4, now.ToUnixTimeMilliseconds()).Run();
        return _known[key] = db.LastInsertId;
    }

    /// <returns>The transcript's new row.</returns>
    private long FinishEvent(TurnCommit turn, long number)
    {
        var item = turn.Item;
        var state = turn.QuarantineReason is null ? InboxState.Done : InboxState.Quarantined;
        _finishEvent.Bind(1, item.RowId).Bind(2, (long)state).Bind(3, number).Bind(4, turn.Outcome).Bind(5, turn.Evidence).Bind(6, turn.QuarantineReason).Run();
        if (turn.KeptText is { } kept && item.Activity is { } activity)
            _hide.Bind(1, item.RowId).Bind(2, ActivityJson.Write(activity with { Text = kept })).Run();
        _addInboundLine.Bind(1, item.RowId).Bind(2, item.Activity?.MessageId).Run();
        return db.LastInsertId;
    }

    private OutboxItem AddOutbox(TurnCommit turn, long number, byte[] body, bool silenced, DateTimeOffset now)
    {
        var item = turn.Item;
        var id = $"{item.Activity?.Id ?? $"row{item.RowId}"}:0";
        var handle = turn.Handle?.Token ?? item.Activity?.ReplyHandle;
        var handleAt = turn.Handle?.At ?? item.ReceivedAt;
        _addOutboundLine.Bind(1, turn.Conversation.Id).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, number).Bind(4, id).Bind(5, body).Run();

        // The row takes its line's number: so how a line fared is found without an index of its own.
        _addOutbox.Bind(1, id).Bind(2, turn.Conversation.Id).Bind(3, number).Bind(4, now.ToUnixTimeMilliseconds())
            .Bind(5, handle).Bind(6, handle is null ? null : handleAt.ToUnixTimeMilliseconds()).Bind(7, db.LastInsertId)
            .Bind(8, (long)(silenced ? OutboxState.TakenBack : OutboxState.Pending)).Bind(9, silenced ? "officer" : null)
            .Bind(10, silenced ? now.ToUnixTimeMilliseconds() : (long?)null).Run();
        return new OutboxItem
        {
            RowId = db.LastInsertId,
            Id = id,
            Conversation = turn.Conversation.Key,
            Activities = turn.Replies,
            ReplyHandle = handle,
            ReplyHandleAt = handleAt,
            Reply = ReplyTrace.Unused,
            CreatedAt = now,
        };
    }

    public void Change(long conversation, TimerChange timer)
    {
        if (timer.DueAt is { } due) _setTimer.Bind(1, conversation).Bind(2, timer.Kind).Bind(3, due.ToUnixTimeMilliseconds()).Bind(4, timer.Data).Run();
        else _cancelTimer.Bind(1, conversation).Bind(2, timer.Kind).Run();
    }

    /// <param name="conversation">Where.</param>
    /// <param name="message">What was taken back.</param>
    /// <param name="self">The event that says so; it holds no words and stays.</param>
    private void Erase(long conversation, string message, long self)
    {
        _noteWithdrawn.Bind(1, conversation).Bind(2, message).Run();
        _eraseEvents.Bind(1, conversation).Bind(2, message).Bind(3, self).Run();
        _erasePending.Bind(1, conversation).Bind(2, message).Run();
        _eraseFile.Bind(1, conversation).Bind(2, message).Run();
    }
}
