using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// The truth of the desk: what came in, what was decided, what must still go out. Two members: SQLite (embedded) and
/// PostgreSQL (several replicas). Every method that writes returns after the write is durable.
/// </summary>
internal interface ILedger : IAsyncDisposable
{
    /// <summary>True where several replicas work on it at the same time.</summary>
    bool IsShared { get; }

    /// <summary>Stores events of one delivery, all or none; events already stored are left as they are.</summary>
    /// <returns>How many were new.</returns>
    /// <param name="entries">The events.</param>
    /// <param name="patience">How long the caller waits; what is not begun by then is not stored.</param>
    /// <exception cref="LedgerException">Nothing was stored: the provider must deliver again.</exception>
    Task<int> AcceptAsync(IReadOnlyList<InboxEntry> entries, Patience patience = default);

    /// <summary>Waits until conversations have something due, and claims up to <paramref name="max"/> of them.</summary>
    ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping);

    /// <summary>The session state kept with the last committed turn; null for a conversation without turns.</summary>
    Task<byte[]?> ReadSnapshotAsync(long conversationId);

    /// <summary>Keeps a whole turn.</summary>
    /// <returns>Null when the fence stopped it: somebody else committed a turn meanwhile, nothing was kept.</returns>
    Task<CommittedTurn?> CommitTurnAsync(TurnCommit turn);

    /// <summary>Notes that a turn failed on this event; it stays pending and comes back with the next sweep.</summary>
    Task RecordFaultAsync(InboxItem item, string reason);

    /// <summary>Notes how a try at sending ended.</summary>
    Task SettleAsync(OutboxItem item, SendResult result);

    /// <summary>
    /// The same for the last thing a worker does in a conversation: given back as soon as the write is durable, without
    /// anybody waiting for it (one hop less in the life of most turns).
    /// </summary>
    /// <param name="item">What was sent.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="conversationId">The conversation to give back.</param>
    /// <param name="failed">Called when the write failed; the conversation is given back all the same.</param>
    void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed);

    /// <summary>Gives a claimed conversation back; what became due meanwhile is handed out again at once.</summary>
    /// <param name="conversation">As it was claimed.</param>
    /// <param name="inOrder">False when the worker broke off: something may have been sent whose end is not written down. Whoever comes next must reckon with it.</param>
    void Release(ClaimedConversation conversation, bool inOrder = true);

    /// <summary>Turns due timers into events and wakes every conversation that has something due.</summary>
    Task SweepAsync(DateTimeOffset now);

    /// <summary>
    /// What was said in a conversation after a place in it, in the order it was committed; that order never changes, so the
    /// last line's <see cref="LedgerLine.Place"/> is where to go on. Empty also for a conversation nobody knows.
    /// </summary>
    /// <param name="conversation">Which one.</param>
    /// <param name="after">A place; 0 is before the first line.</param>
    /// <param name="take">How many lines at most.</param>
    Task<IReadOnlyList<LedgerLine>> ReadTranscriptAsync(ConversationKey conversation, long after, int take);

    /// <summary>The place of the last line so far; 0 when nothing was said yet.</summary>
    Task<long> LastPlaceAsync(ConversationKey conversation);

    /// <summary>
    /// Raised when a turn of this conversation has become durable. Nothing depends on its being heard: whoever listens reads the
    /// transcript. Handlers run on the ledger's own thread, so they must be quick and never throw.
    /// </summary>
    event Action<ConversationKey>? TranscriptGrew;

    /// <summary>Names the conversations that somebody waits for, so that turns kept by other replicas are noticed in them too.</summary>
    /// <param name="watched">Called again and again, from any thread.</param>
    void Watch(Func<IEnumerable<ConversationKey>> watched);

    /// <summary>Files that are due to be fetched, oldest first.</summary>
    Task<IReadOnlyList<FileOrder>> ClaimFilesAsync(string channel, int max, DateTimeOffset now);

    Task SettleFileAsync(FileOrder order, FileOutcome outcome);

    /// <summary>Paths of stored files whose message was taken back; each is listed until <see cref="ForgetFileAsync"/>.</summary>
    Task<IReadOnlyList<FileOrder>> ListFilesToEraseAsync(int max);

    Task ForgetFileAsync(FileOrder order);

    /// <summary>Keeps a fact about a channel, replacing the last one of that name.</summary>
    Task RememberAsync(string agency, string channel, string name, string value, DateTimeOffset now);

    /// <summary>The last value kept under that name, or null.</summary>
    Task<string?> RecallAsync(string agency, string channel, string name);

    /// <summary>What has not been done yet, counted; for those who watch the desk.</summary>
    Task<LedgerBacklog> BacklogAsync();

    /// <summary>What turns asked other rooms to do, after the one given, oldest first.</summary>
    Task<IReadOnlyList<LedgerEffect>> ReadEffectsAsync(long after, int max);
}

/// <summary>A file to fetch from its provider, or to erase.</summary>
internal sealed record FileOrder(long RowId, ConversationKey Conversation, string MessageId, int Attempts, string? Path);

/// <summary>Where a contact's file stands. Stored as a number: never renumber.</summary>
internal enum FileState
{
    Wanted = 0,
    Stored = 1,
    Gone = 2,
    TooLarge = 3,
    Failed = 4,

    /// <summary>Its message was taken back; the bytes are still to be deleted.</summary>
    ToErase = 5,
    Erased = 6,
}

/// <summary>How one try at fetching a file ended.</summary>
internal sealed record FileOutcome(
    FileState State, string? Path = null, string? ContentType = null, long? Size = null, string? Reason = null, DateTimeOffset? RetryAt = null);

/// <summary>What stands in the ledger unfinished.</summary>
/// <param name="Pending">Events without a turn.</param>
/// <param name="OldestPending">When the oldest of them came; null when there is none.</param>
/// <param name="Unsettled">Answers that have not arrived yet and may still be tried.</param>
/// <param name="OldestUnsettled">When the oldest of them was made; null when there is none.</param>
/// <param name="Quarantined">Events set aside.</param>
internal sealed record LedgerBacklog(long Pending, DateTimeOffset? OldestPending, long Unsettled, DateTimeOffset? OldestUnsettled, long Quarantined);

/// <summary>Something a committed turn asked another room to do, in the order of commits.</summary>
/// <param name="Id">Its place in that order.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Kind">What; see <see cref="RecordedEffect"/>.</param>
/// <param name="Data">JSON, as the turn wrote it.</param>
/// <param name="At">When the turn was committed.</param>
internal sealed record LedgerEffect(long Id, ConversationKey Conversation, string Kind, string? Data, DateTimeOffset At);
