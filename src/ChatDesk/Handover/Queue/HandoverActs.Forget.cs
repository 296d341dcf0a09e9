using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <content>A message taken back leaves no words behind: not in a row, not in a packet, not in events kept for pages that were away.</content>
internal sealed partial class HandoverActs
{
    private readonly LedgerStatement _rowsOf = db.Prepare("SELECT id, body FROM handovers WHERE conversation_id = ?1 AND open = 0");
    private readonly LedgerStatement _rewriteRow = db.Prepare("UPDATE handovers SET body = ?2 WHERE id = ?1");
    private readonly LedgerStatement _eventsOf = db.Prepare($"SELECT seq, body FROM desk_events WHERE agency = ?1 AND {db.Find}({db.Text("body")}, ?2) > 0");
    private readonly LedgerStatement _rewriteEvent = db.Prepare("UPDATE desk_events SET body = ?3 WHERE agency = ?1 AND seq = ?2");

    private void Forget(ClaimedConversation conversation, string messageId)
    {
        var agency = conversation.Key.Agency;
        var gone = lines.ByMessage(conversation.Id, messageId);
        foreach (var line in gone)
        {
            ForgetRows(conversation.Id, line.Key);
            ForgetEvents(agency, line);
            if (books.Now(agency).In(conversation.Key) is not { } open) continue;
            books.Tell(line, isNew: false);
            if (Without(open, line.Key) is { } changed) books.Put(changed);
        }
    }

    private void ForgetRows(long conversationId, string key)
    {
        var rows = new List<HandoverRow>();
        _rowsOf.Bind(1, conversationId);
        while (_rowsOf.Step()) rows.Add(HandoverJson.Read<HandoverRow>(_rowsOf.Blob(1)));
        foreach (var row in rows)
        {
            if (Without(row, key) is { } changed) _rewriteRow.Bind(1, row.Id).Bind(2, HandoverJson.Write(changed)).Run();
        }
    }

    private void ForgetEvents(string agency, TranscriptLine line)
    {
        var events = new List<DeskEvent>();
        _eventsOf.Bind(1, agency).Bind(2, $"\"{line.Key}\"");
        while (_eventsOf.Step()) events.Add(HandoverJson.Read<DeskEvent>(_eventsOf.Blob(1)));
        foreach (var change in events)
        {
            var without = change with { Line = change.Line?.Key == line.Key ? line : change.Line, Row = change.Row is { } row ? Without(row, line.Key) ?? row : null };
            _rewriteEvent.Bind(1, agency).Bind(2, change.Seq).Bind(3, HandoverJson.Write(without)).Run();
        }
        if (events.Count > 0) books.Rewritten(agency);
    }

    private static HandoverRow? Without(HandoverRow row, string key)
    {
        var changed = row;
        if (row.LastKey == key) changed = changed with { LastText = null, LastKind = LineKind.Withdrawn };
        if (row.Packet.AskedKey == key) changed = changed with { Packet = row.Packet with { Asked = null } };
        return changed == row ? null : changed;
    }
}
