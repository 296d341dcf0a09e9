using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>What pages read, on a connection of its own. One caller at a time.</summary>
internal sealed class HandoverReads(QueueSql db)
{
    private const int HitLimit = 50;

    /// <summary>How many of the ledger's newest events a search looks through.</summary>
    private const int SearchDepth = 50_000;

    private readonly TranscriptReader _lines = new(db);
    private readonly LedgerStatement _seq = db.Prepare("SELECT coalesce(max(seq), 0) FROM desk_events WHERE agency = ?1");
    private readonly LedgerStatement _events = db.Prepare("SELECT body FROM desk_events WHERE agency = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    private readonly LedgerStatement _closed = db.Prepare("SELECT body FROM handovers WHERE agency = ?1 AND open = 0 AND closed_at < ?2 ORDER BY closed_at DESC LIMIT ?3");
    private readonly LedgerStatement _of = db.Prepare("SELECT body FROM handovers WHERE conversation_id = ?1 ORDER BY id DESC LIMIT 50");
    private readonly LedgerStatement _contact = db.Prepare("""
        SELECT c.reachable, c.created_at, k.name, k.tags FROM conversations c LEFT JOIN contacts k ON k.conversation_id = c.id WHERE c.id = ?1
        """);
    private readonly LedgerStatement _raw = db.Prepare("""
        SELECT i.raw FROM transcript t JOIN inbox i ON i.conversation_id = t.conversation_id AND i.id = t.inbox_id
        WHERE t.conversation_id = ?1 AND NOT t.outgoing AND i.raw IS NOT NULL AND length(i.raw) > 0 ORDER BY t.at DESC, t.id DESC LIMIT 1
        """);
    private readonly LedgerStatement _people = db.Prepare($"""
        SELECT c.agency, c.channel, c.address, k.name, c.created_at FROM contacts k JOIN conversations c ON c.id = k.conversation_id
        WHERE k.agency = ?1 AND (k.name {db.Like} ?2 ESCAPE '\' OR k.tags {db.Like} ?2 ESCAPE '\') ORDER BY c.id DESC LIMIT ?3
        """);
    private readonly LedgerStatement _heard = db.Prepare($$"""
        SELECT t.conversation_id, t.id FROM inbox i JOIN transcript t ON t.conversation_id = i.conversation_id AND t.inbox_id = i.id AND NOT t.outgoing
        WHERE i.id > (SELECT coalesce(max(id), 0) - {{SearchDepth}} FROM inbox) AND i.agency = ?1 AND i.state <> 0
          AND {{db.Field(db.Text("i.activity"), "text")}} {{db.Like}} ?2 ESCAPE '\' ORDER BY i.id DESC LIMIT ?3
        """);
    private readonly LedgerStatement _said = db.Prepare($$"""
        SELECT t.conversation_id, t.id FROM transcript t JOIN conversations c ON c.id = t.conversation_id
        WHERE t.id > (SELECT coalesce(max(id), 0) - {{2 * SearchDepth}} FROM transcript) AND t.outgoing AND c.agency = ?1
          AND {{db.Text("t.body")}} {{db.Like}} ?2 ESCAPE '\' ORDER BY t.id DESC LIMIT ?3
        """);
    private readonly LedgerStatement _notes = db.Prepare($"SELECT body FROM desk_lines WHERE agency = ?1 AND {db.Text("body")} {db.Like} ?2 ESCAPE '\\' ORDER BY id DESC LIMIT ?3");
    private readonly LedgerStatement _cases = db.Prepare($"""
        SELECT c.agency, c.channel, c.address, k.name, {db.Field("e.data", "number")}, e.created_at
        FROM effects e JOIN conversations c ON c.id = e.conversation_id LEFT JOIN contacts k ON k.conversation_id = c.id
        WHERE e.kind = 'case' AND c.agency = ?1 AND {db.Field("e.data", "number")} {db.Like} ?2 ESCAPE '\' ORDER BY e.id DESC LIMIT ?3
        """);

    public List<DeskEvent> EventsAfter(string agency, long seq, int max)
    {
        var events = new List<DeskEvent>();
        _events.Bind(1, agency).Bind(2, seq).Bind(3, max);
        while (_events.Step()) events.Add(HandoverJson.Read<DeskEvent>(_events.Blob(0)));
        return events;
    }

    public List<HandoverRow> Closed(string agency, DateTimeOffset? before, int take) =>
        Rows(_closed.Bind(1, agency).Bind(2, before?.ToUnixTimeMilliseconds() ?? long.MaxValue).Bind(3, take));

    public TranscriptPage Transcript(ConversationKey conversation, string? before, int take)
    {
        var seq = _seq.Bind(1, conversation.Agency).ReadOne() ?? 0;
        if (_lines.ConversationId(conversation) is not { } id) return new([], seq, null);
        var (lines, first) = _lines.Page(id, before, take);
        return new(lines, seq, first);
    }

    public byte[]? LatestRaw(long conversationId)
    {
        if (!_raw.Bind(1, conversationId).Step()) return null;
        var raw = _raw.BlobOrNull(0);
        _raw.Reset();
        return raw;
    }

    public ContactCard? Contact(ConversationKey conversation)
    {
        if (_lines.ConversationId(conversation) is not { } id || !_contact.Bind(1, id).Step()) return null;
        var card = new ContactCard(
            conversation, _contact.TextOrNull(2), _contact.TextOrNull(3) is { } tags ? HandoverJson.Read<IReadOnlyList<string>>(tags) : [],
            _contact.Long(0) != 0, DateTimeOffset.FromUnixTimeMilliseconds(_contact.Long(1)), []);
        _contact.Reset();
        return card with { Handovers = Rows(_of.Bind(1, id)) };
    }

    /// <summary>Substrings, so that words inside unspaced Thai are found. Every statement is bounded and bound to the agency.</summary>
    public List<SearchHit> Search(string agency, string text)
    {
        var like = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var hits = new List<SearchHit>();
        Each(_people, agency, like, row => hits.Add(new("person", new(row.Text(0), row.Text(1), row.Text(2)), row.TextOrNull(3), row.TextOrNull(3) ?? "", null, Moment(row.Long(4)))));
        Each(_cases, agency, like, row => hits.Add(new("case", new(row.Text(0), row.Text(1), row.Text(2)), row.TextOrNull(3), row.Text(4), null, Moment(row.Long(5)))));
        var found = new List<TranscriptLine>();
        foreach (var statement in (LedgerStatement[])[_heard, _said]) Each(statement, agency, like, row => found.AddRange(_lines.Line(row.Long(0), row.Long(1)) is { } line ? [line] : []));
        Each(_notes, agency, like, row => found.Add(HandoverJson.Read<TranscriptLine>(row.Blob(0))));
        // The letters may have stood in a part of the record that nobody reads.
        hits.AddRange(found
            .Where(l => l.Text?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)
            .OrderByDescending(l => l.At).Take(HitLimit)
            .Select(l => new SearchHit("message", l.Conversation, null, Around(l.Text!, text), l.Sort, l.At)));
        return hits;
    }

    private static void Each(LedgerStatement rows, string agency, string like, Action<LedgerStatement> take)
    {
        rows.Bind(1, agency).Bind(2, like).Bind(3, HitLimit);
        while (rows.Step()) take(rows);
    }

    private static List<HandoverRow> Rows(LedgerStatement statement)
    {
        var rows = new List<HandoverRow>();
        while (statement.Step()) rows.Add(HandoverJson.Read<HandoverRow>(statement.Blob(0)));
        return rows;
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>The hit with some words before and after it, cut at whole letters.</summary>
    private static string Around(string text, string wanted)
    {
        var info = new StringInfo(text);
        if (info.LengthInTextElements <= 120) return text;
        var at = StringInfo.ParseCombiningCharacters(text).Count(i => i < text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase));
        var from = Math.Max(0, at - 40);
        return info.SubstringByTextElements(from, Math.Min(120, info.LengthInTextElements - from));
    }
}
