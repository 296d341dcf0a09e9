using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <content>What turns do to the queue, inside their own transaction.</content>
internal sealed partial class HandoverActs
{
    private const int PreviewLength = 120;

    private readonly LedgerStatement _lastClosed = db.Prepare("SELECT id, closed_at FROM handovers WHERE conversation_id = ?1 AND open = 0 ORDER BY id DESC LIMIT 1");
    private readonly LedgerStatement _history = db.Prepare($"""
        SELECT i.outcome, {db.Field(db.Text("i.activity"), "text")}, i.id, {db.Field(db.Text("i.activity"), "kind")}
        FROM transcript t JOIN inbox i ON i.conversation_id = t.conversation_id AND i.id = t.inbox_id
        WHERE t.conversation_id = ?1 AND NOT t.outgoing ORDER BY t.at DESC, t.id DESC LIMIT 20
        """);
    private readonly LedgerStatement _contact = db.Prepare("SELECT name, tags FROM contacts WHERE conversation_id = ?1");

    public void TurnKept(KeptTurn kept, DateTimeOffset now)
    {
        var commit = kept.Commit;
        var key = commit.Conversation.Key;
        var before = books.Now(key.Agency).In(key);
        var row = before;
        foreach (var part in commit.Parts) row = Take(kept, row, part, now);
        if (commit.WithdrawnMessageId is { } gone) Forget(commit.Conversation, gone);
        if (before is null && row is null) return;

        var (inbound, outbound) = lines.Turn(commit.Conversation.Id, kept.Inbound, kept.Outbox?.RowId);
        if (inbound is not null) books.Tell(inbound, isNew: true);
        if (outbound is not null) books.Tell(outbound, isNew: true);
        if (books.Now(key.Agency).In(key) is { } open) After(kept, open, inbound, outbound, now);
    }

    /// <summary>Reads at once the lines that <see cref="Settled"/> and <see cref="TurnKept"/> are about to tell of.</summary>
    public void ReadAhead(IReadOnlyList<OutboxItem> settled, IReadOnlyList<KeptTurn> kept)
    {
        var rows = new List<(long Conversation, long Id)>();
        foreach (var item in settled)
        {
            if (books.Now(item.Conversation.Agency).In(item.Conversation) is { } row) rows.Add((row.ConversationId, item.RowId));
        }
        foreach (var turn in kept)
        {
            var conversation = turn.Commit.Conversation;
            if (turn.Commit.Parts.Count == 0 && books.Now(conversation.Key.Agency).In(conversation.Key) is null) continue;
            rows.Add((conversation.Id, turn.Inbound));
            if (turn.Outbox is { } said) rows.Add((conversation.Id, said.RowId));
        }
        lines.ReadAhead(rows);
    }

    /// <summary>The transaction has ended: what was read in it holds no longer.</summary>
    public void Ended() => lines.Forget();

    private HandoverRow? Take(KeptTurn kept, HandoverRow? row, TurnPart part, DateTimeOffset now) => part switch
    {
        HandoverAsked asked when row is null => Open(kept, asked, now),
        HandoverAsked asked => Raise(row!, asked.Priority, asked.PriorityReason, now),
        HandoverRaised raised when row is not null => Raise(row, raised.Priority, raised.Reason, now),
        HandoverDropped dropped when row is not null => Drop(row, dropped.Outcome, now),
        HandoverKnown known when row is { IsHeld: true } => Inform(row, known),
        _ => row,
    };

    private HandoverRow Open(KeptTurn kept, HandoverAsked asked, DateTimeOffset now)
    {
        var conversation = kept.Commit.Conversation;
        var step = asked.PromisedBy is null ? HandoverStep.AskedInHours : HandoverStep.AskedOutOfHours;
        var move = HandoverTable.Next(HandoverState.Requested, step)!.Value;
        var (name, tags) = Contact(conversation.Id);
        var row = books.Add(New(conversation.Id, conversation.Key, asked.Reason, asked.Language, now) with
        {
            State = move.To,
            Priority = asked.Priority,
            PriorityReason = asked.PriorityReason,
            Topic = asked.Topic,
            Unit = asked.Unit,
            Packet = Filled(conversation.Id, asked.Packet),
            PromisedBy = asked.PromisedBy,
            OpensAt = asked.OpensAt,
            ContactName = name,
            Tags = tags,
            WaitingSince = now,
            Reopens = Reopens(conversation.Id, now),
            Reachable = kept.Commit.Reachable ?? conversation.Reachable,
        });
        books.Add(conversation.Id, Happened(row, move.Records!, now, null, [("reason", asked.Reason.ToString()), ("by", asked.PromisedBy?.ToString("O"))]));
        return row;
    }

    /// <summary>The packet with what the ledger knows already: the contact's last question and the articles shown, so that asking costs earlier turns nothing.</summary>
    private HandoverPacket Filled(long conversationId, HandoverPacket packet)
    {
        var articles = new List<string>();
        string? asked = null;
        string? askedKey = null;
        _history.Bind(1, conversationId);
        while (_history.Step())
        {
            var outcome = _history.TextOrNull(0) ?? "";
            if (outcome.StartsWith("kb:", StringComparison.Ordinal) && !articles.Contains(outcome[3..])) articles.Insert(0, outcome[3..]);
            // Commands and the wish itself say nothing about the matter, and the desk's own activities are nobody's question.
            var isContacts = _history.TextOrNull(3) is nameof(InboundKind.Text) or nameof(InboundKind.Choice);
            if (asked is null && isContacts && !outcome.StartsWith("command:", StringComparison.Ordinal) && outcome is not ("handover" or "greeting" or "smalltalk")) (asked, askedKey) = (_history.TextOrNull(1), $"i:{_history.Long(2)}");
        }
        return packet with { Asked = packet.Asked ?? asked, AskedKey = packet.Asked is null ? askedKey : null, Articles = packet.Articles.Count > 0 ? packet.Articles : articles };
    }

    /// <summary>What was known before stays: an officer may have read it already.</summary>
    private HandoverRow Inform(HandoverRow row, HandoverKnown known)
    {
        var (had, more) = (row.Packet, known.Packet);
        var fields = had.Fields.Concat(more.Fields.Where(f => !had.Fields.ContainsKey(f.Key))).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        // Who was in the middle of a dialog wanted what the dialog is for, and said its answers last.
        var steppedIn = row is { Reason: HandoverReason.SteppedIn, FloorSince: null } && more.Asked is not null;
        var packet = had with
        {
            Asked = steppedIn ? more.Asked : had.Asked ?? more.Asked,
            AskedKey = steppedIn ? null : had.AskedKey,
            Fields = fields,
            Dialog = had.Dialog ?? more.Dialog,
        };
        var same = packet.Asked == had.Asked && packet.Dialog == had.Dialog && fields.Count == had.Fields.Count;
        return same && row.Language == known.Language ? row : books.Put(row with { Packet = packet, Language = known.Language });
    }

    private HandoverRow Raise(HandoverRow row, HandoverPriority priority, string? reason, DateTimeOffset now) =>
        priority <= row.Priority ? row
        : Step(row, HandoverStep.Raised, now, r => r with { Priority = priority, PriorityReason = reason }, null, ("to", priority.ToString()), ("reason", reason)) ?? row;

    /// <summary>Not while an officer has it: then only they end it.</summary>
    private HandoverRow Drop(HandoverRow row, string outcome, DateTimeOffset now) =>
        Step(row, HandoverStep.Cancelled, now, r => r with { ClosedAt = now, Outcome = outcome, WaitingSince = null }, null, ("outcome", outcome)) ?? row;

    private void After(KeptTurn kept, HandoverRow row, TranscriptLine? inbound, TranscriptLine? outbound, DateTimeOffset now)
    {
        var activity = kept.Commit.Item.Activity;
        var next = row;
        if (activity?.Kind == InboundKind.OfficerClaimed && row.IsHeld && row.FloorSince is null && HandoverJson.Read<FloorNews>(activity.Data!).OfficerId == row.OfficerId)
            next = next with { FloorSince = now };
        if (kept.Commit.Reachable is { } reachable) next = next with { Reachable = reachable };
        if (inbound is { By: LineSpeaker.Contact } && LineKinds.IsMessage(inbound.Kind)) next = Heard(kept, next, inbound, now);
        if (outbound is not null && !kept.Silenced) next = Spoke(next, outbound, kept.Outbox!, now);
        if (next != row) books.Put(next);
    }

    private HandoverRow Heard(KeptTurn kept, HandoverRow row, TranscriptLine line, DateTimeOffset now)
    {
        // What an officer has not seen must not be closed away, and who waited for the contact need not wait any more.
        if (row.Closing is not null) row = Step(row, HandoverStep.CloseStopped, now, r => r with { Closing = null }) ?? row;
        if (row.State == HandoverState.OnHold) row = Step(row, HandoverStep.ContactWrote, now) ?? row;
        var item = kept.Commit.Item;
        return row with
        {
            LastKind = line.Kind,
            LastText = Preview(line.Text),
            LastKey = line.Key,
            LastBy = LineSpeaker.Contact,
            LastAt = now,
            Unread = row.Unread + 1,
            WaitingSince = row.WaitingSince ?? now,
            FreeUntil = item.Activity?.ReplyHandle is not null ? item.ReceivedAt + HandoverRules.HandleLife : null,
        };
    }

    private static HandoverRow Spoke(HandoverRow row, TranscriptLine line, OutboxItem item, DateTimeOffset now)
    {
        row = row with { LastKind = line.Kind, LastText = Preview(line.Text), LastKey = line.Key, LastBy = line.By, LastAt = now, FreeUntil = item.ReplyHandle is null ? row.FreeUntil : null };
        return line.By == LineSpeaker.Officer ? row with { WaitingSince = null, Unread = 0, OfficerActedAt = now } : row;
    }

    /// <summary>The state of a line that was sent, or not.</summary>
    public void Settled(OutboxItem item, DateTimeOffset now)
    {
        if (books.Now(item.Conversation.Agency).In(item.Conversation) is { } row && lines.Line(row.ConversationId, item.RowId) is { } line) books.Tell(line, isNew: false);
    }

    public void FileSettled(FileOrder order)
    {
        if (books.Now(order.Conversation.Agency).In(order.Conversation) is not { } row) return;
        foreach (var line in lines.ByMessage(row.ConversationId, order.MessageId)) books.Tell(line, isNew: false);
    }

    private long? Reopens(long conversationId, DateTimeOffset now)
    {
        if (!_lastClosed.Bind(1, conversationId).Step()) return null;
        var (id, at) = (_lastClosed.Long(0), _lastClosed.Long(1));
        _lastClosed.Reset();
        return now - DateTimeOffset.FromUnixTimeMilliseconds(at) < HandoverRules.SameMatter ? id : null;
    }

    private (string? Name, IReadOnlyList<string> Tags) Contact(long conversationId)
    {
        if (!_contact.Bind(1, conversationId).Step()) return (null, []);
        var found = (_contact.TextOrNull(0), HandoverJson.Read<IReadOnlyList<string>>(_contact.Text(1)));
        _contact.Reset();
        return found;
    }

    private static string? Preview(string? text) =>
        text is null || text.Length <= PreviewLength ? text : new System.Globalization.StringInfo(text) is { LengthInTextElements: > PreviewLength } info ? info.SubstringByTextElements(0, PreviewLength) : text;
}
