using System.Globalization;
using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>Makes the desk's lines from the ledger's transcript, inbox, outbox and files, and the queue's own lines. One thread at a time.</summary>
internal sealed class TranscriptReader
{
    private const string Columns = """
        t.id, t.at, t.outgoing, t.activity_id, t.message_id, t.inbox_id, t.body, i.activity,
        o.state, o.next_at, o.reason, o.counted, o.attempts, f.state, f.path, f.content_type, c.agency, c.channel, c.address, t.conversation_id
        FROM transcript t JOIN conversations c ON c.id = t.conversation_id
        LEFT JOIN inbox i ON NOT t.outgoing AND i.conversation_id = t.conversation_id AND i.id = t.inbox_id
        LEFT JOIN outbox o ON t.outgoing AND o.conversation_id = t.conversation_id AND o.id = t.id AND o.transcript_id = t.id
        LEFT JOIN files f ON t.message_id IS NOT NULL AND f.conversation_id = t.conversation_id AND f.message_id = t.message_id
        """;

    private readonly Dictionary<(long Conversation, long Id), TranscriptLine?> _ahead = [];
    private readonly LedgerStatement _line, _lines, _turn, _byMessage, _page, _deskPage, _pending, _conversation;

    public TranscriptReader(QueueSql db)
    {
        _line = db.Prepare($"SELECT {Columns} WHERE t.conversation_id = ?1 AND t.id = ?2");
        _lines = db.Prepare($"SELECT {Columns} JOIN {db.Pairs("?1", "conversation_id", "id")} asked ON asked.conversation_id = t.conversation_id AND asked.id = t.id");
        _turn = db.Prepare($"SELECT {Columns} WHERE t.conversation_id = ?1 AND t.id IN (?2, ?3)");
        _byMessage = db.Prepare($"SELECT {Columns} WHERE t.conversation_id = ?1 AND t.message_id = ?2");
        _page = db.Prepare($"SELECT {Columns} WHERE t.conversation_id = ?1 AND (t.at, t.id) < (?2, ?3) ORDER BY t.at DESC, t.id DESC LIMIT ?4");
        _deskPage = db.Prepare("SELECT body FROM desk_lines WHERE conversation_id = ?1 AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4");
        _pending = db.Prepare("SELECT activity FROM inbox WHERE conversation_id = ?1 AND state = 0 AND event_id LIKE 'say:%' ORDER BY happened_at, id");
        _conversation = db.Prepare("SELECT id FROM conversations WHERE agency = ?1 AND channel = ?2 AND address = ?3");
    }

    public long? ConversationId(ConversationKey key) => _conversation.Bind(1, key.Agency).Bind(2, key.Channel).Bind(3, key.Address).ReadOne();

    /// <returns>Null for what is no line of a conversation (timers, the desk's own activities, receipts).</returns>
    public TranscriptLine? Line(long conversationId, long transcriptId) =>
        _ahead.Remove((conversationId, transcriptId), out var line) ? line : All(_line.Bind(1, conversationId).Bind(2, transcriptId)).FirstOrDefault();

    /// <summary>Reads lines that are about to be asked for, each once, and that nothing changes before.</summary>
    public void ReadAhead(IReadOnlyList<(long Conversation, long Id)> rows)
    {
        if (rows.Count == 0) return;
        foreach (var row in rows) _ahead[row] = null;
        _lines.Bind(1, $"[{string.Join(',', rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"[{r.Conversation},{r.Id}]")))}]");
        while (_lines.Step()) _ahead[(_lines.Long(19), _lines.Long(0))] = Read(_lines);
    }

    /// <summary>Forgets what was read ahead and not asked for.</summary>
    public void Forget() => _ahead.Clear();

    /// <summary>What came in with a turn and what is said in it, as <see cref="Line"/> gives them.</summary>
    /// <param name="conversationId">The ledger's number of the conversation.</param>
    /// <param name="heard">The transcript's row of what came in.</param>
    /// <param name="said">And of what is said, if anything.</param>
    public (TranscriptLine? Heard, TranscriptLine? Said) Turn(long conversationId, long heard, long? said)
    {
        if (_ahead.Remove((conversationId, heard), out var question))
            return (question, said is { } row ? Line(conversationId, row) : null);
        var answer = default(TranscriptLine);
        _turn.Bind(1, conversationId).Bind(2, heard).Bind(3, said);
        while (_turn.Step())
        {
            if (_turn.Long(0) == heard) question = Read(_turn);
            else answer = Read(_turn);
        }
        return (question, answer);
    }

    /// <summary>The newest line of a conversation; null when there is none.</summary>
    public TranscriptLine? Last(long conversationId) => Chat(conversationId, Cursor.Read(null), 1).FirstOrDefault();

    public List<TranscriptLine> ByMessage(long conversationId, string messageId) => All(_byMessage.Bind(1, conversationId).Bind(2, messageId));

    /// <summary>Lines before a cursor, oldest first, with what officers said and has no turn yet at the end of the newest page.</summary>
    public (List<TranscriptLine> Lines, string? Before) Page(long conversationId, string? before, int take)
    {
        var cursor = Cursor.Read(before);
        var lines = Chat(conversationId, cursor, take + 1);
        _deskPage.Bind(1, conversationId).Bind(2, cursor.At).Bind(3, cursor.DeskId).Bind(4, take + 1);
        while (_deskPage.Step()) lines.Add(HandoverJson.Read<TranscriptLine>(_deskPage.Blob(0)));
        lines.Sort((a, b) => string.CompareOrdinal(a.Sort, b.Sort));
        var more = lines.Count > take;
        if (more) lines.RemoveRange(0, lines.Count - take);
        var first = more ? lines[0].Sort : null;
        if (before is null) lines.AddRange(Queued(conversationId));
        return (lines, first);
    }

    /// <summary>The line of an officer's words that wait for their turn.</summary>
    public static TranscriptLine Queued(InboundActivity activity)
    {
        var words = HandoverJson.Read<OfficerWords>(activity.Data!);
        return new TranscriptLine
        {
            Key = $"o:{activity.Id}:0",
            Conversation = activity.Conversation,
            At = activity.At,
            // Behind everything that has had its turn.
            Sort = Cursor.Write(activity.At, '9', 0),
            By = LineSpeaker.Officer,
            Kind = words.Files.Count > 0 ? LineKind.File : LineKind.Text,
            OfficerId = words.OfficerId,
            OfficerName = words.OfficerName,
            Text = activity.Text,
            Said = OfficerSpeech.Of(activity.Text, words),
            Delivery = LineDelivery.Queued,
        };
    }

    /// <summary>Chat lines until so many of them can be shown; some rows are none.</summary>
    private List<TranscriptLine> Chat(long conversationId, Cursor cursor, int wanted)
    {
        var lines = new List<TranscriptLine>();
        var (at, id) = (cursor.At, cursor.ChatId);
        while (true)
        {
            var rows = 0;
            _page.Bind(1, conversationId).Bind(2, at).Bind(3, id).Bind(4, wanted * 2);
            while (_page.Step())
            {
                rows++;
                (at, id) = (_page.Long(1), _page.Long(0));
                if (lines.Count < wanted && Read(_page) is { } line) lines.Add(line);
            }
            if (rows < wanted * 2 || lines.Count >= wanted) return lines;
        }
    }

    private List<TranscriptLine> Queued(long conversationId)
    {
        var lines = new List<TranscriptLine>();
        _pending.Bind(1, conversationId);
        while (_pending.Step())
        {
            if (!_pending.IsNull(0)) lines.Add(Queued(ActivityJson.ReadInbound(_pending.Blob(0))));
        }
        return lines;
    }

    private static List<TranscriptLine> All(LedgerStatement rows)
    {
        var lines = new List<TranscriptLine>();
        while (rows.Step())
        {
            if (Read(rows) is { } line) lines.Add(line);
        }
        return lines;
    }

    private static TranscriptLine? Read(LedgerStatement row)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(1));
        var line = new TranscriptLine
        {
            Key = row.Long(2) != 0 ? $"o:{row.Text(3)}" : $"i:{row.Long(5).ToString(CultureInfo.InvariantCulture)}",
            Conversation = new(row.Text(16), row.Text(17), row.Text(18)),
            At = at,
            Sort = Cursor.Write(at, '1', row.Long(0)),
            By = LineSpeaker.Contact,
            Kind = LineKind.Withdrawn,
            MessageId = row.TextOrNull(4),
        };
        return row.Long(2) != 0 ? Outgoing(row, line) : row.IsNull(7) ? line : Incoming(row, line);
    }

    private static TranscriptLine Outgoing(LedgerStatement row, TranscriptLine line)
    {
        var said = ActivityJson.ReadOutbound(row.Blob(6));
        var words = line.Key.StartsWith("o:say:", StringComparison.Ordinal);
        return line with
        {
            By = words ? LineSpeaker.Officer : LineSpeaker.Bot,
            Kind = said.Any(s => s.File is not null) ? LineKind.File : LineKind.Text,
            OfficerName = said.Count > 0 ? said[0].SpeakerName : null,
            OfficerId = said.Count > 0 ? said[0].SpeakerId : null,
            Text = string.Join('\n', said.Select(s => s.PlainText)),
            Said = said,
            Delivery = row.IsNull(8) ? null : Delivery(row),
            DeliveryReason = row.TextOrNull(10),
        };
    }

    private static LineDelivery Delivery(LedgerStatement row) => (OutboxState)row.Int(8) switch
    {
        OutboxState.Sent => row.Long(11) > 0 ? LineDelivery.SentCounted : LineDelivery.SentFree,
        OutboxState.Blocked => LineDelivery.Failed,
        OutboxState.Unknown => LineDelivery.Unknown,
        OutboxState.TakenBack => LineDelivery.TakenBack,
        _ => row.TextOrNull(10) is null ? LineDelivery.Sending : LineDelivery.Deferred,
    };

    private static TranscriptLine? Incoming(LedgerStatement row, TranscriptLine line)
    {
        InboundActivity activity;
        try
        {
            activity = ActivityJson.ReadInbound(row.Blob(7));
        }
        catch (JsonException)
        {
            return line with { Kind = LineKind.Unknown };
        }
        if (LineKinds.Of(activity.Kind) is not { } kind) return null;
        return line with
        {
            Kind = kind,
            Text = activity.Text ?? (kind == LineKind.Notice ? activity.Kind.ToString() : null),
            File = activity.File,
            FileState = row.IsNull(13) ? null : (FileState)row.Int(13),
            FilePath = row.TextOrNull(14),
            FileType = row.TextOrNull(15),
            Location = activity.Location,
        };
    }

    /// <summary>A place among the lines of a conversation.</summary>
    internal readonly record struct Cursor(long At, long ChatId, long DeskId)
    {
        public static string Write(DateTimeOffset at, char source, long id) =>
            string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds():D15}:{source}:{id:D12}");

        /// <summary>Null, or anything that is no cursor, is the end.</summary>
        public static Cursor Read(string? text)
        {
            if (text?.Split(':') is not [var at, var source, var id] || !long.TryParse(at, CultureInfo.InvariantCulture, out var when) || !long.TryParse(id, CultureInfo.InvariantCulture, out var row))
                return new(long.MaxValue, long.MaxValue, long.MaxValue);
            // At the same moment chat lines stand before the desk's.
            return source == "1" ? new(when, row, 0) : new(when, long.MaxValue, row);
        }
    }
}
