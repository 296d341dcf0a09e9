using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Timers that are due, taken out inside the caller's transaction: the event they become and their end are one write.</summary>
internal static class PostgresTimers
{
    private const int AtOnce = 500;

    public static async Task<List<(long Conversation, InboxEntry Entry)>> TakeDueAsync(NpgsqlConnection connection, DateTimeOffset now)
    {
        await using var command = new NpgsqlCommand($"""
            WITH next AS MATERIALIZED (
                SELECT id FROM timers WHERE due_at <= $1 ORDER BY due_at LIMIT {AtOnce} FOR UPDATE SKIP LOCKED
            ), due AS (
                DELETE FROM timers WHERE id IN (SELECT id FROM next) RETURNING id, conversation_id, kind, due_at, data)
            SELECT d.id, d.kind, d.due_at, d.data, c.id, c.agency, c.channel, c.address
            FROM due d JOIN conversations c ON c.id = d.conversation_id ORDER BY d.due_at, d.id
            """, connection);
        PostgresCommands.Bind(command.Parameters, now.ToUnixTimeMilliseconds());
        await using var reader = await command.ExecuteReaderAsync();
        var due = new List<(long, InboxEntry)>();
        while (await reader.ReadAsync())
        {
            due.Add((reader.GetInt64(4), new InboxEntry(new InboundActivity
            {
                Id = $"timer:{reader.GetInt64(0)}:{reader.GetInt64(2)}",
                Conversation = new(reader.GetString(5), reader.GetString(6), reader.GetString(7)),
                Kind = InboundKind.Timer,
                At = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                Text = reader.GetString(1),
                Data = reader.IsDBNull(3) ? null : reader.GetString(3),
            }, now, default)));
        }
        return due;
    }
}
