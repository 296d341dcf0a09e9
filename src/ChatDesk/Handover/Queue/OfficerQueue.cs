using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>
/// What officers ask of the queue, the same on both databases: lists come from the books in memory, changes go through the
/// ledger's transactions (<see cref="HandoverActs"/>), pages read beside them.
/// </summary>
internal abstract class OfficerQueue(Handovers handovers, OutboxWorker outbox, TimeProvider time) : IOfficerQueue
{
    /// <summary>A claim's turn is normally a matter of milliseconds; longer only while the provider is slow.</summary>
    private static readonly TimeSpan FloorPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Agency, string Officer), DateTimeOffset> _seen = new();
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public BotSwitch Bot(string agency) => handovers.Books.Durable(agency).Desk.Bot;

    public ValueTask<HandoverRow?> OpenInAsync(ConversationKey conversation) => new(handovers.Books.Durable(conversation.Agency).In(conversation));

    public Task<DeskSnapshot> SnapshotAsync(string agency) => Task.FromResult(handovers.Books.Durable(agency).Desk);

    public async Task<DeskCatchUp> EventsAfterAsync(string agency, long seq, int max = 500)
    {
        var last = Math.Max(handovers.Books.Durable(agency).Desk.Seq, handovers.Recent.Last(agency));
        if (seq > last) return new([], last, Gap: true);
        if (seq == last) return new([], last, Gap: false);
        var events = handovers.Recent.After(agency, seq, max) ?? await ReadAsync(agency, reads => reads.EventsAfter(agency, seq, max));
        return new(events, last, Gap: events.Count == 0 || events[0].Seq != seq + 1);
    }

    public async Task<IReadOnlyList<HandoverRow>> ClosedAsync(string agency, DateTimeOffset? before, int take) =>
        await ReadAsync(agency, reads => reads.Closed(agency, before, Math.Clamp(take, 1, 200)));

    public Task<PresenceRow> ArriveAsync(OfficerCard card)
    {
        Seen(card.Officer);
        return Write((acts, now, _) => acts.Arrive(card, now));
    }

    public Task<QueueResult> SetPresenceAsync(Officer by, PresenceState state, string? reason)
    {
        Seen(by);
        return Write((acts, now, touched) => acts.SetPresence(by, state, reason, now, touched));
    }

    public void Seen(Officer by) => _seen[(by.Agency, by.Id)] = time.GetUtcNow();

    public Task<QueueResult> ClaimAsync(Officer by, long handover) => FloorAsync(by, (acts, now, touched) => acts.Claim(by, handover, now, touched));

    public Task<QueueResult> ClaimNextAsync(Officer by) => FloorAsync(by, (acts, now, touched) => acts.ClaimNext(by, now, touched));

    public Task<QueueResult> StepInAsync(Officer by, ConversationKey conversation, string? reason) =>
        FloorAsync(by, (acts, now, touched) => acts.StepIn(by, conversation, reason, now, touched));

    public Task<QueueResult> TakeOverAsync(Officer by, long handover, string reason) => FloorAsync(by, (acts, now, touched) => acts.TakeOver(by, handover, reason, now, touched));

    public Task<QueueResult> AcceptAsync(Officer by, long handover) => FloorAsync(by, (acts, now, touched) => acts.Accept(by, handover, now, touched));

    public Task<QueueResult> ReturnAsync(Officer by, long handover, string reason) => Write((acts, now, touched) => acts.Return(by, handover, reason, now, touched));

    public Task<QueueResult> TransferAsync(Officer by, long handover, TransferTarget to, string reason) => Write((acts, now, _) => acts.Transfer(by, handover, to, reason, now));

    public Task<QueueResult> RefuseAsync(Officer by, long handover, string reason) => Write((acts, now, _) => acts.Refuse(by, handover, reason, now));

    public Task<QueueResult> TakeBackOfferAsync(Officer by, long handover) => Write((acts, now, _) => acts.TakeBackOffer(by, handover, now));

    public Task<QueueResult> HoldAsync(Officer by, long handover) => Write((acts, now, _) => acts.Hold(by, handover, now));

    public Task<QueueResult> ResumeAsync(Officer by, long handover) => Write((acts, now, _) => acts.Resume(by, handover, now));

    public Task<QueueResult> PrioritiseAsync(Officer by, long handover, HandoverPriority priority, string reason) =>
        Write((acts, now, _) => acts.Prioritise(by, handover, priority, reason, now));

    public Task<QueueResult> CloseAsync(Officer by, long handover, string topic, string outcome, bool survey) =>
        Write((acts, now, _) => acts.Close(by, handover, topic, outcome, survey, now));

    public Task<QueueResult> UndoCloseAsync(Officer by, long handover) => Write((acts, now, _) => acts.UndoClose(by, handover, now));

    public Task<SayResult> SayAsync(Officer by, SayOrder order)
    {
        Seen(by);
        return Write((acts, now, touched) => acts.Say(by, order, now, touched));
    }

    public Task<SayResult> NoteAsync(Officer by, ConversationKey conversation, string clientId, string text) =>
        Write((acts, now, _) => acts.Note(by, conversation, clientId, text, now));

    public Task<QueueResult> RetryAsync(Officer by, long handover, string lineKey) => Write((acts, now, touched) => acts.Retry(by, handover, lineKey, now, touched));

    public async Task<QueueResult> MarkReadAsync(Officer by, long handover)
    {
        var marked = await Write((acts, _, _) => acts.MarkRead(by, handover));
        if (marked is { Status: QueueStatus.Done, Row: { } row } && await ReadAsync(row.Conversation.Agency, reads => reads.LatestRaw(row.ConversationId)) is { Length: > 0 } raw)
            await outbox.MarkReadAsync(row.Conversation, raw, CancellationToken.None);
        return marked;
    }

    public async Task<TranscriptPage> TranscriptAsync(string agency, ConversationKey conversation, string? before, int take) =>
        conversation.Agency != agency ? new([], 0, null) : await ReadAsync(agency, reads => reads.Transcript(conversation, before, Math.Clamp(take, 1, 200)));

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string agency, string text) =>
        text.Trim() is { Length: >= 2 and <= 100 } wanted ? await ReadAsync(agency, reads => reads.Search(agency, wanted)) : [];

    public async Task<ContactCard?> ContactAsync(string agency, ConversationKey conversation) =>
        conversation.Agency != agency ? null : await ReadAsync(agency, reads => reads.Contact(conversation));

    public Task<QueueResult> TagAsync(Officer by, ConversationKey conversation, IReadOnlyList<string> tags) => Write((acts, _, _) => acts.Tag(by, conversation, tags));

    public Task<(BotSwitch Before, BotSwitch After)> SwitchBotAsync(Officer by, bool off, string reason) => Write((acts, now, _) => acts.SwitchBot(by, off, reason, now));

    public async Task SweepAsync()
    {
        var seen = await LastSeenAsync();
        foreach (var agency in handovers.Books.Agencies)
        {
            // Without its hours, which come with the content, nothing of an agency can be judged. Looked at without the writer first: mostly nothing is due.
            if (handovers.Hours(agency) is not { } hours) continue;
            if (HandoverDue.In(handovers.Books.Durable(agency).Desk, hours, time.GetUtcNow(), seen).Count == 0) continue;
            await Write((acts, now, touched) => acts.Sweep(agency, now, seen, touched));
        }
        await Task.WhenAll(handovers.Books.Agencies.SelectMany(Nameless).Take(8).Select(NameAsync));
    }

    public Task PruneAsync() => Write((acts, now, _) => acts.Prune(now));

    /// <summary>Changes the queue in one of the ledger's transactions.</summary>
    /// <param name="act">Does it; conversations that now have something due go into the list.</param>
    protected abstract Task<T> ChangeAsync<T>(Func<List<long>, T> act);

    /// <summary>Reads beside the ledger's writes; everything as of one number.</summary>
    protected abstract Task<T> ReadAsync<T>(string agency, Func<HandoverReads, T> read);

    /// <summary>When an officer was last seen, by any process of the desk.</summary>
    protected virtual Task<Func<PresenceRow, DateTimeOffset>> LastSeenAsync() => Task.FromResult<Func<PresenceRow, DateTimeOffset>>(SeenHere);

    /// <summary>The signs of life that came to this process.</summary>
    protected IReadOnlyDictionary<(string Agency, string Officer), DateTimeOffset> SignsOfLife => _seen;

    protected DateTimeOffset SeenHere(PresenceRow officer)
    {
        var known = _seen.TryGetValue((officer.Card.Officer.Agency, officer.Card.Officer.Id), out var seen) ? seen : _started;
        return officer.LastSeen > known ? officer.LastSeen : known;
    }

    private IEnumerable<HandoverRow> Nameless(string agency) =>
        handovers.Books.Durable(agency).Desk.Rows.Values.Where(r => r.ContactName is null && _asked.TryAdd(r.Conversation, true));

    /// <summary>Whose name was asked for in this process: a channel without names is asked once.</summary>
    private readonly ConcurrentDictionary<ConversationKey, bool> _asked = new();

    private async Task NameAsync(HandoverRow row)
    {
        if (await outbox.NameOfAsync(row.Conversation, CancellationToken.None) is not { Length: > 0 } name) return;
        await Write((acts, _, _) =>
        {
            acts.Named(row, name);
            return true;
        });
    }

    private Task<T> Write<T>(Func<HandoverActs, DateTimeOffset, List<long>, T> act) => ChangeAsync(touched => act(handovers.Acts, handovers.Now, touched));

    /// <summary>An act that gives the floor ends when the conversation's turn has confirmed it.</summary>
    private async Task<QueueResult> FloorAsync(Officer by, Func<HandoverActs, DateTimeOffset, List<long>, QueueResult> act)
    {
        Seen(by);
        var result = await Write(act);
        if (result is not { Ok: true, Row: { IsHeld: true, FloorSince: null } row } || row.OfficerId != by.Id) return result;
        var decided = handovers.DecidedAsync(row);
        await Task.WhenAny(decided, Task.Delay(FloorPatience, time));
        if (!decided.IsCompletedSuccessfully) return result;
        var now = await decided;
        if (now.IsHeld && now.OfficerId == by.Id) return result with { Row = now };
        // Taken over, or ended, before the floor was theirs.
        return new(now.IsHeld ? QueueStatus.Taken : QueueStatus.NotNow, now);
    }
}
