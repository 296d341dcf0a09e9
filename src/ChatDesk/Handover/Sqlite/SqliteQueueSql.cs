using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Handover.Queue;

namespace ChatDesk.Handover.Sqlite;

/// <summary>The queue's words on SQLite.</summary>
/// <param name="db">The writer's connection, or one for reading.</param>
/// <param name="ledger">The ledger's own writes; null on a connection for reading.</param>
internal sealed class SqliteQueueSql(SqliteDatabase db, SqliteWrites? ledger) : QueueSql
{
    public override string Find => "instr";

    public override string Like => "LIKE";

    public override LedgerStatement Prepare(string sql) => db.Prepare(sql);

    public override string Text(string bytes) => $"CAST({bytes} AS TEXT)";

    public override string Field(string text, string name) => $"{text} ->> '$.{name}'";

    public override string Pairs(string text, string first, string second) => $"(SELECT value ->> 0 AS {first}, value ->> 1 AS {second} FROM json_each({text}))";

    public override int Accept(InboxEntry entry, long conversation, List<long> touched) =>
        (ledger ?? throw new InvalidOperationException("a connection for reading")).Accept([entry], [ActivityJson.Write(entry.Activity)], touched);
}
