using ChatDesk.Activities;
using Npgsql;
using NpgsqlTypes;

namespace ChatDesk.Delivery.Postgres;

/// <summary>The ledger's statements on PostgreSQL. Each is one statement, so that a batch of them is one round trip.</summary>
internal static class PostgresCommands
{
    /// <summary>Ids of conversations that have a row. Locks nothing; rows are never deleted, so an id once read stays true.</summary>
    public static NpgsqlCommand FindConversations(IReadOnlyList<ConversationKey> keys)
    {
        var command = new NpgsqlCommand("""
            SELECT c.id, c.agency, c.channel, c.address FROM unnest($1::text[], $2::text[], $3::text[]) AS k (agency, channel, address)
            JOIN conversations c ON c.agency = k.agency AND c.channel = k.channel AND c.address = k.address
            """);
        BindKeys(command, keys);
        return command;
    }

    /// <summary>Makes conversations, and answers with their ids as <see cref="FindConversations"/> does, also of those that somebody else is making at this moment.</summary>
    public static NpgsqlCommand AddConversations(IReadOnlyList<ConversationKey> keys, long now)
    {
        // DO UPDATE, so that a row that somebody else is adding is returned too.
        var command = new NpgsqlCommand("""
            INSERT INTO conversations (agency, channel, address, created_at)
            SELECT agency, channel, address, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS k (agency, channel, address)
            ON CONFLICT (agency, channel, address) DO UPDATE SET reachable = conversations.reachable
            RETURNING id, agency, channel, address
            """);
        BindKeys(command, keys);
        Bind(command.Parameters, now);
        return command;
    }

    /// <summary>Effects are added by one transaction at a time; whoever will add some says so before he touches a row.</summary>
    public static NpgsqlBatchCommand TakeTurnForEffects() => new("DO $$ BEGIN PERFORM pg_advisory_xact_lock(4851203); END $$");

    /// <summary>
    /// Keeps what a turn asked for, if the turn was kept. After <see cref="TakeTurnForEffects"/> in the same transaction: one at a time adds effects, so that their ids
    /// grow in the order of commits, and a reader that goes on from the last id it saw misses none.
    /// </summary>
    public static NpgsqlBatchCommand AddEffects(TurnCommit turn, long now)
    {
        var command = new NpgsqlBatchCommand("""
            INSERT INTO effects (conversation_id, turn, kind, data, created_at)
            SELECT $1, $2, kind, data, $3
            FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS effect (kind, data, place)
            WHERE EXISTS (SELECT 1 FROM inbox WHERE conversation_id = $1 AND id = $6 AND turn = $2) AND NOT EXISTS (SELECT 1 FROM effects WHERE conversation_id = $1 AND turn = $2)
            ORDER BY place
            """);
        Bind(command.Parameters, turn.Conversation.Id, turn.BasedOnTurn + 1, now, Texts(turn.Effects.Select(e => e.Kind)), Texts(turn.Effects.Select(e => Clean(e.Data))), turn.Item.RowId);
        return command;
    }

    /// <summary>Erases a message that was taken back, if the turn that says so was kept.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="turn">The turn that says so.</param>
    /// <param name="message">What was taken back.</param>
    /// <param name="self">The event that says so; it holds no words and stays.</param>
    public static IEnumerable<NpgsqlBatchCommand> Erase(long conversation, long turn, string message, long self)
    {
        yield return Statement("""
            UPDATE inbox SET activity = NULL, raw = NULL
            WHERE conversation_id = $1 AND id <> $4 AND id IN (SELECT inbox_id FROM transcript WHERE conversation_id = $1 AND message_id = $3)
              AND EXISTS (SELECT 1 FROM conversations WHERE id = $1 AND turn >= $2)
            """, conversation, turn, Clean(message)!, self);
        string[] statements =
        [
            "INSERT INTO withdrawn (conversation_id, message_id) SELECT $1, $3 WHERE EXISTS (SELECT 1 FROM conversations WHERE id = $1 AND turn >= $2) ON CONFLICT DO NOTHING",
            """
            UPDATE inbox SET activity = NULL, raw = NULL
            WHERE conversation_id = $1 AND state = 0 AND $2 > 0 AND EXISTS (SELECT 1 FROM withdrawn w WHERE w.conversation_id = $1 AND w.message_id = $3)
              AND position(convert_to('"messageId":' || to_json($3::text)::text, 'UTF8') IN activity) > 0
            """,
            """
            UPDATE files SET state = CASE WHEN path IS NULL THEN 6 ELSE 5 END
            WHERE conversation_id = $1 AND message_id = $3 AND state <> 6 AND $2 > 0 AND EXISTS (SELECT 1 FROM withdrawn w WHERE w.conversation_id = $1 AND w.message_id = $3)
            """,
        ];
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement);
            Bind(command.Parameters, conversation, turn, Clean(message)!);
            yield return command;
        }
    }

    /// <summary>Takes conversations that are due and that nobody holds, and says of each whether its last holder gave it back in order.</summary>
    /// <remarks>The rows are chosen in a step that runs once. Chosen in the statement itself they may be chosen anew for each row they are joined with, and then the limit is none.</remarks>
    public static NpgsqlBatchCommand Claim(int max, long now, Guid holder, TimeSpan lease) => Statement("""
        WITH due AS MATERIALIZED (SELECT conversation_id, held_until FROM work WHERE holder IS NULL AND due_at <= $2 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        UPDATE work w SET holder = $3, held_until = clock_timestamp() + $4, again = false
        FROM due WHERE w.conversation_id = due.conversation_id RETURNING w.conversation_id, due.held_until = '-infinity'
        """, max, now, holder, lease);

    /// <summary>Takes from their holders what they have been silent about for longer than their lease. That it was not given back in order stays to be seen.</summary>
    public static NpgsqlBatchCommand Free() => new("""
        WITH late AS MATERIALIZED (SELECT conversation_id FROM work WHERE holder IS NOT NULL AND held_until < clock_timestamp() ORDER BY conversation_id FOR UPDATE SKIP LOCKED)
        UPDATE work w SET holder = NULL
        FROM late WHERE w.conversation_id = late.conversation_id
        """);

    /// <summary>Says that the holders of these claims are alive and still work on them.</summary>
    public static NpgsqlCommand Extend(KeyValuePair<long, Guid>[] held, TimeSpan lease)
    {
        var command = new NpgsqlCommand("""
            WITH mine AS MATERIALIZED (
                SELECT k.conversation_id FROM work k JOIN unnest($1, $2) AS held (id, holder) ON k.conversation_id = held.id AND k.holder = held.holder
                ORDER BY k.conversation_id FOR UPDATE OF k SKIP LOCKED)
            UPDATE work w SET held_until = clock_timestamp() + $3
            FROM mine WHERE w.conversation_id = mine.conversation_id
            """);
        Bind(command.Parameters, held.Select(h => h.Key).ToArray(), held.Select(h => h.Value).ToArray(), lease);
        return command;
    }

    /// <summary>Notes that a row that waits to be sent will go without its reply handle, if its conversation is still held under this claim.</summary>
    public static NpgsqlBatchCommand GiveUpHandle(long conversation, long outboxRow, Guid claim) => Statement($"""
        WITH mine AS MATERIALIZED (SELECT 1 FROM work WHERE conversation_id = $1 AND holder = $3 FOR SHARE)
        UPDATE outbox SET reply_trace = {(int)ReplyTrace.Refused} WHERE conversation_id = $1 AND id = $2 AND state = 0 AND EXISTS (SELECT 1 FROM mine) RETURNING id
        """, conversation, outboxRow, claim);

    /// <summary>Something is due in these conversations.</summary>
    public static NpgsqlBatchCommand MarkDue(IEnumerable<long> conversations, long now) => Statement("""
        INSERT INTO work (conversation_id, due_at) SELECT DISTINCT id, $2 FROM unnest($1) AS c (id) ORDER BY id
        ON CONFLICT (conversation_id) DO UPDATE SET again = true, due_at = least(work.due_at, excluded.due_at)
        """, conversations.ToArray(), now);

    /// <summary>The same for one conversation by its key.</summary>
    public static NpgsqlBatchCommand MarkDueAt(ConversationKey conversation, long now) => Statement("""
        INSERT INTO work (conversation_id, due_at) SELECT id, $4 FROM conversations WHERE agency = $1 AND channel = $2 AND address = $3
        ON CONFLICT (conversation_id) DO UPDATE SET again = true, due_at = least(work.due_at, excluded.due_at)
        """, conversation.Agency, conversation.Channel, Clean(conversation.Address)!, now);

    /// <summary>PostgreSQL keeps no U+0000 in text.</summary>
    public static string? Clean(string? text) => text is not null && text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    /// <summary>A statement with its values, in the order of their places.</summary>
    public static NpgsqlBatchCommand Statement(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Bind(command.Parameters, values);
        return command;
    }

    public static void Bind(NpgsqlParameterCollection parameters, params object[] values)
    {
        foreach (var value in values)
        {
            if (value is NpgsqlParameter ready) parameters.Add(ready);
            else parameters.Add(new NpgsqlParameter { Value = value });
        }
    }

    public static NpgsqlParameter Or(string? text) => Or(text, NpgsqlDbType.Text);

    public static NpgsqlParameter Or<T>(T? value, NpgsqlDbType type) => new() { Value = value is null ? DBNull.Value : value, NpgsqlDbType = type };

    private static void BindKeys(NpgsqlCommand command, IReadOnlyList<ConversationKey> keys) =>
        Bind(command.Parameters, Texts(keys.Select(k => k.Agency)), Texts(keys.Select(k => k.Channel)), Texts(keys.Select(k => Clean(k.Address))));

    public static NpgsqlParameter Texts(IEnumerable<string?> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
