using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>What turns asked of other rooms; ids grow in the order of commits (<see cref="PostgresCommands.AddEffects"/>).</summary>
internal static class PostgresEffects
{
    public static async Task<IReadOnlyList<LedgerEffect>> ReadAsync(NpgsqlConnection connection, long after, int max)
    {
        await using var command = new NpgsqlCommand("""
            SELECT e.id, c.agency, c.channel, c.address, e.kind, e.data, e.created_at
            FROM effects e JOIN conversations c ON c.id = e.conversation_id WHERE e.id > $1 ORDER BY e.id LIMIT $2
            """, connection);
        PostgresCommands.Bind(command.Parameters, after, max);
        await using var reader = await command.ExecuteReaderAsync();
        var effects = new List<LedgerEffect>();
        while (await reader.ReadAsync())
        {
            effects.Add(new(
                reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6))));
        }
        return effects;
    }
}
