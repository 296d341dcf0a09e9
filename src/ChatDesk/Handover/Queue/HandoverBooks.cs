using System.Collections.Immutable;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>
/// The queue's tables, and what of them is open, in memory. The writer's thread changes it inside transactions; when they are
/// durable the books become the ones that everybody reads, when they are undone the last durable ones come back.
/// </summary>
internal sealed class HandoverBooks
{
    private readonly QueueSql _db;
    private readonly LedgerStatement _addRow, _putRow, _putPresence, _dropPresence, _addEvent, _addLine, _fillLine, _putReferral, _dropReferral, _putSwitch, _eventsAfter;
    private readonly List<(string Agency, DeskEvent Event)> _news = [];
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _rewrittenElsewhere = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, AgencyBook> _books;
    private volatile ImmutableDictionary<string, AgencyBook> _durable;
    private long _lastAt;

    public HandoverBooks(QueueSql db)
    {
        _db = db;
        _addRow = db.Prepare("INSERT INTO handovers (agency, conversation_id, open, version, state, asked_at, body) VALUES (?1, ?2, 1, 0, ?3, ?4, ?5) RETURNING id");
        _putRow = db.Prepare("UPDATE handovers SET open = ?3, version = ?4, state = ?5, closed_at = ?6, body = ?7 WHERE id = ?1 AND version = ?2");
        _putPresence = db.Prepare("INSERT INTO officer_presence (agency, officer, body) VALUES (?1, ?2, ?3) ON CONFLICT (agency, officer) DO UPDATE SET body = excluded.body");
        _dropPresence = db.Prepare("DELETE FROM officer_presence WHERE agency = ?1 AND officer = ?2");
        _addEvent = db.Prepare("INSERT INTO desk_events (agency, seq, at, body) VALUES (?1, ?2, ?3, ?4)");
        _addLine = db.Prepare("INSERT INTO desk_lines (agency, conversation_id, at, key, body) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id");
        _fillLine = db.Prepare("UPDATE desk_lines SET body = ?2 WHERE id = ?1");
        _putReferral = db.Prepare("INSERT INTO desk_referrals (handover, agency, body) VALUES (?1, ?2, ?3) ON CONFLICT (handover) DO UPDATE SET agency = excluded.agency, body = excluded.body");
        _dropReferral = db.Prepare("DELETE FROM desk_referrals WHERE handover = ?1");
        _putSwitch = db.Prepare("INSERT INTO bot_switches (agency, body) VALUES (?1, ?2) ON CONFLICT (agency) DO UPDATE SET body = excluded.body");
        _eventsAfter = db.Prepare("SELECT at, body FROM desk_events WHERE agency = ?1 AND seq > ?2 ORDER BY seq");
        _books = _durable = BookLoader.Load(db, agency: null);
        foreach (var head in db.Heads()) _rewrittenElsewhere[head.Agency] = head.Rewritten;
    }

    /// <summary>Raised on the writer's thread when events have become durable, before the books show them.</summary>
    public event Action<string, IReadOnlyList<DeskEvent>>? Publishing;

    /// <summary>Raised on the writer's thread when old events of an agency were changed, or some were missed.</summary>
    public event Action<string>? Changed;

    /// <summary>Raised on the writer's thread after the books show them.</summary>
    public event Action<string, IReadOnlyList<DeskEvent>>? Published;

    /// <summary>Any thread: the agency as it is in the database, as far as this process has heard.</summary>
    public AgencyBook Durable(string agency) => _durable.GetValueOrDefault(agency, AgencyBook.Empty);

    /// <summary>Any thread.</summary>
    public IEnumerable<string> Agencies => _durable.Keys;

    /// <summary>Writer's thread: with everything the transaction has done so far.</summary>
    public AgencyBook Now(string agency)
    {
        if (_entered.Add(agency) && _db.Enter(agency, Durable(agency).Desk.Seq) is { } head) Learn(head);
        return _books.GetValueOrDefault(agency, AgencyBook.Empty);
    }

    /// <summary>Writer's thread, outside any change: takes in what other processes have done.</summary>
    public void CatchUp()
    {
        foreach (var head in _db.Heads()) Learn(head);
    }

    public HandoverRow? Find(string agency, long handover) => Now(agency).Desk.Rows.GetValueOrDefault(handover);

    /// <summary>A moment not before the last one given: what the queue decides keeps its order when the machine's clock steps back.</summary>
    public DateTimeOffset Tick(DateTimeOffset now)
    {
        _lastAt = Math.Max(_lastAt, now.ToUnixTimeMilliseconds());
        return DateTimeOffset.FromUnixTimeMilliseconds(_lastAt);
    }

    /// <summary>Opens a handover; there must be none open in its conversation.</summary>
    public HandoverRow Add(HandoverRow row)
    {
        Now(row.Conversation.Agency);
        var id = _addRow.Bind(1, row.Conversation.Agency).Bind(2, row.ConversationId).Bind(3, row.State.ToString()).Bind(4, row.AskedAt.ToUnixTimeMilliseconds())
            .Bind(5, ReadOnlyMemory<byte>.Empty).ReadOne();
        return Put(row with { Id = id!.Value, Version = 0 });
    }

    /// <summary>Keeps a changed row as its next version.</summary>
    /// <exception cref="LedgerException">Another writer changed it: the compare-and-set failed.</exception>
    public HandoverRow Put(HandoverRow changed)
    {
        var row = changed with { Version = changed.Version + 1 };
        _putRow.Bind(1, row.Id).Bind(2, changed.Version).Bind(3, row.IsOpen ? 1 : 0).Bind(4, row.Version).Bind(5, row.State.ToString())
            .Bind(6, row.ClosedAt?.ToUnixTimeMilliseconds()).Bind(7, HandoverJson.Write(row));
        _putRow.RunLater(() => new LedgerException($"handover {row.Id} has moved on from version {changed.Version}"));
        var agency = row.Conversation.Agency;
        var before = FloorOf(Now(agency).In(row.Conversation));
        Tell(agency, new DeskEvent { Seq = 0, Row = row });
        if (FloorOf(row) != before) _db.FloorMoved(row.ConversationId, FloorOf(row), Now(agency).Desk.Seq);
        return row;
    }

    public void Put(PresenceRow officer)
    {
        var (agency, id) = (officer.Card.Officer.Agency, officer.Card.Officer.Id);
        if (officer.State == PresenceState.Off) _dropPresence.Bind(1, agency).Bind(2, id).RunLater();
        else _putPresence.Bind(1, agency).Bind(2, id).Bind(3, HandoverJson.Write(officer)).RunLater();
        Tell(agency, new DeskEvent { Seq = 0, Presence = officer });
    }

    public void Put(Referral referral)
    {
        if (referral.IsOpen) _putReferral.Bind(1, referral.Handover).Bind(2, referral.ToAgency).Bind(3, HandoverJson.Write(referral)).RunLater();
        else _dropReferral.Bind(1, referral.Handover).RunLater();
        Tell(referral.ToAgency, new DeskEvent { Seq = 0, Referral = referral });
    }

    public void Put(string agency, BotSwitch bot)
    {
        _putSwitch.Bind(1, agency).Bind(2, HandoverJson.Write(bot)).RunLater();
        Tell(agency, new DeskEvent { Seq = 0, Bot = bot });
    }

    /// <summary>Keeps a note or an event line at its place; the key must be new.</summary>
    public void Add(long conversationId, TranscriptLine made)
    {
        var id = _addLine.Bind(1, made.Conversation.Agency).Bind(2, conversationId).Bind(3, made.At.ToUnixTimeMilliseconds()).Bind(4, made.Key)
            .Bind(5, ReadOnlyMemory<byte>.Empty).ReadOne()!.Value;
        // Its place is part of what is written.
        var line = made with { Sort = TranscriptReader.Cursor.Write(made.At, '2', id) };
        _fillLine.Bind(1, id).Bind(2, HandoverJson.Write(line)).RunLater();
        Tell(line, isNew: true);
    }

    /// <summary>Tells the desk of a line that lies elsewhere in the ledger.</summary>
    public void Tell(TranscriptLine line, bool isNew) => Tell(line.Conversation.Agency, new DeskEvent { Seq = 0, Line = line, IsNew = isNew });

    /// <summary>Old events were changed: whoever keeps copies must read them again.</summary>
    public void Rewritten(string agency)
    {
        _db.Rewritten(agency);
        _rewritten.Add(agency);
    }

    public void RolledBack()
    {
        _entered.Clear();
        _rewritten.Clear();
        _books = _durable;
        _news.Clear();
    }

    public void Committed()
    {
        _entered.Clear();
        foreach (var agency in _rewritten) Changed?.Invoke(agency);
        _rewritten.Clear();
        if (_news.Count == 0) return;
        var news = _news.GroupBy(n => n.Agency, n => n.Event).Select(g => (Agency: g.Key, Events: g.ToList())).ToList();
        _news.Clear();
        foreach (var (agency, events) in news) Publishing?.Invoke(agency, events);
        _durable = _books;
        foreach (var (agency, events) in news) Published?.Invoke(agency, events);
    }

    private void Tell(string agency, DeskEvent change)
    {
        var book = Now(agency);
        var numbered = change with { Seq = book.Desk.Seq + 1 };
        _addEvent.Bind(1, agency).Bind(2, numbered.Seq).Bind(3, _lastAt).Bind(4, HandoverJson.Write(numbered)).RunLater();
        _books = _books.SetItem(agency, book.After(numbered));
        _news.Add((agency, numbered));
    }

    /// <summary>Brings an agency up to what another process has made of it. That is durable, whatever becomes of the transaction that looks.</summary>
    private void Learn(DeskHead head)
    {
        var (agency, known) = (head.Agency, Durable(head.Agency));
        if (_rewrittenElsewhere.GetValueOrDefault(agency) != head.Rewritten)
        {
            _rewrittenElsewhere[agency] = head.Rewritten;
            Changed?.Invoke(agency);
        }
        if (head.Seq <= known.Desk.Seq) return;
        var events = new List<DeskEvent>();
        foreach (var heard in head.News ?? EventsAfter(agency, known.Desk.Seq))
        {
            _lastAt = Math.Max(_lastAt, heard.At);
            events.Add(heard.Event);
        }
        var book = known;
        if (events.Count > 0 && events[0].Seq == known.Desk.Seq + 1)
        {
            foreach (var change in events) book = book.After(change);
        }
        else
        {
            // So long away that the events between are gone.
            book = BookLoader.Load(_db, agency).GetValueOrDefault(agency, AgencyBook.Empty);
            Changed?.Invoke(agency);
        }
        if (events.Count > 0) Publishing?.Invoke(agency, events);
        _books = _books.SetItem(agency, book);
        _durable = _durable.SetItem(agency, book);
        if (events.Count > 0) Published?.Invoke(agency, events);
    }

    private List<HeardEvent> EventsAfter(string agency, long seq)
    {
        var events = new List<HeardEvent>();
        _eventsAfter.Bind(1, agency).Bind(2, seq);
        while (_eventsAfter.Step()) events.Add(new(_eventsAfter.Long(0), HandoverJson.Read<DeskEvent>(_eventsAfter.Blob(1))));
        return events;
    }

    private static DeskFloor FloorOf(HandoverRow? row) => row is not { IsOpen: true } ? DeskFloor.Bot : row.IsHeld ? DeskFloor.Officer : DeskFloor.Waiting;
}
