using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>Reads of what was said. One caller at a time, as in <see cref="SqliteReads"/>.</summary>
internal sealed class SqliteTranscript(SqliteDatabase db)
{
    // The index holds the row id, so finding a place in a long conversation touches no table page; an index of its own in
    // that order would cost every turn of every channel two more writes. Most rows ended well, so only the others are indexed.
    private readonly SqliteStatement _lines = db.Prepare("""
        SELECT t.id, t.at, t.outgoing, t.activity_id, i.activity, t.body,
               coalesce((SELECT o.state FROM outbox o INDEXED BY outbox_failed WHERE o.transcript_id = t.id AND o.state > 1),
                        (SELECT o.state FROM outbox o INDEXED BY outbox_unsettled WHERE o.conversation_id = t.conversation_id AND o.state = 0 AND o.transcript_id = t.id), 1)
        FROM transcript t INDEXED BY transcript_by_conversation LEFT JOIN inbox i ON i.id = t.inbox_id
        WHERE t.conversation_id = ?1 AND t.id > ?2 ORDER BY t.id LIMIT ?3
        """);
    private readonly SqliteStatement _last = db.Prepare("SELECT coalesce(max(id), 0) FROM transcript INDEXED BY transcript_by_conversation WHERE conversation_id = ?1");
    private readonly SqliteStatement _find = db.Prepare("SELECT id FROM conversations WHERE agency = ?1 AND channel = ?2 AND address = ?3");

    public List<LedgerLine> Lines(ConversationKey conversation, long after, int take)
    {
        var lines = new List<LedgerLine>();
        if (Find(conversation) is not { } id) return lines;
        _lines.Bind(1, id).Bind(2, after).Bind(3, take);
        while (_lines.Step()) lines.Add(Line());
        return lines;
    }

    public long LastPlace(ConversationKey conversation) => Find(conversation) is { } id ? _last.Bind(1, id).ReadOne() ?? 0 : 0;

    private long? Find(ConversationKey conversation) =>
        _find.Bind(1, conversation.Agency).Bind(2, conversation.Channel).Bind(3, conversation.Address).ReadOne();

    private LedgerLine Line()
    {
        var outgoing = _lines.Int(2) != 0;
        return new LedgerLine
        {
            Place = _lines.Long(0),
            At = DateTimeOffset.FromUnixTimeMilliseconds(_lines.Long(1)),
            ActivityId = _lines.Text(3),
            // What cannot be read went into quarantine with its turn; a reader of the conversation goes on without it.
            Incoming = outgoing || _lines.IsNull(4) ? null : ActivityJson.ReadInboundOrNull(_lines.Blob(4)),
            Outgoing = outgoing ? ActivityJson.ReadOutbound(_lines.Blob(5)) : null,
            Delivery = outgoing ? (OutboxState)_lines.Int(6) : null,
        };
    }
}
