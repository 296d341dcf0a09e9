using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Reads what is due in claimed conversations: three statements, one round trip, however many conversations.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="giveUp">See <see cref="OutboxItem.GiveUpHandle"/>: conversation, row, claim.</param>
internal sealed class PostgresReads(NpgsqlDataSource source, Func<long, long, Guid, ValueTask<bool>> giveUp)
{
    /// <summary>Events of one conversation handed out at once; the rest follows with the next claim.</summary>
    private const int PendingLimit = 50;

    private const string Conversations = "SELECT id, agency, channel, address, turn, reachable, desk, desk_seq FROM conversations WHERE id = ANY ($1)";

    private const string Unsettled = """
        SELECT o.conversation_id, o.id, o.outbox_id, o.created_at, o.next_at, o.attempts, o.parts_done, o.reply_trace, o.reply_handle, o.reply_handle_at, t.body
        FROM outbox o JOIN transcript t ON t.conversation_id = o.conversation_id AND t.id = o.transcript_id
        WHERE o.conversation_id = ANY ($1) AND o.state = 0 ORDER BY o.conversation_id, o.id
        """;

    private static readonly string Pending = $"""
        SELECT p.conversation_id, p.id, p.received_at, p.attempts, p.activity FROM unnest($1) AS c (id)
        CROSS JOIN LATERAL (
            SELECT conversation_id, id, received_at, attempts, activity, happened_at FROM inbox i
            WHERE i.conversation_id = c.id AND i.state = 0 ORDER BY happened_at, i.id LIMIT {PendingLimit}) p
        ORDER BY p.conversation_id, p.happened_at, p.id
        """;

    /// <summary>Everything due in these conversations. Rows of the outbox that may not be tried yet hold their conversation back whole.</summary>
    public async Task<DueConversations> ReadAsync(IReadOnlyList<TakenConversation> taken, DateTimeOffset now)
    {
        var ids = taken.Select(t => t.Id).ToArray();
        var claims = taken.ToDictionary(t => t.Id);
        await using var batch = source.CreateBatch();
        foreach (var sql in (string[])[Conversations, Unsettled, Pending])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = ids });
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync();

        var rows = new List<(long Id, ConversationKey Key, long Turn, bool Reachable, bool Officer)>();
        var desks = new List<(string Agency, long Seq)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetInt64(4), reader.GetBoolean(5), reader.GetInt16(6) == 2));
            if (reader.GetInt64(7) > 0) desks.Add((reader.GetString(1), reader.GetInt64(7)));
        }
        var keys = rows.ToDictionary(r => r.Id, r => r.Key);

        await reader.NextResultAsync();
        var unsettled = new Dictionary<long, List<OutboxItem>>();
        var heldBack = new HashSet<long>();
        while (await reader.ReadAsync())
        {
            var id = reader.GetInt64(0);
            if (DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)) > now) heldBack.Add(id);
            ListOf(unsettled, id).Add(Item(reader, keys[id], claims[id]));
        }

        await reader.NextResultAsync();
        var pending = new Dictionary<long, List<InboxItem>>();
        while (await reader.ReadAsync()) ListOf(pending, reader.GetInt64(0)).Add(Event(reader));

        return new(desks, [.. rows.Select(row => new ClaimedConversation
        {
            Id = row.Id,
            Claim = claims[row.Id].Claim,
            Key = row.Key,
            Turn = row.Turn,
            Reachable = row.Reachable,
            Unsettled = heldBack.Contains(row.Id) ? [] : unsettled.GetValueOrDefault(row.Id, []),
            HeldBack = heldBack.Contains(row.Id),
            WithOfficer = row.Officer,
            LeftInOrder = claims[row.Id].LeftInOrder || !heldBack.Contains(row.Id),
            Pending = heldBack.Contains(row.Id) && !row.Officer ? [] : pending.GetValueOrDefault(row.Id, []),
        })]);
    }

    private OutboxItem Item(NpgsqlDataReader row, ConversationKey key, TakenConversation claim) => new()
    {
        Claim = claim.Claim,
        GiveUpHandle = GiveUp(claim, row.GetInt64(1)),
        RowId = row.GetInt64(1),
        Id = row.GetString(2),
        Conversation = key,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        Attempts = row.GetInt32(5),
        PartsDone = row.GetInt32(6),
        Reply = WrittenTrace.Read((ReplyTrace)row.GetInt32(7), row.IsDBNull(8) ? null : row.GetInt64(9), row.GetInt64(4), row.GetInt32(6), claim.LeftInOrder),
        ReplyHandle = row.IsDBNull(8) ? null : row.GetString(8),
        ReplyHandleAt = DateTimeOffset.FromUnixTimeMilliseconds(row.IsDBNull(9) ? 0 : row.GetInt64(9)),
        Activities = ActivityJson.ReadOutbound(row.GetFieldValue<byte[]>(10)),
    };

    private Func<ValueTask<bool>> GiveUp(TakenConversation taken, long row) => () => giveUp(taken.Id, row, taken.Claim);

    private static InboxItem Event(NpgsqlDataReader row)
    {
        var activity = row.IsDBNull(4) ? null : ActivityJson.ReadInboundOrNull(row.GetFieldValue<byte[]>(4));
        var unreadable = activity is null && !row.IsDBNull(4);
        return new InboxItem
        {
            RowId = row.GetInt64(1),
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            Attempts = row.GetInt32(3),
            Activity = activity,
            Unreadable = unreadable,
        };
    }

    private static List<T> ListOf<T>(Dictionary<long, List<T>> lists, long id)
    {
        if (!lists.TryGetValue(id, out var list)) lists[id] = list = [];
        return list;
    }
}

/// <summary>What is due.</summary>
/// <param name="Desks">For conversations that officers had to do with: their agency, and the event that last moved their floor.</param>
/// <param name="Conversations">The conversations.</param>
internal sealed record DueConversations(IReadOnlyList<(string Agency, long Seq)> Desks, IReadOnlyList<ClaimedConversation> Conversations);
