using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Keeps turns: all that wait go to the database as one statement.</summary>
internal sealed class PostgresTurns(NpgsqlDataSource source, int lanes) : PostgresWriter<PostgresTurn>(source, lanes)
{
    /// <summary>Of two turns of one conversation only one can be based on the right number; the statement must not choose.</summary>
    protected override bool OneOfEach => true;

    /// <summary>
    /// Keeps turns, each unless its conversation has moved on or was claimed anew: then nothing of it happens and no row comes back. Until it is kept
    /// nobody can claim the conversation, so that whoever does so next knows what this one is about to send.
    /// </summary>
    /// <param name="turns">The turns, by conversation.</param>
    /// <param name="quick">True when officers have no part in them: should a handover be open after all, nothing happens either.</param>
    /// <returns>Answers for each kept turn with its place (from 1), the transcript's row of what came in, and the row of what is said, if anything.</returns>
    /// <remarks>
    /// Each step hands on everything the next one needs, so that no step is joined with another one, only with a table by its key. Numbers in the transcript are drawn
    /// in two steps: parts of one statement that do not need each other run in any order, and an answer must never stand before its question.
    /// </remarks>
    public static NpgsqlBatchCommand Command(IReadOnlyList<PostgresTurn> turns, bool quick)
    {
        var command = new NpgsqlBatchCommand("""
            WITH t AS (
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bytea[], $5::boolean[], $6::bigint[], $7::integer[], $8::text[], $9::text[], $10::text[], $11::bytea[],
                    $12::text[], $13::bigint[], $14::text[], $15::bytea[], $16::text[], $17::bigint[], $18::integer[], $19::integer[], $20::integer[], $21::integer[], $22::boolean[])
                WITH ORDINALITY AS t (conversation_id, turn, claim, snapshot, reachable, inbox_id, inbox_state, outcome, evidence, reason, hidden,
                    message_id, now, outbox_id, replies, handle, handle_at, first_timer, last_timer, first_stop, last_stop, silenced, place)
            ), mine AS MATERIALIZED (
                SELECT t.* FROM t JOIN work w ON w.conversation_id = t.conversation_id AND w.holder = t.claim ORDER BY t.conversation_id FOR SHARE OF w
            ), passed AS (
                UPDATE conversations c SET turn = m.turn + 1, snapshot = m.snapshot, reachable = coalesce(m.reachable, c.reachable)
                FROM mine m WHERE c.id = m.conversation_id AND c.turn = m.turn AND (NOT $23 OR c.desk = 0) RETURNING m.*
            ), finished AS (
                UPDATE inbox i SET state = p.inbox_state, turn = p.turn + 1, outcome = p.outcome, evidence = p.evidence, reason = p.reason,
                                   activity = coalesce(p.hidden, i.activity), raw = CASE WHEN p.hidden IS NULL THEN i.raw END
                FROM passed p WHERE i.conversation_id = p.conversation_id AND i.id = p.inbox_id RETURNING p.*, i.event_id, i.happened_at
            ), asked AS MATERIALIZED (
                SELECT f.*, nextval('transcript_id_seq') AS heard_id FROM finished f
            ), answered AS MATERIALIZED (
                SELECT a.*, CASE WHEN a.replies IS NOT NULL THEN nextval('transcript_id_seq') END AS said_id FROM asked a
            ), heard AS (
                INSERT INTO transcript (id, conversation_id, at, turn, outgoing, activity_id, message_id, inbox_id)
                SELECT heard_id, conversation_id, happened_at, turn + 1, false, event_id, message_id, inbox_id FROM answered
            ), said AS (
                INSERT INTO transcript (id, conversation_id, at, turn, outgoing, activity_id, body)
                SELECT said_id, conversation_id, now, turn + 1, true, outbox_id, replies FROM answered WHERE said_id IS NOT NULL
            ), leaving AS (
                INSERT INTO outbox (id, outbox_id, conversation_id, turn, created_at, next_at, reply_handle, reply_handle_at, transcript_id, state, reason, settled_at)
                SELECT said_id, outbox_id, conversation_id, turn + 1, now, now, handle, handle_at, said_id, CASE WHEN silenced THEN 5 ELSE 0 END, CASE WHEN silenced THEN 'officer' END, CASE WHEN silenced THEN now END
                FROM answered WHERE said_id IS NOT NULL
            ), timed AS (
                INSERT INTO timers (conversation_id, kind, due_at, data)
                SELECT p.conversation_id, k.kind, k.due_at, k.data FROM passed p CROSS JOIN LATERAL unnest(
                    ($24::text[])[p.first_timer:p.last_timer], ($25::bigint[])[p.first_timer:p.last_timer], ($26::text[])[p.first_timer:p.last_timer]) AS k (kind, due_at, data)
                ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at, data = excluded.data
            ), stopped AS (
                DELETE FROM timers d USING passed p WHERE d.conversation_id = p.conversation_id AND d.kind = ANY (($27::text[])[p.first_stop:p.last_stop])
            )
            SELECT place, heard_id, said_id FROM answered
            """);
        var timers = turns.Select(t => t.Turn.Timers.Where(timer => timer.DueAt is not null).ToList()).ToList();
        var stops = turns.Select(t => t.Turn.Timers.Where(timer => timer.DueAt is null).ToList()).ToList();
        var (firstTimers, lastTimers) = Slices(timers);
        var (firstStops, lastStops) = Slices(stops);
        PostgresCommands.Bind(command.Parameters,
            Of(t => t.Turn.Conversation.Id), Of(t => t.Turn.BasedOnTurn), Of(t => t.Turn.Conversation.Claim), Of(t => t.Turn.Snapshot.ToArray()), Of(t => t.Turn.Reachable), Of(t => t.Turn.Item.RowId),
            Of(t => (int)(t.Turn.QuarantineReason is null ? InboxState.Done : InboxState.Quarantined)), Texts(t => t.Turn.Outcome), Texts(t => PostgresCommands.Clean(t.Turn.Evidence)), Texts(t => t.Turn.QuarantineReason), Of(t => t.Hidden),
            Texts(t => PostgresCommands.Clean(t.Turn.Item.Activity?.MessageId)), Of(t => t.At.ToUnixTimeMilliseconds()), Texts(t => t.OutboxId), Of(t => t.Replies),
            Texts(t => t.Handle), Of(t => t.Handle is null ? (long?)null : t.HandleAt.ToUnixTimeMilliseconds()), firstTimers, lastTimers, firstStops, lastStops, Of(t => t.IsSilenced), quick,
            PostgresCommands.Texts(timers.SelectMany(t => t).Select(t => t.Kind)), timers.SelectMany(t => t).Select(t => t.DueAt!.Value.ToUnixTimeMilliseconds()).ToArray(),
            PostgresCommands.Texts(timers.SelectMany(t => t).Select(t => PostgresCommands.Clean(t.Data))), PostgresCommands.Texts(stops.SelectMany(t => t).Select(t => t.Kind)));
        return command;

        T[] Of<T>(Func<PostgresTurn, T> value) => [.. turns.Select(value)];
        NpgsqlParameter Texts(Func<PostgresTurn, string?> value) => PostgresCommands.Texts(turns.Select(value));
    }

    /// <summary>The row of a kept turn.</summary>
    public static KeptRows Kept(NpgsqlDataReader row) => new(row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2));

    protected override IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<PostgresTurn> batch) => [Command(batch, quick: true)];

    protected override async ValueTask ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PostgresTurn> batch)
    {
        foreach (var write in batch) write.Answer = null;
        while (await reader.ReadAsync()) batch[(int)reader.GetInt64(0) - 1].Answer = Kept(reader);
    }

    /// <summary>Where each turn's part of one list of all begins and ends (from 1).</summary>
    private static (int[] First, int[] Last) Slices<T>(List<List<T>> parts)
    {
        var (first, last) = (new int[parts.Count], new int[parts.Count]);
        for (var (i, at) = (0, 0); i < parts.Count; i++)
        {
            first[i] = at + 1;
            at += parts[i].Count;
            last[i] = at;
        }
        return (first, last);
    }
}

/// <summary>A turn to be kept; answers null when it was not.</summary>
/// <param name="turn">The turn.</param>
/// <param name="at">The desk's clock.</param>
internal sealed class PostgresTurn(TurnCommit turn, DateTimeOffset at) : PostgresWrite<KeptRows?>
{
    public override long Order => turn.Conversation.Id;

    public TurnCommit Turn => turn;

    public DateTimeOffset At => at;

    /// <summary>True when what it says is kept for officers to see, but does not leave.</summary>
    public bool IsSilenced { get; init; }

    /// <summary>The id of what it says.</summary>
    public string OutboxId { get; } = $"{turn.Item.Activity?.Id ?? $"row{turn.Item.RowId}"}:0";

    /// <summary>What it says, as JSON; null for nothing.</summary>
    public byte[]? Replies { get; } = turn.Replies.Count == 0 ? null : ActivityJson.Write(turn.Replies);

    /// <summary>What it answers, without what must not be kept; null when all of it may be.</summary>
    public byte[]? Hidden { get; } = turn.KeptText is { } text && turn.Item.Activity is { } activity ? ActivityJson.Write(activity with { Text = text }) : null;

    public string? Handle => turn.Handle is { } kept ? kept.Token : turn.Item.Activity?.ReplyHandle;

    public DateTimeOffset HandleAt => turn.Handle?.At ?? turn.Item.ReceivedAt;
}

/// <summary>What a kept turn left in the ledger.</summary>
/// <param name="Heard">The transcript's row of what came in.</param>
/// <param name="Said">The transcript's and the outbox's row of what it says.</param>
internal readonly record struct KeptRows(long Heard, long? Said);
