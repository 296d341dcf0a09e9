using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Hours;

namespace ChatDesk.Handover.Queue;

/// <summary>The queue's part in the ledger's transactions, and who waits for the end of one: a claim until its turn is kept.</summary>
/// <param name="feed">Hears of every event once it is durable.</param>
/// <param name="time">The desk's clock.</param>
/// <param name="hours">When an agency is open; null for an agency without hours, which then always is.</param>
internal abstract class Handovers(DeskFeed feed, TimeProvider time, Func<string, AgencyHours?> hours) : ILedgerPartner
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<HandoverRow>> _claims = new();
    private HandoverBooks? _books;
    private HandoverActs? _acts;

    public HandoverBooks Books => _books ?? throw new InvalidOperationException("the queue has not joined a ledger yet");

    /// <summary>Writer's thread only.</summary>
    public HandoverActs Acts => _acts ?? throw new InvalidOperationException("the queue has not joined a ledger yet");

    public RecentEvents Recent { get; } = new();

    public AgencyHours? Hours(string agency) => hours(agency);

    /// <summary>The moment a decision is written with.</summary>
    public DateTimeOffset Now => Books.Tick(time.GetUtcNow());

    public bool HasOpen(ConversationKey conversation) => _books?.Durable(conversation.Agency).In(conversation) is not null;

    public bool HasOfficer(ConversationKey conversation) => _books?.Durable(conversation.Agency).In(conversation) is { IsHeld: true };

    public bool HasOfficerNow(ConversationKey conversation) => Books.Now(conversation.Agency).In(conversation) is { IsHeld: true };

    public void TurnKept(KeptTurn turn) => Acts.TurnKept(turn, Now);

    public void Settled(OutboxItem item, SendResult result, DateTimeOffset now) => Acts.Settled(item, Now);

    public void FileSettled(FileOrder order, DateTimeOffset now) => Acts.FileSettled(order);

    public void RolledBack()
    {
        Acts.Ended();
        Books.RolledBack();
    }

    public void Committed()
    {
        Acts.Ended();
        Books.Committed();
    }

    /// <summary>Ends when it is decided who has the floor: some officer, for good, or nobody.</summary>
    public Task<HandoverRow> DecidedAsync(HandoverRow claimed)
    {
        var waiting = _claims.GetOrAdd(claimed.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        // It may have been decided between the claim and this call.
        if (Books.Durable(claimed.Conversation.Agency).Desk.Rows.GetValueOrDefault(claimed.Id) is not { } row) Decide(claimed with { State = HandoverState.Failed });
        else if (IsDecided(row)) Decide(row);
        return waiting.Task;
    }

    /// <summary>Reads what is open, inside a transaction of the ledger.</summary>
    protected void Join(QueueSql sql)
    {
        var books = new HandoverBooks(sql);
        books.Publishing += Recent.Add;
        books.Changed += Recent.Forget;
        books.Published += Publish;
        _acts = new HandoverActs(books, sql, new TranscriptReader(sql), hours);
        _books = books;
    }

    private void Publish(string agency, IReadOnlyList<DeskEvent> events)
    {
        foreach (var change in events)
        {
            if (change.Row is { } row && IsDecided(row)) Decide(row);
        }
        feed.Publish(agency, events[^1].Seq);
    }

    private static bool IsDecided(HandoverRow row) => !row.IsHeld || row.FloorSince is not null;

    private void Decide(HandoverRow row)
    {
        if (_claims.TryRemove(row.Id, out var waiting)) waiting.TrySetResult(row);
    }
}
