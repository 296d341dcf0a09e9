using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>Fills a ledger with conversations that had one turn each, to see what size costs. For measuring, never for a desk in use.</summary>
internal static class SqliteFill
{
    private const int BatchSize = 2_000;
    private static readonly IReadOnlyList<OutboundActivity> Replies = [OutboundActivity.Say(new string('ก', 120))];

    /// <summary>The address of the n-th made-up contact; a load that wants to meet them makes the same.</summary>
    public static string Address(long number) => $"U{number:x32}";

    public static void Run(string path, string agency, long conversations, TimeProvider time, Action<long> progress)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var db = new SqliteDatabase(path);
        db.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -524288");
        SqliteMigrations.Run(db);
        var writes = new SqliteWrites(db);
        var now = time.GetUtcNow();
        var snapshot = new byte[1_200];
        snapshot.AsSpan().Fill((byte)' ');
        "{\"lastLanguage\":\"th\""u8.CopyTo(snapshot);
        snapshot[^1] = (byte)'}';

        for (var start = 0L; start < conversations; start += BatchSize)
        {
            db.Execute("BEGIN");
            for (var number = start; number < Math.Min(start + BatchSize, conversations); number++) AddTurn(db, writes, agency, number, now, snapshot);
            db.Execute("COMMIT");
            progress(Math.Min(start + BatchSize, conversations));
        }
        db.Execute("UPDATE outbox SET state = 1, settled_at = created_at WHERE state = 0; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void AddTurn(SqliteDatabase db, SqliteWrites writes, string agency, long number, DateTimeOffset now, byte[] snapshot)
    {
        var activity = new InboundActivity
        {
            Id = $"fill:{number:d12}",
            Conversation = new(agency, "line", Address(number)),
            Kind = InboundKind.Text,
            At = now,
            MessageId = $"{number:d18}",
            Text = new string('ก', 60),
            ReplyHandle = $"{number:x32}",
        };
        var touched = new List<long>(1);
        if (writes.Accept([new InboxEntry(activity, now, ActivityJson.Write(activity))], [ActivityJson.Write(activity)], touched) == 0) return;
        var row = db.LastInsertId;
        writes.CommitTurn(
            new TurnCommit
            {
                Conversation = new() { Id = touched[0], Key = activity.Conversation, Turn = 0, Reachable = true, Pending = [], Unsettled = [] },
                BasedOnTurn = 0,
                Item = new() { RowId = row, Activity = activity, ReceivedAt = now },
                Outcome = "clarify",
                Snapshot = snapshot,
                Replies = Replies,
            },
            ActivityJson.Write(Replies), silenced: false, now);
    }
}
