using Npgsql;
using NpgsqlTypes;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Files that contacts sent: which are to be fetched, how it went, which are to be erased.</summary>
internal static class PostgresFiles
{
    /// <summary>How long a file order is out of other replicas' reach while it is being fetched.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<FileOrder>> ClaimAsync(NpgsqlConnection connection, string channel, int max, DateTimeOffset now)
    {
        await using var command = new NpgsqlCommand("""
            WITH next AS MATERIALIZED (
                SELECT f.id FROM files f JOIN conversations c ON c.id = f.conversation_id
                WHERE f.state = 0 AND f.next_at <= $1 AND c.channel = $2 ORDER BY f.next_at LIMIT $4 FOR UPDATE OF f SKIP LOCKED
            ), taken AS (
                UPDATE files SET next_at = $3 WHERE id IN (SELECT id FROM next)
                RETURNING id, conversation_id, message_id, attempts, path)
            SELECT t.id, c.agency, c.channel, c.address, t.message_id, t.attempts, t.path FROM taken t JOIN conversations c ON c.id = t.conversation_id ORDER BY t.id
            """, connection);
        PostgresCommands.Bind(command.Parameters, now.ToUnixTimeMilliseconds(), channel, (now + Lease).ToUnixTimeMilliseconds(), max);
        return await ReadAsync(command);
    }

    public static async Task<IReadOnlyList<FileOrder>> ListToEraseAsync(NpgsqlConnection connection, int max)
    {
        await using var command = new NpgsqlCommand("""
            SELECT f.id, c.agency, c.channel, c.address, f.message_id, f.attempts, f.path
            FROM files f JOIN conversations c ON c.id = f.conversation_id WHERE f.state = 5 ORDER BY f.id LIMIT $1
            """, connection);
        PostgresCommands.Bind(command.Parameters, max);
        return await ReadAsync(command);
    }

    /// <summary>How a try at fetching ended; when the message was taken back meanwhile (state 6), what was just written must go too.</summary>
    public static NpgsqlBatchCommand Settle(FileOrder order, FileOutcome outcome) => PostgresCommands.Statement("""
            UPDATE files SET state = CASE WHEN state = 0 THEN $2 WHEN $4::text IS NOT NULL THEN 5 ELSE state END,
                             next_at = coalesce($3, next_at), attempts = attempts + 1, path = coalesce($4, path), content_type = $5, size = $6, reason = $7
            WHERE id = $1 AND state IN (0, 6)
            """, order.RowId, (int)outcome.State, PostgresCommands.Or(outcome.RetryAt?.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint),
            PostgresCommands.Or(outcome.Path), PostgresCommands.Or(PostgresCommands.Clean(outcome.ContentType)),
            PostgresCommands.Or(outcome.Size, NpgsqlDbType.Bigint), PostgresCommands.Or(PostgresCommands.Clean(outcome.Reason)));

    private static async Task<IReadOnlyList<FileOrder>> ReadAsync(NpgsqlCommand command)
    {
        var files = new List<FileOrder>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            files.Add(new(
                reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4),
                reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetString(6)));
        }
        return files;
    }
}
