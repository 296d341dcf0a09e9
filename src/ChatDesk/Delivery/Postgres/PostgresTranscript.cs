using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Reads of what was said. Turns of a conversation follow each other, so its places grow in the order of commits here too.</summary>
internal static class PostgresTranscript
{
    public static async Task<IReadOnlyList<LedgerLine>> LinesAsync(NpgsqlConnection connection, ConversationKey conversation, long after, int take)
    {
        await using var command = new NpgsqlCommand("""
            SELECT t.id, t.at, t.outgoing, t.activity_id, i.activity, t.body, coalesce(o.state, 1)
            FROM conversations c
            JOIN transcript t ON t.conversation_id = c.id
            LEFT JOIN inbox i ON i.conversation_id = t.conversation_id AND i.id = t.inbox_id
            LEFT JOIN outbox o ON o.conversation_id = t.conversation_id AND o.turn = t.turn AND o.transcript_id = t.id AND t.outgoing
            WHERE c.agency = $1 AND c.channel = $2 AND c.address = $3 AND t.id > $4 ORDER BY t.id LIMIT $5
            """, connection);
        PostgresCommands.Bind(command.Parameters, conversation.Agency, conversation.Channel, PostgresCommands.Clean(conversation.Address)!, after, take);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<LedgerLine>();
        while (await reader.ReadAsync()) lines.Add(Line(reader));
        return lines;
    }

    public static async Task<long> LastPlaceAsync(NpgsqlConnection connection, ConversationKey conversation)
    {
        await using var command = new NpgsqlCommand("""
            SELECT coalesce(max(t.id), 0) FROM conversations c JOIN transcript t ON t.conversation_id = c.id WHERE c.agency = $1 AND c.channel = $2 AND c.address = $3
            """, connection);
        PostgresCommands.Bind(command.Parameters, conversation.Agency, conversation.Channel, PostgresCommands.Clean(conversation.Address)!);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static LedgerLine Line(NpgsqlDataReader row)
    {
        var outgoing = row.GetBoolean(2);
        return new LedgerLine
        {
            Place = row.GetInt64(0),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            ActivityId = row.GetString(3),
            // What cannot be read went into quarantine with its turn; a reader of the conversation goes on without it.
            Incoming = outgoing || row.IsDBNull(4) ? null : ActivityJson.ReadInboundOrNull(row.GetFieldValue<byte[]>(4)),
            Outgoing = outgoing ? ActivityJson.ReadOutbound(row.GetFieldValue<byte[]>(5)) : null,
            Delivery = outgoing ? (OutboxState)row.GetInt32(6) : null,
        };
    }
}
