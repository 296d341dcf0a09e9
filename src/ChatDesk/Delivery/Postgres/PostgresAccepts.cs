using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Stores events: all deliveries that wait go to the database as one statement.</summary>
internal sealed class PostgresAccepts(NpgsqlDataSource source, int lanes) : PostgresWriter<PostgresAccept>(source, lanes)
{
    /// <summary>Stores events whose conversations are known, and says that they are due.</summary>
    /// <param name="events">By conversation, so that everybody locks in one order; within one in the order of arrival.</param>
    /// <returns>Answers with the place (from 1) of each event that was new; of one that stands in the list twice, the first.</returns>
    public static NpgsqlBatchCommand Command(IReadOnlyList<KnownEvent> events)
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
            ), fresh AS MATERIALIZED (
                SELECT k.conversation_id, k.event_id, k.identity, k.message_id, k.received_at, k.has_file AND NOT k.gone AS wants_file, s.state, k.place
                FROM known k JOIN stored s ON s.conversation_id = k.conversation_id AND s.event_id = k.event_id AND s.identity = k.identity
            ), wanted AS (
                INSERT INTO files (conversation_id, message_id, next_at)
                SELECT conversation_id, message_id, received_at FROM fresh WHERE wants_file ORDER BY place
                ON CONFLICT (conversation_id, message_id) DO NOTHING
            ), due AS (
                INSERT INTO work (conversation_id, due_at)
                SELECT conversation_id, min(received_at) FROM fresh WHERE state = 0 GROUP BY conversation_id ORDER BY conversation_id
                ON CONFLICT (conversation_id) DO UPDATE SET again = true, due_at = least(work.due_at, excluded.due_at)
            )
            SELECT min(place) FROM fresh GROUP BY conversation_id, event_id, identity
            """);
        PostgresCommands.Bind(command.Parameters,
            Of(e => e.Conversation), Texts(e => e.Entry.Activity.Conversation.Agency), Texts(e => e.Entry.Activity.Conversation.Channel),
            Texts(e => PostgresCommands.Clean(e.Entry.Activity.Id)), Of(e => e.Entry.Activity.Identity),
            Of(e => e.Entry.Activity.At.ToUnixTimeMilliseconds()), Of(e => e.Entry.ReceivedAt.ToUnixTimeMilliseconds()),
            Texts(e => PostgresCommands.Clean(e.Entry.Fault)), Of(e => e.Written), Of(e => e.Entry.Raw.ToArray()),
            Texts(e => PostgresCommands.Clean(e.Entry.Activity.MessageId)), Of(e => e.Entry.Activity is { File: { Url: null }, MessageId: not null }),
            Of(e => e.Entry.Activity.Kind != Activities.InboundKind.Withdrawn));
        return command;

        T[] Of<T>(Func<KnownEvent, T> value) => [.. events.Select(value)];
        NpgsqlParameter Texts(Func<KnownEvent, string?> value) => PostgresCommands.Texts(events.Select(value));
    }

    protected override IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<PostgresAccept> batch) => [Command([.. Sorted(batch).Select(e => e.Event)])];

    protected override async ValueTask ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PostgresAccept> batch)
    {
        var sorted = Sorted(batch);
        foreach (var write in batch) write.Answer = 0;
        while (await reader.ReadAsync()) sorted[(int)reader.GetInt64(0) - 1].Of.Answer++;
    }

    private static List<(KnownEvent Event, PostgresAccept Of)> Sorted(IReadOnlyList<PostgresAccept> batch) =>
        [.. batch.SelectMany(write => write.Events.Select(e => (e, write))).OrderBy(pair => pair.e.Conversation)];
}

/// <summary>The events of one delivery; answers how many were new.</summary>
internal sealed class PostgresAccept(IReadOnlyList<KnownEvent> events) : PostgresWrite<int>
{
    public IReadOnlyList<KnownEvent> Events => events;

    public override long Order { get; } = events.Min(e => e.Conversation);
}

/// <summary>An event whose conversation has a row.</summary>
/// <param name="Conversation">The row.</param>
/// <param name="Entry">The event.</param>
/// <param name="Written">Its activity as JSON.</param>
internal readonly record struct KnownEvent(long Conversation, InboxEntry Entry, byte[] Written);
