using ChatDesk.Activities;
using Npgsql;
using NpgsqlTypes;

namespace ChatDesk.Delivery.Postgres;

/// <summary>The ledger's statements on PostgreSQL. Each is one statement, so that a batch of them is one round trip.</summary>
internal static class PostgresCommands
{
    /// <summary>Ids of conversations, made when missing. A statement of its own: rows are never deleted, so an id once read stays true.</summary>
    public static NpgsqlCommand FindConversations(IReadOnlyList<ConversationKey> keys, long now)
    {
        // DO UPDATE, so that a row that somebody else is adding at this moment is returned too.
        var command = new NpgsqlCommand("""
            INSERT INTO conversations (agency, channel, address, created_at)
            SELECT agency, channel, address, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS k (agency, channel, address)
            ON CONFLICT (agency, channel, address) DO UPDATE SET reachable = conversations.reachable
            RETURNING id, agency, channel, address
            """);
        Bind(command.Parameters, Texts(keys.Select(k => k.Agency)), Texts(keys.Select(k => k.Channel)), Texts(keys.Select(k => Clean(k.Address))), now);
        return command;
    }

    /// <summary>Stores events whose conversations are known, and says that they are due.</summary>
    public static NpgsqlBatchCommand Accept(IReadOnlyList<InboxEntry> entries, IReadOnlyList<byte[]> written, long[] conversations)
    {
        var command = new NpgsqlBatchCommand("""
            WITH e AS (
                SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bytea[], $10::bytea[], $11::text[], $12::boolean[], $13::boolean[])
                WITH ORDINALITY AS e (conversation_id, agency, channel, event_id, identity, happened_at, received_at, fault, activity, raw, message_id, has_file, may_be_gone, place)
            ), known AS (
                SELECT e.*, e.may_be_gone AND w.message_id IS NOT NULL AS gone
                FROM e LEFT JOIN withdrawn w ON w.conversation_id = e.conversation_id AND w.message_id = e.message_id
            ), stored AS (
                INSERT INTO inbox (conversation_id, agency, channel, event_id, identity, happened_at, received_at, state, reason, activity, raw)
                SELECT conversation_id, agency, channel, event_id, identity, happened_at, received_at, CASE WHEN fault IS NULL THEN 0 ELSE 2 END, fault,
                       CASE WHEN gone THEN NULL ELSE activity END, CASE WHEN gone THEN NULL ELSE raw END
                FROM known ORDER BY place
                ON CONFLICT (conversation_id, event_id, identity) DO NOTHING
                RETURNING conversation_id, event_id, identity, state
            ), wanted AS (
                INSERT INTO files (conversation_id, message_id, next_at)
                SELECT k.conversation_id, k.message_id, k.received_at
                FROM known k JOIN stored s ON s.conversation_id = k.conversation_id AND s.event_id = k.event_id AND s.identity = k.identity
                WHERE k.has_file AND NOT k.gone
                ON CONFLICT (conversation_id, message_id) DO NOTHING
            ), due AS (
                INSERT INTO work (conversation_id, due_at)
                SELECT k.conversation_id, min(k.received_at)
                FROM known k JOIN stored s ON s.conversation_id = k.conversation_id AND s.event_id = k.event_id AND s.identity = k.identity
                WHERE s.state = 0 GROUP BY k.conversation_id ORDER BY k.conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET again = true, due_at = least(work.due_at, excluded.due_at)
            )
            SELECT count(*) FROM stored
            """);
        Bind(command.Parameters,
            conversations, Texts(entries.Select(e => e.Activity.Conversation.Agency)), Texts(entries.Select(e => e.Activity.Conversation.Channel)),
            Texts(entries.Select(e => Clean(e.Activity.Id))), entries.Select(e => e.Activity.Identity).ToArray(),
            entries.Select(e => e.Activity.At.ToUnixTimeMilliseconds()).ToArray(), entries.Select(e => e.ReceivedAt.ToUnixTimeMilliseconds()).ToArray(),
            Texts(entries.Select(e => Clean(e.Fault))), written.ToArray(), entries.Select(e => e.Raw.ToArray()).ToArray(),
            Texts(entries.Select(e => Clean(e.Activity.MessageId))), entries.Select(e => e.Activity is { File: { Url: null }, MessageId: not null }).ToArray(),
            entries.Select(e => e.Activity.Kind != InboundKind.Withdrawn).ToArray());
        return command;
    }

    /// <summary>
    /// Keeps a turn, unless the conversation has moved on or was claimed anew: then nothing of it happens and no row comes back. Until it is kept
    /// nobody can claim the conversation, so that whoever does so next knows what this one is about to send.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="replies">Its replies as JSON, made before.</param>
    /// <param name="outboxId">The id of what it says.</param>
    /// <param name="now">The desk's clock.</param>
    /// <param name="quick">True when officers have no part in it: should a handover be open after all, nothing happens either.</param>
    /// <param name="silenced">What it says is kept for officers to see, but does not leave.</param>
    /// <returns>Answers with the conversation, the outbox's row and the transcript's row of what came in.</returns>
    /// <remarks>What was said is selected from what was heard: parts of one statement that do not need each other run in any order, and an answer must never stand before its question.</remarks>
    public static NpgsqlBatchCommand CommitTurn(TurnCommit turn, byte[] replies, string outboxId, long now, bool quick, bool silenced)
    {
        var command = new NpgsqlBatchCommand("""
            WITH mine AS MATERIALIZED (
                SELECT 1 FROM work WHERE conversation_id = $1 AND holder = $23 FOR SHARE
            ), passed AS (
                UPDATE conversations SET turn = $2 + 1, snapshot = $3, reachable = coalesce($4, reachable)
                WHERE id = $1 AND turn = $2 AND (NOT $21 OR desk = 0) AND EXISTS (SELECT 1 FROM mine) RETURNING id
            ), finished AS (
                UPDATE inbox SET state = $6, turn = $2 + 1, outcome = $7, evidence = $8, reason = $9,
                                 activity = coalesce($10, activity), raw = CASE WHEN $10::bytea IS NULL THEN raw END
                WHERE conversation_id = $1 AND id = $5 AND EXISTS (SELECT 1 FROM passed) RETURNING id, event_id, happened_at
            ), heard AS (
                INSERT INTO transcript (conversation_id, at, turn, outgoing, activity_id, message_id, inbox_id)
                SELECT $1, happened_at, $2 + 1, false, event_id, $11, id FROM finished RETURNING id
            ), said AS (
                INSERT INTO transcript (conversation_id, at, turn, outgoing, activity_id, body)
                SELECT $1, $12, $2 + 1, true, $13, $14 FROM heard WHERE $14::bytea IS NOT NULL RETURNING id
            ), leaving AS (
                INSERT INTO outbox (id, outbox_id, conversation_id, turn, created_at, next_at, reply_handle, reply_handle_at, transcript_id, state, reason, settled_at)
                SELECT id, $13, $1, $2 + 1, $12, $12, $15, $16, id, CASE WHEN $22 THEN 5 ELSE 0 END, CASE WHEN $22 THEN 'officer' END, CASE WHEN $22 THEN $12 END FROM said RETURNING id
            ), timed AS (
                INSERT INTO timers (conversation_id, kind, due_at, data)
                SELECT $1, kind, due_at, data FROM passed, unnest($17::text[], $18::bigint[], $19::text[]) AS timer (kind, due_at, data)
                ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at, data = excluded.data
            ), stopped AS (
                DELETE FROM timers WHERE conversation_id = $1 AND kind = ANY ($20::text[]) AND EXISTS (SELECT 1 FROM passed)
            )
            SELECT id, (SELECT id FROM leaving), (SELECT id FROM heard) FROM passed
            """);
        var item = turn.Item;
        var (handle, handleAt) = turn.Handle is { } kept ? (kept.Token, kept.At) : (item.Activity?.ReplyHandle, item.ReceivedAt);
        var hidden = turn.KeptText is { } text && item.Activity is { } activity ? ActivityJson.Write(activity with { Text = text }) : null;
        var set = turn.Timers.Where(t => t.DueAt is not null).ToList();
        Bind(command.Parameters,
            turn.Conversation.Id, turn.BasedOnTurn, turn.Snapshot.ToArray(), Or(turn.Reachable, NpgsqlDbType.Boolean), item.RowId,
            (int)(turn.QuarantineReason is null ? InboxState.Done : InboxState.Quarantined), turn.Outcome, Or(Clean(turn.Evidence)), Or(turn.QuarantineReason),
            Or(hidden, NpgsqlDbType.Bytea), Or(Clean(item.Activity?.MessageId)), now, outboxId, Or(turn.Replies.Count == 0 ? null : replies, NpgsqlDbType.Bytea),
            Or(handle), Or(handle is null ? (long?)null : handleAt.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint),
            Texts(set.Select(t => t.Kind)), set.Select(t => t.DueAt!.Value.ToUnixTimeMilliseconds()).ToArray(), Texts(set.Select(t => Clean(t.Data))),
            Texts(turn.Timers.Where(t => t.DueAt is null).Select(t => t.Kind)), quick, silenced, turn.Conversation.Claim);
        return command;
    }

    /// <summary>Effects are added by one transaction at a time; whoever will add some says so before he touches a row.</summary>
    public static NpgsqlBatchCommand TakeTurnForEffects() => new("SELECT pg_advisory_xact_lock(4851203)");

    /// <summary>
    /// Keeps what a turn asked for, if the turn was kept. One transaction at a time adds effects, so that their ids grow in
    /// the order of commits: a reader that goes on from the last id it saw misses none.
    /// </summary>
    public static NpgsqlBatchCommand AddEffects(TurnCommit turn, long now)
    {
        var command = new NpgsqlBatchCommand("""
            WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(4851203))
            INSERT INTO effects (conversation_id, turn, kind, data, created_at)
            SELECT $1, $2, kind, data, $3
            FROM (SELECT count(*) FROM alone) a, unnest($4::text[], $5::text[]) WITH ORDINALITY AS effect (kind, data, place)
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

    /// <summary>
    /// Notes how a try at sending ended, and answers with the conversation's <c>desk</c>. A late word changes nothing: what has ended stays
    /// ended (that something arrived is believed even then), and only under the claim of the moment can it end otherwise or be put off.
    /// </summary>
    /// <param name="item">What was sent.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="now">The desk's clock.</param>
    /// <param name="quick">True when no officer is known of: what is put off is then not noted, and nothing answered, should one have the conversation after all.</param>
    public static NpgsqlBatchCommand Settle(OutboxItem item, SendResult result, long now, bool quick)
    {
        var deferred = result.Status == SendStatus.Deferred;
        // Shared with others who settle, but not with an officer who takes the conversation at this moment and looks what is put off.
        var (unheld, held) = quick && deferred ? (" AND desk <> 2", " FOR SHARE") : ("", "");
        var command = new NpgsqlBatchCommand($"""
            WITH c AS MATERIALIZED (SELECT id, desk FROM conversations WHERE agency = $1 AND channel = $12 AND address = $13{unheld}{held})
            UPDATE outbox SET state = $3, next_at = $4, attempts = attempts + $11, parts_done = $5, reply_trace = $6, settled_at = $7,
                              reason = $8, provider_id = coalesce($9, provider_id), counted = counted + $10
            FROM c WHERE outbox.id = $2 AND outbox.conversation_id = c.id AND (outbox.state = 0 OR (outbox.state = 4 AND $3 = 1))
                AND ($3 = 1 OR EXISTS (SELECT 1 FROM work w WHERE w.conversation_id = c.id AND w.holder = $14))
            RETURNING c.desk::integer
            """);
        Bind(command.Parameters,
            item.Conversation.Agency, item.RowId, (int)(deferred ? (int)OutboxState.Pending : (int)result.Status), (result.RetryAt?.ToUnixTimeMilliseconds() ?? now), result.PartsDone, (int)result.Reply,
            Or(deferred ? (long?)null : now, NpgsqlDbType.Bigint), Or(Clean(result.Reason)), Or(Clean(result.ProviderId)), result.Counted, result.HeldBack ? 0 : 1, item.Conversation.Channel, Clean(item.Conversation.Address)!, item.Claim);
        return command;
    }

    /// <summary>Takes conversations that are due and that nobody holds, and says of each whether its last holder gave it back in order.</summary>
    public static NpgsqlCommand Claim(int max, long now, Guid holder, TimeSpan lease)
    {
        var command = new NpgsqlCommand("""
            UPDATE work w SET holder = $3, held_until = clock_timestamp() + $4, again = false
            FROM (SELECT conversation_id, held_until FROM work WHERE due_at <= $2 AND held_until < clock_timestamp() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
            WHERE w.conversation_id = due.conversation_id RETURNING w.conversation_id, due.held_until = '-infinity'
            """);
        Bind(command.Parameters, max, now, holder, lease);
        return command;
    }

    /// <summary>Says that the holders of these claims are alive and still work on them.</summary>
    public static NpgsqlCommand Extend(KeyValuePair<long, Guid>[] held, TimeSpan lease)
    {
        var command = new NpgsqlCommand("""
            UPDATE work w SET held_until = clock_timestamp() + $3
            FROM (SELECT k.conversation_id FROM work k JOIN unnest($1, $2) AS held (id, holder) ON k.conversation_id = held.id AND k.holder = held.holder
                ORDER BY k.conversation_id FOR UPDATE OF k SKIP LOCKED) mine
            WHERE w.conversation_id = mine.conversation_id
            """);
        Bind(command.Parameters, held.Select(h => h.Key).ToArray(), held.Select(h => h.Value).ToArray(), lease);
        return command;
    }

    /// <summary>Gives a conversation back: forgotten when nothing is left in it, due again when something is.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="holder">Who gives it back; another holder's is left alone.</param>
    /// <param name="now">The desk's clock.</param>
    /// <param name="pause">Milliseconds until what is left is tried again.</param>
    /// <param name="inOrder">False leaves the mark of a lease that ran out, for whoever comes next.</param>
    public static IEnumerable<NpgsqlBatchCommand> Release(long conversation, Guid holder, long now, long pause, bool inOrder)
    {
        var done = new NpgsqlBatchCommand("""
            DELETE FROM work WHERE conversation_id = $1 AND holder = $2 AND NOT again
                AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = $1 AND state = 0)
                AND NOT EXISTS (SELECT 1 FROM inbox WHERE conversation_id = $1 AND state = 0)
            """);
        Bind(done.Parameters, conversation, holder);
        yield return done;
        // What is unsent holds the rest back (but not from an officer); what came meanwhile is due at once; what failed, after a pause.
        var left = new NpgsqlBatchCommand("""
            UPDATE work SET holder = NULL, held_until = CASE WHEN $5 THEN '-infinity' ELSE clock_timestamp() END, again = false,
                due_at = CASE WHEN again AND (SELECT desk FROM conversations WHERE id = $1) = 2 THEN $3
                    ELSE coalesce((SELECT max(next_at) FROM outbox WHERE conversation_id = $1 AND state = 0), CASE WHEN again THEN $3 ELSE $3 + $4 END) END
            WHERE conversation_id = $1 AND holder = $2
            """);
        Bind(left.Parameters, conversation, holder, now, pause, inOrder);
        yield return left;
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

    private static NpgsqlParameter Texts(IEnumerable<string?> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
