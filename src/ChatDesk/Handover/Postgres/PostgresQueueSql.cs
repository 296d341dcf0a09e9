using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Handover.Queue;

namespace ChatDesk.Handover.Postgres;

/// <summary>The queue's words on PostgreSQL, where other replicas write too: an agency's row in <c>desk_heads</c> is held while its queue changes.</summary>
internal sealed class PostgresQueueSql : QueueSql
{
    private readonly PostgresSession _session;
    private readonly LedgerStatement _addHead, _heads, _moveFloor, _countRewrite;

    public PostgresQueueSql(PostgresSession session)
    {
        _session = session;
        _addHead = Prepare("INSERT INTO desk_heads (agency) VALUES (?1) ON CONFLICT (agency) DO NOTHING");
        _heads = Prepare("SELECT h.agency, (SELECT coalesce(max(e.seq), 0) FROM desk_events e WHERE e.agency = h.agency), h.rewritten FROM desk_heads h");
        _moveFloor = Prepare("UPDATE conversations SET desk = ?2, desk_seq = ?3 WHERE id = ?1");
        _countRewrite = Prepare("UPDATE desk_heads SET rewritten = rewritten + 1 WHERE agency = ?1");
    }

    public override string Find => "strpos";

    public override string Like => "ILIKE";

    public override LedgerStatement Prepare(string sql) => _session.Prepare(sql);

    public override string Text(string bytes) => $"convert_from({bytes}, 'UTF8')";

    /// <remarks>PostgreSQL reads no JSON that spells U+0000.</remarks>
    public override string Field(string text, string name) => $@"CASE WHEN strpos({text}, '\u0000') = 0 THEN {text}::json ->> '{name}' END";

    public override string Pairs(string text, string first, string second) =>
        $"(SELECT (pair ->> 0)::bigint AS {first}, (pair ->> 1)::bigint AS {second} FROM json_array_elements({text}::json) AS pairs (pair))";

    public override int Accept(InboxEntry entry, long conversation, List<long> touched) =>
        _session.Run([PostgresAccepts.Command([new KnownEvent(conversation, entry, ActivityJson.Write(entry.Activity))])], row => row is null ? 0 : 1);

    public override DeskHead? Enter(string agency, long heard)
    {
        if (Lock(agency, heard) is { } known) return known;
        _addHead.Bind(1, agency).RunLater();
        return Lock(agency, heard);
    }

    /// <returns>Null for an agency that has no row yet.</returns>
    private DeskHead? Lock(string agency, long heard)
    {
        var held = PostgresCommands.Statement("SELECT rewritten FROM desk_heads WHERE agency = $1 FOR UPDATE", agency);
        // Statements of their own: they see what whoever held the row before has written.
        var last = PostgresCommands.Statement("SELECT coalesce(max(seq), 0) FROM desk_events WHERE agency = $1", agency);
        var news = PostgresCommands.Statement("SELECT at, body FROM desk_events WHERE agency = $1 AND seq > $2 ORDER BY seq", agency, heard);
        return _session.Read<DeskHead?>([held, last, news], reader =>
        {
            if (!reader.Read()) return null;
            var rewritten = reader.GetInt64(0);
            reader.NextResult();
            reader.Read();
            var seq = reader.GetInt64(0);
            reader.NextResult();
            var events = new List<HeardEvent>();
            while (reader.Read()) events.Add(new(reader.GetInt64(0), HandoverJson.Read<DeskEvent>(reader.GetFieldValue<byte[]>(1))));
            return new DeskHead(agency, seq, rewritten, events);
        });
    }

    public override IReadOnlyList<DeskHead> Heads()
    {
        var heads = new List<DeskHead>();
        while (_heads.Step()) heads.Add(new(_heads.Text(0), _heads.Long(1), _heads.Long(2)));
        return heads;
    }

    public override void FloorMoved(long conversation, DeskFloor floor, long seq) => _moveFloor.Bind(1, conversation).Bind(2, (long)floor).Bind(3, seq).RunLater();

    public override void Rewritten(string agency) => _countRewrite.Bind(1, agency).RunLater();
}
