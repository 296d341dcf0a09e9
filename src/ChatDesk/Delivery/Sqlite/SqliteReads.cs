using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>The ledger's reads, on a connection of their own so that they never wait for the writer. One caller at a time (<see cref="SqliteLedger"/> sees to it).</summary>
/// <param name="db">A connection for reading.</param>
/// <param name="lastTriedHere">Whether the last try at an outbox row was this process's own, and therefore ended as written.</param>
/// <param name="hasOfficer">Whether an officer has a conversation.</param>
internal sealed class SqliteReads(SqliteDatabase db, Func<long, bool> lastTriedHere, Func<ConversationKey, bool> hasOfficer)
{
    /// <summary>Events of one conversation handed out at once; the rest follows with the next claim.</summary>
    private const int PendingLimit = 50;

    private readonly SqliteStatement _conversation = db.Prepare("SELECT agency, channel, address, turn, reachable FROM conversations WHERE id = ?1");
    private readonly SqliteStatement _snapshot = db.Prepare("SELECT snapshot FROM conversations WHERE id = ?1");
    private readonly SqliteStatement _pending = db.Prepare($"""
        SELECT id, received_at, attempts, activity FROM inbox INDEXED BY inbox_pending
        WHERE conversation_id = ?1 AND state = 0 ORDER BY happened_at, id LIMIT {PendingLimit}
        """);
    private readonly SqliteStatement _unsettled = db.Prepare("""
        SELECT o.id, o.outbox_id, o.created_at, o.next_at, o.attempts, o.parts_done, o.reply_trace, o.reply_handle, o.reply_handle_at, t.body
        FROM outbox o INDEXED BY outbox_unsettled JOIN transcript t ON t.id = o.transcript_id WHERE o.conversation_id = ?1 AND o.state = 0 ORDER BY o.id
        """);
    private readonly SqliteStatement _waiting = db.Prepare("""
        SELECT DISTINCT conversation_id FROM inbox WHERE state = 0
        UNION SELECT conversation_id FROM outbox INDEXED BY outbox_unsettled WHERE state = 0 AND next_at <= ?1
        """);
    private readonly SqliteStatement _timersDue = db.Prepare("SELECT 1 FROM timers WHERE due_at <= ?1 LIMIT 1");
    private readonly SqliteStatement _wantedFiles = db.Prepare("""
        SELECT f.id, c.agency, c.channel, c.address, f.message_id, f.attempts, f.path
        FROM files f JOIN conversations c ON c.id = f.conversation_id
        WHERE f.state = 0 AND f.next_at <= ?1 AND c.channel = ?2 ORDER BY f.next_at LIMIT ?3
        """);
    private readonly SqliteStatement _filesToErase = db.Prepare("""
        SELECT f.id, c.agency, c.channel, c.address, f.message_id, f.attempts, f.path
        FROM files f JOIN conversations c ON c.id = f.conversation_id WHERE f.state = 5 LIMIT ?1
        """);
    private readonly SqliteStatement _effects = db.Prepare("""
        SELECT e.id, c.agency, c.channel, c.address, e.kind, e.data, e.created_at
        FROM effects e JOIN conversations c ON c.id = e.conversation_id WHERE e.id > ?1 ORDER BY e.id LIMIT ?2
        """);
    private readonly SqliteStatement _fact = db.Prepare("SELECT value FROM channel_facts WHERE agency = ?1 AND channel = ?2 AND name = ?3");

    private readonly SqliteStatement _backlog = db.Prepare("""
        SELECT p.n, p.oldest, u.n, u.oldest, (SELECT count(*) FROM inbox WHERE state = 2)
        FROM (SELECT count(*) AS n, min(received_at) AS oldest FROM inbox WHERE state = 0) p,
             (SELECT count(*) AS n, min(created_at) AS oldest FROM outbox INDEXED BY outbox_unsettled WHERE state = 0) u
        """);

    public SqliteTranscript Transcript { get; } = new(db);

    /// <summary>Everything due in a conversation. Rows of the outbox that may not be tried yet hold it back whole, so that answers keep their order.</summary>
    public ClaimedConversation? Conversation(long id, DateTimeOffset now)
    {
        if (!_conversation.Bind(1, id).Step()) return null;
        var key = new ConversationKey(_conversation.Text(0), _conversation.Text(1), _conversation.Text(2));
        var turn = _conversation.Long(3);
        var reachable = _conversation.Long(4) != 0;
        _conversation.Reset();

        var unsettled = Unsettled(id, key, now, out var heldBack);
        var withOfficer = hasOfficer(key);
        return new ClaimedConversation
        {
            Id = id,
            Key = key,
            Turn = turn,
            Reachable = reachable,
            Unsettled = unsettled,
            HeldBack = heldBack,
            WithOfficer = withOfficer,
            Pending = heldBack && !withOfficer ? [] : Pending(id),
        };
    }

    public byte[]? Snapshot(long id)
    {
        if (!_snapshot.Bind(1, id).Step()) return null;
        var bytes = _snapshot.BlobOrNull(0);
        _snapshot.Reset();
        return bytes;
    }

    public List<long> Waiting(DateTimeOffset now)
    {
        var waiting = new List<long>();
        _waiting.Bind(1, now.ToUnixTimeMilliseconds());
        while (_waiting.Step()) waiting.Add(_waiting.Long(0));
        return waiting;
    }

    public bool AnyTimerDue(DateTimeOffset now) => _timersDue.Bind(1, now.ToUnixTimeMilliseconds()).ReadOne() is not null;

    public List<FileOrder> WantedFiles(string channel, int max, DateTimeOffset now) =>
        Files(_wantedFiles.Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, channel).Bind(3, max));

    public List<FileOrder> FilesToErase(int max) => Files(_filesToErase.Bind(1, max));

    public string? Fact(string agency, string channel, string name)
    {
        if (!_fact.Bind(1, agency).Bind(2, channel).Bind(3, name).Step()) return null;
        var value = _fact.Text(0);
        _fact.Reset();
        return value;
    }

    public LedgerBacklog Backlog()
    {
        _backlog.Step();
        var backlog = new LedgerBacklog(_backlog.Long(0), At(1), _backlog.Long(2), At(3), _backlog.Long(4));
        _backlog.Reset();
        return backlog;

        DateTimeOffset? At(int column) => _backlog.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(_backlog.Long(column));
    }

    public List<LedgerEffect> Effects(long after, int max)
    {
        var effects = new List<LedgerEffect>();
        _effects.Bind(1, after).Bind(2, max);
        while (_effects.Step())
            effects.Add(new(_effects.Long(0), new(_effects.Text(1), _effects.Text(2), _effects.Text(3)), _effects.Text(4), _effects.TextOrNull(5), DateTimeOffset.FromUnixTimeMilliseconds(_effects.Long(6))));
        return effects;
    }

    private static List<FileOrder> Files(SqliteStatement rows)
    {
        var files = new List<FileOrder>();
        while (rows.Step())
            files.Add(new(rows.Long(0), new(rows.Text(1), rows.Text(2), rows.Text(3)), rows.Text(4), rows.Int(5), rows.TextOrNull(6)));
        return files;
    }

    private List<InboxItem> Pending(long id)
    {
        var items = new List<InboxItem>();
        _pending.Bind(1, id);
        while (_pending.Step())
        {
            var activity = Activity(out var unreadable);
            items.Add(new InboxItem
            {
                RowId = _pending.Long(0),
                ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(_pending.Long(1)),
                Attempts = _pending.Int(2),
                Activity = activity,
                Unreadable = unreadable,
            });
        }
        return items;
    }

    private InboundActivity? Activity(out bool unreadable)
    {
        unreadable = false;
        if (_pending.IsNull(3)) return null;
        var activity = ActivityJson.ReadInboundOrNull(_pending.Blob(3));
        unreadable = activity is null;
        return activity;
    }

    private List<OutboxItem> Unsettled(long id, ConversationKey key, DateTimeOffset now, out bool heldBack)
    {
        var items = new List<OutboxItem>();
        heldBack = false;
        _unsettled.Bind(1, id);
        while (_unsettled.Step())
        {
            heldBack |= DateTimeOffset.FromUnixTimeMilliseconds(_unsettled.Long(3)) > now;
            items.Add(new OutboxItem
            {
                RowId = _unsettled.Long(0),
                Id = _unsettled.Text(1),
                Conversation = key,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(_unsettled.Long(2)),
                Attempts = _unsettled.Int(4),
                PartsDone = _unsettled.Int(5),
                Reply = WrittenTrace.Read(
                    (ReplyTrace)_unsettled.Int(6), _unsettled.IsNull(7) ? null : _unsettled.Long(8), _unsettled.Long(3), _unsettled.Int(5), lastTriedHere(_unsettled.Long(0))),
                ReplyHandle = _unsettled.TextOrNull(7),
                ReplyHandleAt = DateTimeOffset.FromUnixTimeMilliseconds(_unsettled.Long(8)),
                Activities = ActivityJson.ReadOutbound(_unsettled.Blob(9)),
            });
        }
        return heldBack ? [] : items;
    }
}
