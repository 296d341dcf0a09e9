using ChatDesk.LineSimulator.Channel;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>
/// Holds three memories against each other: what this program sent and saw acknowledged, what the desk's ledger says,
/// and what people on the simulated LINE saw. Definitions: reliability.md 4.
/// </summary>
internal sealed class LedgerCheck
{
    private readonly IReadOnlyCollection<SentEvent> sent;
    private readonly IReadOnlyList<AcceptedCall> calls;
    private readonly ILookup<string, InboxRow> inbox;
    private readonly ILookup<string, OutboxRow> outboxByUser;
    private readonly ILookup<string, TranscriptRow> wordsByUser;
    private readonly ILookup<string, AcceptedCall> visibleTo;
    private readonly LedgerVerdict verdict = new();

    private LedgerCheck(IReadOnlyCollection<SentEvent> sent, LedgerDump ledger, IReadOnlyList<AcceptedCall> calls)
    {
        this.sent = sent;
        this.calls = calls;
        inbox = ledger.Inbox.ToLookup(r => r.EventId);
        outboxByUser = ledger.Outbox.ToLookup(r => r.Address);
        visibleTo = calls.SelectMany(c => c.SeenBy.Select(u => (User: u, Call: c))).ToLookup(p => p.User, p => p.Call);
        wordsByUser = ledger.Transcript.Where(r => r.Direction == "in").ToLookup(r => r.Address);
    }

    public static LedgerVerdict Run(IReadOnlyCollection<SentEvent> sent, LedgerDump ledger, IReadOnlyList<AcceptedCall> calls)
    {
        var check = new LedgerCheck(sent, ledger, calls);
        check.Storing();
        check.Transcripts();
        check.Tokens();
        foreach (var user in sent.GroupBy(e => e.User)) check.Answers(user.Key, [.. user]);
        return check.verdict;
    }

    /// <summary>Every acknowledged event has exactly one row.</summary>
    private void Storing()
    {
        foreach (var known in sent)
        {
            var rows = inbox[known.Id].Count();
            if (known.Acked) verdict.Acked++;
            if (known.Acked && rows > 0) verdict.Stored++;
            if (known.Acked && rows == 0) verdict.AddLost($"{known.Id} of {known.User} was acknowledged and has no inbox row");
            for (var extra = 1; extra < rows; extra++) verdict.AddDupStored($"{known.Id} has {rows} inbox rows");
        }
    }

    /// <summary>What people said stands in the transcript once, in the order of (event time, arrival).</summary>
    private void Transcripts()
    {
        foreach (var words in wordsByUser)
        {
            var seen = new HashSet<string>();
            var last = default((long Time, long Arrival, string Id));
            foreach (var id in words.Select(w => w.ActivityId).OfType<string>())
            {
                if (!seen.Add(id)) verdict.AddDupStored($"{id} stands twice in the transcript of {words.Key}");
                if (inbox[id].FirstOrDefault() is not { } row) continue;
                var place = (row.EventTime, row.Arrival, id);
                if (last.Id is not null && (place.EventTime, place.Arrival).CompareTo((last.Time, last.Arrival)) < 0)
                {
                    verdict.AddReordered($"{id} stands after the later {last.Id} in the transcript of {words.Key}");
                }

                last = place;
            }
        }

        foreach (var known in sent.Where(e => e.Acked && e.Answerable && inbox[e.Id].Any(r => r.State == "done")))
        {
            if (!wordsByUser[known.User].Any(w => w.ActivityId == known.Id)) verdict.AddLost($"{known.Id} is done and not in the transcript of {known.User}");
        }
    }

    /// <summary>LINE's own protections were never got around.</summary>
    private void Tokens()
    {
        foreach (var token in calls.Where(c => c.ReplyToken is not null).GroupBy(c => c.ReplyToken).Where(g => g.Count() > 1))
        {
            verdict.AddDupVisible($"reply token {token.Key} was accepted {token.Count()} times");
        }

        foreach (var key in calls.Where(c => c.RetryKey is not null).GroupBy(c => c.RetryKey).Where(g => g.Count() > 1))
        {
            verdict.AddDupVisible($"retry key {key.Key} was accepted {key.Count()} times");
        }
    }

    private void Answers(string user, IReadOnlyList<SentEvent> events)
    {
        var rows = outboxByUser[user].OrderBy(r => r.Turn).ThenBy(r => r.EventId, StringComparer.Ordinal).ThenBy(r => r.Index).ToList();
        var seen = visibleTo[user].ToList();
        var matched = new AnswerMatch(events, rows, seen, verdict).Run();
        foreach (var known in events.Where(e => e.Acked && e.Answerable)) Answer(known, rows, matched);
        Waits(events, seen);
    }

    /// <summary>A reply names its event; pushes are laid on the events that had none, in order. An answer may well come before the 200: its commit did.</summary>
    private void Waits(IReadOnlyList<SentEvent> events, List<AcceptedCall> seen)
    {
        var replied = new Dictionary<string, DateTimeOffset>();
        foreach (var call in seen.Where(c => c.ReplyToken is not null)) replied.TryAdd(call.ReplyToken!, call.At);
        var pushed = new Queue<DateTimeOffset>(seen.Where(c => c.ReplyToken is null).Select(c => c.At));
        foreach (var known in events.Where(e => e is { Acked: true, Answerable: true }).OrderBy(e => e.At))
        {
            var isReply = replied.TryGetValue(known.ReplyToken ?? "", out var seenAt);
            if (!isReply && !pushed.TryDequeue(out seenAt)) continue;
            var taken = known.AckedAt!.Value;
            verdict.AddWait(new(known, taken, seenAt > taken ? seenAt - taken : TimeSpan.Zero, isReply));
        }
    }

    /// <summary>An answer was seen, or its row says for good why it was not.</summary>
    private void Answer(SentEvent known, List<OutboxRow> rows, IReadOnlySet<string> repliedEvents)
    {
        if (repliedEvents.Contains(known.Id)) return;
        var states = rows.Where(r => r.EventId == known.Id).Select(r => r.State).ToList();
        if (states.Contains("sent")) return;
        if (states.Contains("blocked")) verdict.Blocked++;
        else if (states.Contains("unknown")) verdict.Unknown++;
        else verdict.AddUnanswered($"{known.Id} of {known.User} (inbox {State(known)}, outbox {(states.Count == 0 ? "nothing" : string.Join(',', states))})");
    }

    private string State(SentEvent known) => inbox[known.Id].FirstOrDefault()?.State ?? "missing";
}
