using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Notes how answers ended and gives their conversations back: all that waits in three statements.</summary>
internal sealed class PostgresEndings(NpgsqlDataSource source, int lanes) : PostgresWriter<PostgresEnding>(source, lanes)
{
    protected override bool OneOfEach => true;

    /// <summary>
    /// Notes how tries at sending ended, and answers for each with its place (from 1) and the conversation's <c>desk</c>. A late word changes nothing: what has ended stays
    /// ended (that something arrived is believed even then), and only under the claim of the moment can it end otherwise or be put off.
    /// </summary>
    /// <param name="ended">What was sent, how it ended, and when that was heard.</param>
    /// <param name="unlessHeld">What is put off is not noted, and nothing answered, should an officer have the conversation.</param>
    public static NpgsqlBatchCommand Settle(IReadOnlyList<(OutboxItem Item, SendResult Result, DateTimeOffset At)> ended, bool unlessHeld)
    {
        // Shared with others who settle, but not with an officer who takes the conversation at this moment and looks what is put off.
        var (unheld, held) = unlessHeld ? ("WHERE c.desk <> 2", "FOR SHARE OF c") : ("", "");
        var command = new NpgsqlBatchCommand($"""
            WITH s AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::uuid[], $6::integer[], $7::bigint[], $8::integer[], $9::integer[], $10::integer[], $11::bigint[], $12::text[], $13::text[], $14::integer[])
                WITH ORDINALITY AS s (agency, channel, address, id, claim, state, next_at, attempts, parts_done, reply_trace, settled_at, reason, provider_id, counted, place)
            ), c AS MATERIALIZED (
                SELECT s.*, c.id AS conversation_id, c.desk, w.holder IS NOT NULL AS held
                FROM s JOIN conversations c ON c.agency = s.agency AND c.channel = s.channel AND c.address = s.address
                LEFT JOIN work w ON w.conversation_id = c.id AND w.holder = s.claim {unheld} {held}
            )
            UPDATE outbox o SET state = c.state, next_at = c.next_at, attempts = o.attempts + c.attempts, parts_done = c.parts_done, reply_trace = c.reply_trace, settled_at = c.settled_at,
                                reason = c.reason, provider_id = coalesce(c.provider_id, o.provider_id), counted = o.counted + c.counted
            FROM c WHERE o.conversation_id = c.conversation_id AND o.id = c.id AND (o.state = 0 OR (o.state = 4 AND c.state = 1)) AND (c.state = 1 OR c.held)
            RETURNING c.place, c.desk::integer
            """);
        PostgresCommands.Bind(command.Parameters,
            Texts(e => e.Item.Conversation.Agency), Texts(e => e.Item.Conversation.Channel), Texts(e => PostgresCommands.Clean(e.Item.Conversation.Address)), Of(e => e.Item.RowId), Of(e => e.Item.Claim),
            Of(e => e.Result.Status == SendStatus.Deferred ? (int)OutboxState.Pending : (int)e.Result.Status), Of(e => e.Result.RetryAt?.ToUnixTimeMilliseconds() ?? e.At.ToUnixTimeMilliseconds()), Of(e => e.Result.HeldBack ? 0 : 1),
            Of(e => e.Result.PartsDone), Of(e => (int)e.Result.Reply), Of(e => e.Result.Status == SendStatus.Deferred ? (long?)null : e.At.ToUnixTimeMilliseconds()),
            Texts(e => PostgresCommands.Clean(e.Result.Reason)), Texts(e => PostgresCommands.Clean(e.Result.ProviderId)), Of(e => e.Result.Counted));
        return command;

        T[] Of<T>(Func<(OutboxItem Item, SendResult Result, DateTimeOffset At), T> value) => [.. ended.Select(value)];
        NpgsqlParameter Texts(Func<(OutboxItem Item, SendResult Result, DateTimeOffset At), string?> value) => PostgresCommands.Texts(ended.Select(value));
    }

    protected override IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<PostgresEnding> batch)
    {
        var settling = batch.Where(e => e.Settling is not null).Select(e => (e.Settling!.Value.Item, e.Settling!.Value.Result, e.At)).ToList();
        if (settling.Count > 0) yield return Settle(settling, unlessHeld: false);
        // In statements of their own: only those see what the one before has settled.
        yield return Done(batch);
        yield return Left(batch);
    }

    protected override async ValueTask ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PostgresEnding> batch)
    {
        var settling = batch.Where(e => e.Settling is not null).ToList();
        foreach (var ending in batch) ending.Answer = null;
        if (settling.Count == 0) return;
        while (await reader.ReadAsync()) settling[(int)reader.GetInt64(0) - 1].Answer = reader.GetInt32(1);
    }

    /// <summary>Forgets that there is something to do where nothing is left.</summary>
    private static NpgsqlBatchCommand Done(IReadOnlyList<PostgresEnding> batch) => PostgresCommands.Statement("""
        DELETE FROM work w USING unnest($1, $2) AS r (conversation_id, holder)
        WHERE w.conversation_id = r.conversation_id AND w.holder = r.holder AND NOT w.again
            AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = w.conversation_id AND o.state = 0)
            AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.conversation_id = w.conversation_id AND i.state = 0)
        """, batch.Select(e => e.Order).ToArray(), batch.Select(e => e.Claim).ToArray());

    /// <summary>What is unsent holds the rest back (but not from an officer); what came meanwhile is due at once; what failed, after a pause.</summary>
    private static NpgsqlBatchCommand Left(IReadOnlyList<PostgresEnding> batch) => PostgresCommands.Statement("""
        UPDATE work w SET holder = NULL, held_until = CASE WHEN r.in_order THEN '-infinity' ELSE clock_timestamp() END, again = false,
            due_at = CASE WHEN w.again AND (SELECT c.desk FROM conversations c WHERE c.id = w.conversation_id) = 2 THEN r.now
                ELSE coalesce((SELECT max(o.next_at) FROM outbox o WHERE o.conversation_id = w.conversation_id AND o.state = 0), CASE WHEN w.again THEN r.now ELSE r.now + $5 END) END
        FROM unnest($1, $2, $3, $4) AS r (conversation_id, holder, in_order, now) WHERE w.conversation_id = r.conversation_id AND w.holder = r.holder
        """,
        batch.Select(e => e.Order).ToArray(), batch.Select(e => e.Claim).ToArray(), batch.Select(e => e.InOrder).ToArray(), batch.Select(e => e.At.ToUnixTimeMilliseconds()).ToArray(),
        PostgresLeases.PauseAfterFault);
}

/// <summary>A conversation that is given back, and the answer that was sent in it; answers with the conversation's <c>desk</c> when that was noted.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="claim">Under which it was held; another holder's is left alone.</param>
/// <param name="at">The desk's clock.</param>
internal sealed class PostgresEnding(long conversation, Guid claim, DateTimeOffset at) : PostgresWrite<int?>
{
    public override long Order => conversation;

    public Guid Claim => claim;

    public DateTimeOffset At => at;

    /// <summary>False leaves the mark of a lease that ran out, for whoever comes next.</summary>
    public bool InOrder { get; init; } = true;

    /// <summary>What was sent and how it ended, if anything was.</summary>
    public (OutboxItem Item, SendResult Result)? Settling { get; init; }
}
