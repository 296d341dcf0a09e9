using ChatDesk.LineSimulator.Channel;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>
/// Lays the calls one person saw beside the outbox rows the desk made for them. A reply names its event by its token.
/// A push names nothing (its retry key is the desk's secret), so pushes are laid on the rows that no reply has taken,
/// in order: too many of them are doubles, too few are silences, and ones that fit nowhere in order are out of order.
/// </summary>
internal sealed class AnswerMatch(IReadOnlyList<SentEvent> events, IReadOnlyList<OutboxRow> rows, IReadOnlyList<AcceptedCall> seen, LedgerVerdict verdict)
{
    private readonly string user = events[0].User;
    private readonly Dictionary<string, string> eventOfToken = events.Where(e => e.ReplyToken is not null).ToDictionary(e => e.ReplyToken!, e => e.Id);
    private readonly HashSet<int> taken = [];
    private readonly HashSet<string> repliedEvents = [];

    /// <returns>The events whose reply token was used.</returns>
    public IReadOnlySet<string> Run()
    {
        var places = seen.Select(PlaceOfReply).ToList();
        CountPushes();
        CheckOrder(places);
        return repliedEvents;
    }

    /// <returns>The row a reply belongs to; null for a push, -1 for a reply without a row.</returns>
    private int? PlaceOfReply(AcceptedCall call)
    {
        if (call.ReplyToken is null || !eventOfToken.TryGetValue(call.ReplyToken, out var id)) return null;
        repliedEvents.Add(id);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].EventId != id || taken.Contains(i)) continue;
            taken.Add(i);
            if (rows[i].State == "blocked") verdict.AddDupVisible($"{rows[i].Id} reached {user} though its row says blocked");
            return i;
        }

        verdict.AddDupVisible($"a reply to {id} reached {user} and has no outbox row");
        return -1;
    }

    /// <summary>A pending or unknown row may have arrived once; a sent one must have.</summary>
    private void CountPushes()
    {
        var pushes = seen.Count(c => c.ReplyToken is null);
        var free = rows.Where((_, i) => !taken.Contains(i)).ToList();
        var certain = free.Count(r => r.State == "sent");
        var possible = free.Count(r => r.State is "sent" or "unknown" or "pending");
        for (var n = possible; n < pushes; n++) verdict.AddDupVisible($"{user} saw {pushes} pushes for {possible} rows");
        for (var n = pushes; n < certain; n++) verdict.AddUnanswered($"{user} saw {pushes} pushes, though {certain} rows say sent");
    }

    /// <summary>Walks the calls as seen and the rows as made, side by side; each call must find its row further on.</summary>
    private void CheckOrder(List<int?> places)
    {
        var next = 0;
        var tooMany = Math.Max(0, places.Count(p => p is null) - rows.Where((r, i) => !taken.Contains(i) && r.State != "blocked").Count());
        foreach (var place in places.Where(p => p != -1))
        {
            if (place is { } row)
            {
                if (row < next) verdict.AddReordered($"{user} saw the answer {rows[row].Id} after a later one");
                else next = row + 1;
                continue;
            }

            var free = next;
            while (free < rows.Count && (taken.Contains(free) || rows[free].State == "blocked")) free++;
            if (free < rows.Count) next = free + 1;
            else if (tooMany > 0) tooMany--;
            else verdict.AddReordered($"{user} saw a push after an answer that was made later");
        }
    }
}
