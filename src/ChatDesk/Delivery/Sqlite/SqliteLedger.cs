using System.Collections.Concurrent;
using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// The embedded ledger: one file in WAL mode with synchronous=FULL, one writer thread, two reading connections (claims, all
/// else), held by one process at a time.
/// </summary>
internal sealed class SqliteLedger : ILedger
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly SqliteDatabase _writeConnection;
    private readonly SqliteDatabase _claimConnection;
    private readonly SqliteDatabase _readConnection;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly SqliteWriter _writer;
    private readonly SqliteWrites _writes;
    private readonly ISqlitePartner _partner;
    private readonly SqliteReads _claims;
    private readonly SqliteReads _reads;
    private readonly Lock _reading = new();
    private readonly ConversationQueue _queue = new();
    private readonly FileStream _ownership;
    private int _disposed;

    /// <summary>Outbox rows that this process tried and must try again.</summary>
    private readonly ConcurrentDictionary<long, bool> _deferredHere = new();

    private SqliteLedger(
        string path, TimeProvider time, FileStream ownership, SqliteDatabase write, SqliteDatabase claim, SqliteDatabase read, SqliteCheckpoints checkpoints, ISqlitePartner partner)
    {
        (_path, _partner) = (path, partner);
        _checkpoints = checkpoints;
        (_time, _ownership, _writeConnection, _claimConnection, _readConnection) = (time, ownership, write, claim, read);
        _writes = new SqliteWrites(write);
        _claims = new SqliteReads(claim, _deferredHere.ContainsKey, partner.HasOfficer);
        _reads = new SqliteReads(read, _deferredHere.ContainsKey, partner.HasOfficer);
        _partner.Join(write, _writes);
        _writer = new SqliteWriter(write, RolledBack, _partner.Committed);
        _queue.MarkReady(_reads.Waiting(time.GetUtcNow()));
    }

    public event Action<ConversationKey>? TranscriptGrew;

    /// <summary>There are no others: every turn is kept here.</summary>
    public void Watch(Func<IEnumerable<ConversationKey>> watched)
    {
    }

    /// <summary>Opens a ledger, creates it when missing, and brings its schema up to date.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="time">The desk's clock.</param>
    /// <param name="partner">A room that keeps tables in the same file; null for none.</param>
    /// <exception cref="LedgerException">The file cannot be used, or another desk holds it; nothing is held open.</exception>
    public static SqliteLedger Open(string path, TimeProvider time, ISqlitePartner? partner = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var held = new Stack<IDisposable>();
        try
        {
            var ownership = Own(path);
            held.Push(ownership);
            var write = new SqliteDatabase(path);
            held.Push(write);
            write.Execute("""
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;
                PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;
                """);
            SqliteMigrations.Run(write);
            var claim = OpenForReading(path);
            held.Push(claim);
            var read = OpenForReading(path);
            held.Push(read);
            var checkpoints = new SqliteCheckpoints(path);
            held.Push(checkpoints);
            return new SqliteLedger(path, time, ownership, write, claim, read, checkpoints, partner ?? new NoPartner());
        }
        catch
        {
            while (held.TryPop(out var one)) one.Dispose();
            throw;
        }
    }

    public bool IsShared => false;

    public async Task<int> AcceptAsync(IReadOnlyList<InboxEntry> entries, Patience patience = default)
    {
        if (entries.Count == 0) return 0;
        var written = new byte[entries.Count][];
        for (var i = 0; i < written.Length; i++) written[i] = ActivityJson.Write(entries[i].Activity);
        var (stored, _) = await _writer.WriteAsync(
            () =>
            {
                var touched = new List<long>(entries.Count);
                return (_writes.Accept(entries, written, touched), touched);
            },
            accepted => _queue.MarkReady(accepted.touched), patience);
        DeskMeters.Accepted(entries, stored);
        return stored;
    }

    public async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping)
    {
        var ids = await _queue.TakeAsync(max, stopping);
        try
        {
            return Read(ids);
        }
        catch
        {
            foreach (var id in ids) _queue.Release(id);
            throw;
        }
    }

    public Task<byte[]?> ReadSnapshotAsync(long conversationId) => ReadAsync(reads => reads.Snapshot(conversationId));

    public Task<CommittedTurn?> CommitTurnAsync(TurnCommit turn)
    {
        var replies = ActivityJson.Write(turn.Replies);
        return _writer.WriteAsync<CommittedTurn?>(
            () =>
        {
            var silenced = turn.Replies.Count > 0 && _partner.HasOfficerNow(turn.Conversation.Key) && OutboundActivity.AnyByBot(turn.Replies);
            if (_writes.CommitTurn(turn, replies, silenced, _time.GetUtcNow()) is not { } kept) return null;
            _partner.TurnKept(kept);
            return new CommittedTurn(kept.Turn, silenced ? null : kept.Outbox);
        },
            committed =>
            {
                if (committed is not null) TranscriptGrew?.Invoke(turn.Conversation.Key);
            });
    }

    /// <summary>One more connection for reading, to be used by one thread at a time and disposed before the ledger.</summary>
    public SqliteDatabase OpenReader() => OpenForReading(_path);

    /// <summary>A partner's own write, in the ledger's next transaction.</summary>
    /// <param name="write">Puts every conversation that now has something due into the list.</param>
    public async Task<T> JoinWriteAsync<T>(Func<List<long>, T> write)
    {
        var (result, _) = await _writer.WriteAsync(
            () =>
            {
                var touched = new List<long>();
                return (write(touched), touched);
            },
            written => _queue.MarkReady(written.touched));
        return result;
    }

    public Task RecordFaultAsync(InboxItem item, string reason) => _writer.WriteAsync(() => _writes.NoteFault(item, reason));

    public Task SettleAsync(OutboxItem item, SendResult result) => _writer.WriteAsync(() => Settle(item, result), Wake);

    public void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed)
    {
        var settled = _writer.WriteAsync(() => Settle(item, result), wake =>
        {
            Wake(wake);
            _queue.Release(conversationId);
        });
        _ = settled.ContinueWith(
            task =>
            {
                _queue.Release(conversationId);
                failed(task.Exception!.InnerException!);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public void Release(ClaimedConversation conversation, bool inOrder = true) => _queue.Release(conversation.Id);

    public async Task SweepAsync(DateTimeOffset now)
    {
        if (await ReadAsync(reads => reads.AnyTimerDue(now)))
        {
            await _writer.WriteAsync(() => _writes.FireTimers(now, []));
        }
        _queue.MarkReady(await ReadAsync(reads => reads.Waiting(now)));
    }

    public async Task<IReadOnlyList<LedgerLine>> ReadTranscriptAsync(ConversationKey conversation, long after, int take) =>
        await ReadAsync(reads => reads.Transcript.Lines(conversation, after, take));

    public Task<long> LastPlaceAsync(ConversationKey conversation) => ReadAsync(reads => reads.Transcript.LastPlace(conversation));

    public async Task<IReadOnlyList<FileOrder>> ClaimFilesAsync(string channel, int max, DateTimeOffset now) =>
        await ReadAsync(reads => reads.WantedFiles(channel, max, now));

    public Task SettleFileAsync(FileOrder order, FileOutcome outcome) => _writer.WriteAsync(() =>
    {
        var settled = _writes.SettleFile(order, outcome);
        _partner.FileSettled(order, _time.GetUtcNow());
        return settled;
    });

    public async Task<IReadOnlyList<FileOrder>> ListFilesToEraseAsync(int max) => await ReadAsync(reads => reads.FilesToErase(max));

    public Task ForgetFileAsync(FileOrder order) => _writer.WriteAsync(() => _writes.ForgetFile(order));

    public Task RememberAsync(string agency, string channel, string name, string value, DateTimeOffset now) =>
        _writer.WriteAsync(() => _writes.Remember(agency, channel, name, value, now));

    public Task<string?> RecallAsync(string agency, string channel, string name) => ReadAsync(reads => reads.Fact(agency, channel, name));

    public async Task<IReadOnlyList<LedgerEffect>> ReadEffectsAsync(long after, int max) => await ReadAsync(reads => reads.Effects(after, max));

    public Task<LedgerBacklog> BacklogAsync() => ReadAsync(reads => reads.Backlog());

    public async ValueTask DisposeAsync()
    {
        // The container knows it under two names and disposes it under both.
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _writer.DisposeAsync();
        _checkpoints.Dispose();
        _readConnection.Dispose();
        _claimConnection.Dispose();
        _writeConnection.Dispose();
        _queue.Dispose();
        await _ownership.DisposeAsync();
    }

    private void Wake(long? conversation)
    {
        if (conversation is { } id) _queue.MarkReady([id]);
    }

    /// <returns>A conversation that need not wait any more for what was being sent.</returns>
    private long? Settle(OutboxItem item, SendResult result)
    {
        long? wake = null;
        var now = _time.GetUtcNow();
        // An officer took the conversation while the bot's answer could not leave: it is not tried again.
        if (result.Status == SendStatus.Deferred && _partner.HasOfficerNow(item.Conversation) && OutboundActivity.AnyByBot(item.Activities))
        {
            result = result.TakenBack();
            wake = _writes.ConversationId(item.Conversation, now);
        }
        if (result.Status == SendStatus.Deferred) _deferredHere[item.RowId] = true;
        else _deferredHere.TryRemove(item.RowId, out _);
        _writes.Settle(item, result, now);
        _partner.Settled(item, result, now);
        return wake;
    }

    private void RolledBack()
    {
        _writes.ForgetKnown();
        _partner.RolledBack();
    }

    /// <summary>Reads what is due in the conversations taken, in one look at the file; those with nothing due go back at once.</summary>
    private List<ClaimedConversation> Read(List<long> ids)
    {
        var claimed = new List<ClaimedConversation>(ids.Count);
        var now = _time.GetUtcNow();
        _claimConnection.Execute("BEGIN");
        try
        {
            foreach (var id in ids)
            {
                if (_claims.Conversation(id, now) is { } conversation && conversation.Pending.Count + conversation.Unsettled.Count > 0) claimed.Add(conversation);
                else _queue.Release(id);
            }
        }
        finally
        {
            _claimConnection.Execute("COMMIT");
        }
        return claimed;
    }

    private static SqliteDatabase OpenForReading(string path)
    {
        var connection = new SqliteDatabase(path, readOnly: true);
        connection.Execute("PRAGMA cache_size = -16384; PRAGMA mmap_size = 1073741824");
        return connection;
    }

    /// <summary>Two desks on one file would not lose anything (the fence stops the second commit) but would answer in turns; so the second does not start.</summary>
    private static FileStream Own(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LedgerException($"another ChatDesk is running on {path}: stop it, or give this one another DataDirectory");
        }
    }

    private Task<T> ReadAsync<T>(Func<SqliteReads, T> read)
    {
        // Reads of SQLite are short and never wait for the writer; a lock keeps this connection to one of them at a time.
        lock (_reading) return Task.FromResult(read(_reads));
    }
}
