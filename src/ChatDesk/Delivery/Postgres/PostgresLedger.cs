using System.Data;
using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The ledger for several equal replicas: PostgreSQL keeps everything and hands out conversations under short leases.
/// A lease only saves work; what stops a replica that woke from a long freeze is the turn number.
/// </summary>
internal sealed class PostgresLedger : ILedger
{
    /// <summary>Transactions of one kind of write at once; while they are on their way the next batch gathers.</summary>
    private const int Lanes = 2;

    private readonly NpgsqlDataSource _connections;
    private readonly PostgresSource _source;
    private readonly PostgresLeases _leases;
    private readonly TimeProvider _time;
    private readonly PostgresAccepts _accepts;
    private readonly PostgresTurns _turns;
    private readonly PostgresEndings _endings;
    private readonly PostgresStatements _statements;
    private readonly PostgresHandout _handout;
    private readonly PostgresJoining _joining;
    private readonly PostgresSettling _settling;
    private readonly IPostgresPartner _partner;
    private readonly PostgresLane _lane;
    private readonly PostgresWatch _watch;
    private readonly PostgresConversations _conversations;
    private int _disposed;

    private PostgresLedger(NpgsqlDataSource connections, TimeProvider time, IPostgresPartner partner)
    {
        (_connections, _time, _partner) = (connections, time, partner);
        _lane = new PostgresLane(connections, partner);
        _lane.Join();
        _source = new PostgresSource(connections);
        _conversations = new PostgresConversations(_source, time);
        _accepts = new PostgresAccepts(connections, Lanes);
        _turns = new PostgresTurns(connections, Lanes);
        _endings = new PostgresEndings(connections, Lanes);
        _statements = new PostgresStatements(connections, Lanes);
        _leases = new PostgresLeases(_source);
        _handout = new PostgresHandout(_leases, new PostgresReads(connections, GiveUpHandleAsync), _endings, _lane, partner, time);
        _joining = new PostgresJoining(_lane, partner, Outbox, time);
        _settling = new PostgresSettling(_handout, _endings, _statements, _joining, partner, time);
        _watch = new PostgresWatch(_source, _lane, key => TranscriptGrew?.Invoke(key));
    }

    public event Action<ConversationKey>? TranscriptGrew;

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="time">The desk's clock.</param>
    /// <param name="partner">A room that keeps tables in the same database; null for none.</param>
    /// <exception cref="LedgerException">The database cannot be used.</exception>
    public static PostgresLedger Open(string connection, TimeProvider time, IPostgresPartner? partner = null)
    {
        var source = PostgresConnections.To(connection);
        try
        {
            PostgresMigrations.Run(source);
            return new PostgresLedger(source, time, partner ?? new NoPartner());
        }
        catch (Exception fault)
        {
            source.Dispose();
            if (fault is NpgsqlException or TimeoutException) throw PostgresSource.Named(fault);
            throw;
        }
    }

    public bool IsShared => true;

    public async Task<int> AcceptAsync(IReadOnlyList<InboxEntry> entries, Patience patience = default)
    {
        if (entries.Count == 0) return 0;
        if (entries.Any(e => e.Activity.Id is null)) throw new LedgerException("an event without an id cannot be kept");
        var conversations = await _conversations.OfAsync(entries, patience);
        var accept = new PostgresAccept([.. entries.Select((e, i) => new KnownEvent(conversations[i], e, ActivityJson.Write(e.Activity)))]) { Patience = patience };
        _accepts.Add(accept);
        var stored = await accept.Task;
        if (stored > 0) _handout.Wake();
        DeskMeters.Accepted(entries, stored);
        return stored;
    }

    public ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping) => _handout.ClaimAsync(max, stopping);

    public void Release(ClaimedConversation conversation, bool inOrder = true) => _handout.Release(conversation.Id, conversation.Claim, inOrder);

    public Task SettleAsync(OutboxItem item, SendResult result) => _settling.SettleAsync(item, result);

    public void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed) => _settling.SettleAndRelease(item, result, conversationId, failed);

    public Task<byte[]?> ReadSnapshotAsync(long conversationId) => _source.UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT snapshot FROM conversations WHERE id = $1", connection);
        PostgresCommands.Bind(command.Parameters, conversationId);
        return await command.ExecuteScalarAsync() as byte[];
    });

    public async Task<CommittedTurn?> CommitTurnAsync(TurnCommit turn)
    {
        var officers = turn.Parts.Count > 0 || turn.WithdrawnMessageId is not null || _partner.HasOpen(turn.Conversation.Key);
        // Without a row it is the fence or a handover that this process has not heard of: the other way tells which.
        var committed = officers ? null : await QuickTurnAsync(turn);
        committed ??= await _joining.KeepAsync(turn);
        if (committed is not null) TranscriptGrew?.Invoke(turn.Conversation.Key);
        return committed;
    }

    private async Task<CommittedTurn?> QuickTurnAsync(TurnCommit turn)
    {
        var write = new PostgresTurn(turn, _time.GetUtcNow());
        KeptRows? kept;
        if (turn.Effects.Count == 0)
        {
            _turns.Add(write);
            kept = await write.Task;
        }
        else
        {
            // Whoever takes the lock of effects takes it before any row, so that nobody waits for somebody who waits for him.
            kept = await _statements.WriteAsync(
                long.MinValue, () => [PostgresCommands.TakeTurnForEffects(), PostgresTurns.Command([write], quick: true), PostgresCommands.AddEffects(turn, write.At.ToUnixTimeMilliseconds())], KeptOf);
        }
        return kept is { } rows ? new CommittedTurn(turn.BasedOnTurn + 1, Outbox(write, rows)) : null;
    }

    private static KeptRows? KeptOf(NpgsqlDataReader? row) => row is null ? null : PostgresTurns.Kept(row);

    /// <summary>A partner's own write, in a transaction of its own.</summary>
    /// <param name="write">Puts every conversation that now has something due into the list.</param>
    /// <exception cref="LedgerException">Nothing was kept.</exception>
    public async Task<T> JoinWriteAsync<T>(Func<List<long>, T> write)
    {
        var result = await _lane.WriteAsync(session =>
        {
            var touched = new List<long>();
            var written = write(touched);
            if (touched.Count > 0) session.Run([PostgresCommands.MarkDue(touched, _time.GetUtcNow().ToUnixTimeMilliseconds())]);
            return written;
        });
        _handout.Wake();
        return result;
    }

    /// <summary>Several statements beside the ledger's own, in a transaction of theirs.</summary>
    /// <param name="isolation">ReadCommitted to write, RepeatableRead to read everything as of one moment.</param>
    /// <param name="work">What to do.</param>
    /// <param name="pause">As <see cref="PostgresSession.Within"/> takes it.</param>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public T Together<T>(IsolationLevel isolation, Func<PostgresSession, T> work, TimeSpan? pause = null)
    {
        var session = new PostgresSession();
        try
        {
            return session.Within(_connections, isolation, () => work(session), pause);
        }
        catch (Exception fault) when (PostgresSource.IsDatabases(fault))
        {
            throw PostgresSource.Named(fault);
        }
    }

    public Task RecordFaultAsync(InboxItem item, string reason) => _statements.WriteAsync(
        0, () => [PostgresCommands.Statement("UPDATE inbox SET attempts = attempts + 1, reason = $2 WHERE state = 0 AND id = $1", item.RowId, reason)]);

    /// <inheritdoc cref="Together"/>
    public Task<T> TogetherAsync<T>(IsolationLevel isolation, Func<PostgresSession, T> work, TimeSpan? pause = null) => Task.Run(() => Together(isolation, work, pause));

    public Task SweepAsync(DateTimeOffset now) => _source.UseAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var due = await PostgresTimers.TakeDueAsync(connection, now);
        if (due.Count > 0)
        {
            var events = due.OrderBy(d => d.Conversation).Select(d => new KnownEvent(d.Conversation, d.Entry, ActivityJson.Write(d.Entry.Activity))).ToList();
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { PostgresAccepts.Command(events) } };
            await batch.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        if (due.Count > 0) _handout.Wake();
        return true;
    });

    public Task<IReadOnlyList<LedgerLine>> ReadTranscriptAsync(ConversationKey conversation, long after, int take) =>
        _source.UseAsync(connection => PostgresTranscript.LinesAsync(connection, conversation, after, take));

    public Task<long> LastPlaceAsync(ConversationKey conversation) => _source.UseAsync(connection => PostgresTranscript.LastPlaceAsync(connection, conversation));

    public Task<IReadOnlyList<LedgerEffect>> ReadEffectsAsync(long after, int max) => _source.UseAsync(connection => PostgresEffects.ReadAsync(connection, after, max));

    public Task<IReadOnlyList<FileOrder>> ClaimFilesAsync(string channel, int max, DateTimeOffset now) =>
        _source.UseAsync(connection => PostgresFiles.ClaimAsync(connection, channel, max, now));

    public Task SettleFileAsync(FileOrder order, FileOutcome outcome) => !_partner.HasOpen(order.Conversation)
        ? _statements.WriteAsync(0, () => [PostgresFiles.Settle(order, outcome)])
        : _lane.WriteAsync(session =>
        {
            session.Run([PostgresFiles.Settle(order, outcome)]);
            _partner.FileSettled(order, _time.GetUtcNow());
            return true;
        });

    public Task<IReadOnlyList<FileOrder>> ListFilesToEraseAsync(int max) => _source.UseAsync(connection => PostgresFiles.ListToEraseAsync(connection, max));

    public Task ForgetFileAsync(FileOrder order) => _statements.WriteAsync(0, () => [PostgresCommands.Statement("UPDATE files SET state = 6, path = NULL WHERE id = $1", order.RowId)]);

    public Task RememberAsync(string agency, string channel, string name, string value, DateTimeOffset now) => _statements.WriteAsync(0, () => [PostgresCommands.Statement("""
        INSERT INTO channel_facts (agency, channel, name, value, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (agency, channel, name) DO UPDATE SET value = excluded.value, at = excluded.at
        """, agency, channel, name, PostgresCommands.Clean(value)!, now.ToUnixTimeMilliseconds())]);

    public Task<string?> RecallAsync(string agency, string channel, string name) => _source.UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT value FROM channel_facts WHERE agency = $1 AND channel = $2 AND name = $3", connection);
        PostgresCommands.Bind(command.Parameters, agency, channel, name);
        return await command.ExecuteScalarAsync() as string;
    });

    public void Watch(Func<IEnumerable<ConversationKey>> watched) => _watch.Watch(watched);

    public Task<LedgerBacklog> BacklogAsync() => _source.UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("""
            SELECT p.n, p.oldest, u.n, u.oldest, (SELECT count(*) FROM inbox WHERE state = 2)
            FROM (SELECT count(*) AS n, min(received_at) AS oldest FROM inbox WHERE state = 0) p,
                 (SELECT count(*) AS n, min(created_at) AS oldest FROM outbox WHERE state = 0) u
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new LedgerBacklog(reader.GetInt64(0), At(1), reader.GetInt64(2), At(3), reader.GetInt64(4));

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
    });

    public async ValueTask DisposeAsync()
    {
        // The container knows it under two names and disposes it under both.
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _watch.DisposeAsync();
        await _leases.DisposeAsync();
        await _conversations.DisposeAsync();
        await _accepts.DisposeAsync();
        await _turns.DisposeAsync();
        await _endings.DisposeAsync();
        await _statements.DisposeAsync();
        await _connections.DisposeAsync();
        _handout.Dispose();
    }

    private async ValueTask<bool> GiveUpHandleAsync(long conversation, long row, Guid claim)
    {
        try
        {
            return await _statements.WriteAsync(conversation, () => [PostgresCommands.GiveUpHandle(conversation, row, claim)], found => found is not null);
        }
        catch (LedgerException)
        {
            // Unknown is as good as no: the row comes back later.
            return false;
        }
    }

    /// <summary>What is about to leave; null when the turn says nothing.</summary>
    private OutboxItem? Outbox(PostgresTurn write, KeptRows rows) => rows.Said is not { } row ? null : new()
    {
        Claim = write.Turn.Conversation.Claim,
        GiveUpHandle = () => GiveUpHandleAsync(write.Turn.Conversation.Id, row, write.Turn.Conversation.Claim),
        RowId = row,
        Id = write.OutboxId,
        Conversation = write.Turn.Conversation.Key,
        Activities = write.Turn.Replies,
        ReplyHandle = write.Handle,
        ReplyHandleAt = write.HandleAt,
        Reply = ReplyTrace.Unused,
        CreatedAt = write.At,
    };
}
