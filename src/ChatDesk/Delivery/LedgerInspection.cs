using System.Globalization;
using System.Text.Json;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Delivery.Sqlite;
using Npgsql;

namespace ChatDesk.Delivery;

/// <summary>Looks into a ledger from outside the desk, running or not: dumps, figures, and the quarantine.</summary>
internal sealed class LedgerInspection : IDisposable
{
    private static readonly string[] InboxStates = ["pending", "done", "quarantined"];
    private static readonly string[] OutboxStates = ["pending", "sent", "", "blocked", "unknown", "taken-back"];
    private readonly Func<string, LedgerStatement> _prepare;
    private readonly IDisposable _connection;
    private readonly string _retry;

    private LedgerInspection(Func<string, LedgerStatement> prepare, IDisposable connection, string retry) => (_prepare, _connection, _retry) = (prepare, connection, retry);

    /// <exception cref="LedgerException">There is no ledger there, or it cannot be read.</exception>
    public static LedgerInspection OpenSqlite(string path)
    {
        if (!File.Exists(path)) throw new LedgerException($"there is no ledger at {path}: start the desk once, or set DataDirectory");
        var db = new SqliteDatabase(path);
        return new(db.Prepare, db, "UPDATE inbox SET state = 0, attempts = 0 WHERE id = ?1 AND state = 2");
    }

    /// <param name="address">How to reach it, as Npgsql takes it.</param>
    /// <exception cref="LedgerException">The database cannot be reached.</exception>
    public static LedgerInspection OpenPostgres(string address)
    {
        var connection = new NpgsqlConnection(address);
        try
        {
            connection.Open();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            connection.Dispose();
            throw PostgresSource.Named(fault);
        }
        return new(new PostgresSession(connection).Prepare, connection, """
            WITH again AS (UPDATE inbox SET state = 0, attempts = 0 WHERE id = ?1 AND state = 2 RETURNING conversation_id, received_at)
            INSERT INTO work (conversation_id, due_at) SELECT conversation_id, received_at FROM again
            ON CONFLICT (conversation_id) DO UPDATE SET again = true, due_at = least(work.due_at, excluded.due_at)
            """);
    }

    /// <summary>Writes every inbox row, outbox row, transcript line and effect as one JSON line each, without anything a contact said.</summary>
    public void Dump(TextWriter to)
    {
        DumpInbox(to);
        DumpOutbox(to);
        DumpTranscript(to);
        DumpEffects(to);
    }

    /// <summary>Events set aside, oldest first.</summary>
    public List<QuarantinedEvent> Quarantine()
    {
        var rows = _prepare("SELECT id, agency, channel, event_id, received_at, attempts, reason FROM inbox WHERE state = 2 ORDER BY id");
        var found = new List<QuarantinedEvent>();
        while (rows.Step())
            found.Add(new(rows.Long(0), rows.Text(1), rows.Text(2), rows.Text(3), DateTimeOffset.FromUnixTimeMilliseconds(rows.Long(4)), rows.Int(5), rows.TextOrNull(6)));
        return found;
    }

    /// <summary>Gives an event its turn again; the running desk finds it with its next sweep.</summary>
    /// <returns>False when no event of this row is in quarantine.</returns>
    public bool Retry(long row) => _prepare(_retry).Bind(1, row).Run() > 0;

    public void Dispose() => _connection.Dispose();

    private void DumpInbox(TextWriter to)
    {
        var rows = _prepare("""
            SELECT i.agency, i.channel, c.address, i.event_id, i.happened_at, i.id, i.state, i.turn, i.outcome
            FROM inbox i JOIN conversations c ON c.id = i.conversation_id ORDER BY i.id
            """);
        while (rows.Step())
        {
            Write(to, new
            {
                t = "inbox",
                agency = rows.Text(0),
                channel = rows.Text(1),
                address = rows.Text(2),
                eventId = rows.Text(3),
                eventTime = rows.Long(4),
                arrival = rows.Long(5),
                state = InboxStates[rows.Int(6)],
                turn = rows.IsNull(7) ? (long?)null : rows.Long(7),
                outcome = rows.TextOrNull(8),
            });
        }
    }

    private void DumpOutbox(TextWriter to)
    {
        var rows = _prepare("""
            SELECT o.outbox_id, c.agency, c.channel, c.address, o.turn, o.state, o.reason
            FROM outbox o JOIN conversations c ON c.id = o.conversation_id ORDER BY o.id
            """);
        while (rows.Step())
        {
            Write(to, new
            {
                t = "outbox",
                id = rows.Text(0),
                agency = rows.Text(1),
                channel = rows.Text(2),
                address = rows.Text(3),
                turn = rows.Long(4),
                state = OutboxStates[rows.Int(5)],
                reason = rows.TextOrNull(6),
            });
        }
    }

    private void DumpTranscript(TextWriter to)
    {
        var rows = _prepare("""
            SELECT c.agency, c.channel, c.address, t.at, t.id, t.outgoing, t.activity_id
            FROM transcript t JOIN conversations c ON c.id = t.conversation_id ORDER BY t.conversation_id, t.at, coalesce(t.inbox_id, t.id), t.id
            """);
        while (rows.Step())
        {
            Write(to, new
            {
                t = "transcript",
                agency = rows.Text(0),
                channel = rows.Text(1),
                address = rows.Text(2),
                at = rows.Long(3),
                n = rows.Long(4),
                direction = rows.Int(5) == 0 ? "in" : "out",
                activityId = rows.Text(6),
            });
        }
    }

    private void DumpEffects(TextWriter to)
    {
        var rows = _prepare("""
            SELECT c.agency, c.channel, c.address, e.turn, e.kind FROM effects e JOIN conversations c ON c.id = e.conversation_id ORDER BY e.id
            """);
        while (rows.Step())
            Write(to, new { t = "effect", agency = rows.Text(0), channel = rows.Text(1), address = rows.Text(2), turn = rows.Long(3), kind = rows.Text(4) });
    }

    private static void Write<T>(TextWriter to, T line) => to.WriteLine(JsonSerializer.Serialize(line));
}

/// <summary>An event in quarantine.</summary>
internal sealed record QuarantinedEvent(long Row, string Agency, string Channel, string EventId, DateTimeOffset ReceivedAt, int Attempts, string? Reason)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Row}  {ReceivedAt:yyyy-MM-dd HH:mm:ss}Z  {Agency}/{Channel}  {EventId}  tries={Attempts}  {Reason}");
}
