using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Hours;

namespace ChatDesk.Handover.Sqlite;

/// <summary>The queue's part in the ledger's transactions, and who waits for the end of one: a claim until its turn is kept.</summary>
/// <param name="feed">Hears of every event once it is durable.</param>
/// <param name="time">The desk's clock.</param>
/// <param name="hours">When an agency is open; null for an agency without hours, which then always is.</param>
internal sealed class SqliteHandovers(DeskFeed feed, TimeProvider time, Func<string, AgencyHours?> hours) : ISqlitePartner
{
    private readonly ConcurrentDictionary<(long Handover, string Officer), TaskCompletionSource<HandoverRow>> _claims = new();
    private readonly List<HandoverRow> _floors = [];
    private HandoverBooks? _books;
    private HandoverActs? _acts;

    public HandoverBooks Books => _books ?? throw new InvalidOperationException("the queue has not joined a ledger yet");

    /// <summary>Writer's thread only.</summary>
    public HandoverActs Acts => _acts ?? throw new InvalidOperationException("the queue has not joined a ledger yet");

    public RecentEvents Recent { get; } = new();

    public AgencyHours? Hours(string agency) => hours(agency);

    /// <summary>The moment a decision is written with.</summary>
    public DateTimeOffset Now => Books.Tick(time.GetUtcNow());

    public void Join(SqliteDatabase write, SqliteWrites ledger)
    {
        _books = new HandoverBooks(write);
        _acts = new HandoverActs(_books, write, ledger, new TranscriptReader(write), hours);
        _books.Published += Publish;
    }

    public bool HasOfficer(ConversationKey conversation) => _books?.Durable(conversation.Agency).In(conversation) is { IsHeld: true };

    public bool HasOfficerNow(ConversationKey conversation) => Books.Now(conversation.Agency).In(conversation) is { IsHeld: true };

    public void TurnKept(KeptTurn turn)
    {
        var row = Acts.TurnKept(turn, Now);
        if (row is { FloorSince: not null } && turn.Commit.Item.Activity?.Kind == InboundKind.OfficerClaimed) _floors.Add(row);
    }

    public void Settled(OutboxItem item, SendResult result, DateTimeOffset now) => Acts.Settled(item, Now);

    public void FileSettled(FileOrder order, DateTimeOffset now) => Acts.FileSettled(order);

    public void RolledBack()
    {
        _floors.Clear();
        Books.RolledBack();
    }

    public void Committed()
    {
        Books.Committed();
        if (_floors.Count == 0) return;
        foreach (var row in _floors)
        {
            if (row.OfficerId is { } officer && _claims.TryRemove((row.Id, officer), out var waiting)) waiting.TrySetResult(row);
        }
        _floors.Clear();
    }

    /// <summary>Ends when this officer's floor is kept. Ask before the claim is written.</summary>
    public Task<HandoverRow> FloorAsync(long handover, string officer) =>
        _claims.GetOrAdd((handover, officer), _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void Publish(string agency, IReadOnlyList<DeskEvent> events)
    {
        Recent.Add(agency, events);
        feed.Publish(agency, events[^1].Seq);
    }
}
