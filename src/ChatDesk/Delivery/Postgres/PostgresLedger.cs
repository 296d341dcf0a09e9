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

    /// <summary>How often a replica looks for what others left; what it accepts itself it knows at once.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _connections;
    private readonly PostgresSource _source;
    private readonly PostgresLeases _leases;
    private readonly TimeProvider _time;
    private readonly PostgresAccepts _accepts;
    private readonly PostgresTurns _turns;
    private readonly PostgresEndings _endings;
    private readonly PostgresStatements _statements;
    private readonly PostgresReads _reads;
    private readonly IPostgresPartner _partner;
    private readonly PostgresLane _lane;
    private readonly PostgresWatch _watch;
    private readonly PostgresConversations _conversations;
    private readonly SemaphoreSlim _due = new(0, 1);
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
        _reads = new PostgresReads(connections, GiveUpHandleAsync);
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
        if (stored > 0) Wake();
        DeskMeters.Accepted(entries, stored);
        return stored;
    }

    public async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var taken = await _leases.TakeAsync(max, now);
            if (taken.Count == 0)
            {
                await _due.WaitAsync(Look, stopping);
                continue;
            }
            return await ReadAsync(taken, now);
        }
    }

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
        committed ??= await JoinedTurnAsync(turn);
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
            kept = await WriteAsync(
                long.MinValue, () => [PostgresTurns.Command([write], quick: true, silenced: false), PostgresCommands.AddEffects(turn, write.At.ToUnixTimeMilliseconds())], KeptOf);
        }
        return kept is { } rows ? new CommittedTurn(turn.BasedOnTurn + 1, Outbox(write, rows)) : null;
    }

    /// <summary>A turn that officers have a part in, kept together with what the partner makes of it.</summary>
    private Task<CommittedTurn?> JoinedTurnAsync(TurnCommit turn) => _lane.WriteAsync<CommittedTurn?>(session =>
    {
        var write = new PostgresTurn(turn, _time.GetUtcNow());
        if (turn.Effects.Count > 0) session.Run([PostgresCommands.TakeTurnForEffects()]);
        // Asked in any case: the agency is held before the conversation, by everybody in this order.
        var silenced = _partner.HasOfficerNow(turn.Conversation.Key) && OutboundActivity.AnyByBot(turn.Replies);
        if (session.Run([PostgresTurns.Command([write], quick: false, silenced)], KeptOf) is not { } rows) return null;
        var kept = new KeptTurn(turn, turn.BasedOnTurn + 1, rows.Heard, Outbox(write, rows), silenced, write.At);
        if (turn.WithdrawnMessageId is { } message) session.Run(PostgresCommands.Erase(turn.Conversation.Id, kept.Turn, message, turn.Item.RowId));
        if (turn.Effects.Count > 0) session.Run([PostgresCommands.AddEffects(turn, write.At.ToUnixTimeMilliseconds())]);
        _partner.TurnKept(kept);
        return new CommittedTurn(kept.Turn, silenced ? null : kept.Outbox);
    });

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
        Wake();
        return result;
    }

    /// <summary>Several statements beside the ledger's own, in a transaction of theirs.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public T Together<T>(IsolationLevel isolation, Func<PostgresSession, T> work)
    {
        var session = new PostgresSession();
        try
        {
            return session.Within(_connections, isolation, () => work(session));
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            throw PostgresSource.Named(fault);
        }
    }

    public Task RecordFaultAsync(InboxItem item, string reason) => WriteAsync(
        0, () => [PostgresCommands.Statement("UPDATE inbox SET attempts = attempts + 1, reason = $2 WHERE state = 0 AND id = $1", item.RowId, reason)]);

    /// <inheritdoc cref="Together"/>
    public Task<T> TogetherAsync<T>(IsolationLevel isolation, Func<PostgresSession, T> work) => Task.Run(() => Together(isolation, work));

    public async Task SettleAsync(OutboxItem item, SendResult result)
    {
        if (_partner.HasOpen(item.Conversation)) await JoinedSettlingAsync(item, result);
        else await AfterSettlingAsync(item, result, await WriteAsync(0, () => [Settling(item, result, quick: true)], DeskOf));
    }

    public void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed)
    {
        var settled = SettleAndReleaseAsync(item, result, conversationId);
        _ = settled.ContinueWith(
            task =>
            {
                _leases.Forget(conversationId, item.Claim);
                failed(task.Exception!.InnerException!);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task SettleAndReleaseAsync(OutboxItem item, SendResult result, long conversationId)
    {
        if (result.Status == SendStatus.Deferred || _partner.HasOpen(item.Conversation))
        {
            await SettleAsync(item, result);
            Release(conversationId, item.Claim, inOrder: true);
            return;
        }
        var ending = new PostgresEnding(conversationId, item.Claim, _time.GetUtcNow()) { Settling = (item, result) };
        _endings.Add(ending);
        var desk = await ending.Task;
        _leases.Forget(conversationId, item.Claim);
        await AfterSettlingAsync(item, result, desk);
    }

    /// <summary>An officer has come in meanwhile, of whom this process has not heard: the partner sees to it.</summary>
    private async Task AfterSettlingAsync(OutboxItem item, SendResult result, int? desk)
    {
        if (desk != 0) await JoinedSettlingAsync(item, result, isWritten: desk is not null);
    }

    private async Task JoinedSettlingAsync(OutboxItem item, SendResult result, bool isWritten = false)
    {
        await _lane.WriteAsync(session =>
        {
            var now = _time.GetUtcNow();
            var ended = result;
            // An officer took the conversation while the bot's answer could not leave: it is not tried again.
            if (_partner.HasOfficerNow(item.Conversation) && result.Status == SendStatus.Deferred && OutboundActivity.AnyByBot(item.Activities)) ended = result.TakenBack();
            // No row: another replica has settled it, or holds it now. Its word stands.
            if ((!isWritten || ended != result) && !session.Run([Settling(item, ended, quick: false)], row => row is not null)) return true;
            if (ended != result) session.Run([PostgresCommands.MarkDueAt(item.Conversation, now.ToUnixTimeMilliseconds())]);
            _partner.Settled(item, ended, now);
            return true;
        });
        Wake();
    }

    public void Release(ClaimedConversation conversation, bool inOrder = true) => Release(conversation.Id, conversation.Claim, inOrder);

    private void Release(long conversationId, Guid claim, bool inOrder)
    {
        if (!_leases.Forget(conversationId, claim)) return;
        var ending = new PostgresEnding(conversationId, claim, _time.GetUtcNow()) { InOrder = inOrder };
        _endings.Add(ending);
        // Should this write fail, the lease runs out by itself.
        _ = ending.Task.ContinueWith(task =>
        {
            if (task.Exception is null) Wake();
        }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

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
        if (due.Count > 0) Wake();
        return true;
    });

    public Task<IReadOnlyList<LedgerLine>> ReadTranscriptAsync(ConversationKey conversation, long after, int take) =>
        _source.UseAsync(connection => PostgresTranscript.LinesAsync(connection, conversation, after, take));

    public Task<long> LastPlaceAsync(ConversationKey conversation) => _source.UseAsync(connection => PostgresTranscript.LastPlaceAsync(connection, conversation));

    public Task<IReadOnlyList<LedgerEffect>> ReadEffectsAsync(long after, int max) => _source.UseAsync(connection => PostgresEffects.ReadAsync(connection, after, max));

    public Task<IReadOnlyList<FileOrder>> ClaimFilesAsync(string channel, int max, DateTimeOffset now) =>
        _source.UseAsync(connection => PostgresFiles.ClaimAsync(connection, channel, max, now));

    public Task SettleFileAsync(FileOrder order, FileOutcome outcome) => !_partner.HasOpen(order.Conversation)
        ? WriteAsync(0, () => [PostgresFiles.Settle(order, outcome)])
        : _lane.WriteAsync(session =>
        {
            session.Run([PostgresFiles.Settle(order, outcome)]);
            _partner.FileSettled(order, _time.GetUtcNow());
            return true;
        });

    public Task<IReadOnlyList<FileOrder>> ListFilesToEraseAsync(int max) => _source.UseAsync(connection => PostgresFiles.ListToEraseAsync(connection, max));

    public Task ForgetFileAsync(FileOrder order) => WriteAsync(0, () => [PostgresCommands.Statement("UPDATE files SET state = 6, path = NULL WHERE id = $1", order.RowId)]);

    public Task RememberAsync(string agency, string channel, string name, string value, DateTimeOffset now) => WriteAsync(0, () => [PostgresCommands.Statement("""
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
        _lane.Dispose();
        _due.Dispose();
    }

    /// <summary>Reads what is due; conversations with nothing due go back at once.</summary>
    private async Task<IReadOnlyList<ClaimedConversation>> ReadAsync(List<TakenConversation> taken, DateTimeOffset now)
    {
        DueConversations all;
        try
        {
            all = await _reads.ReadAsync(taken, now);
            // Whoever works in a conversation knows at least who had its floor when it was claimed.
            if (all.Desks.Any(d => d.Seq > _partner.Heard(d.Agency))) await _lane.CatchUpAsync();
        }
        catch (Exception fault)
        {
            // Nothing was done with them; but what their last holders may have left half done stays to be reckoned with.
            foreach (var one in taken) Release(one.Id, one.Claim, one.LeftInOrder);
            if (fault is NpgsqlException or TimeoutException or IOException) throw PostgresSource.Named(fault);
            throw;
        }
        var claimed = all.Conversations.Where(c => c.Pending.Count + c.Unsettled.Count > 0).ToList();
        foreach (var one in taken.ExceptBy(claimed.Select(c => c.Id), t => t.Id)) Release(one.Id, one.Claim, one.LeftInOrder);
        return claimed;
    }

    private async ValueTask<bool> GiveUpHandleAsync(long conversation, long row, Guid claim)
    {
        try
        {
            return await WriteAsync(conversation, () => [PostgresCommands.GiveUpHandle(conversation, row, claim)], found => found is not null);
        }
        catch (LedgerException)
        {
            // Unknown is as good as no: the row comes back later.
            return false;
        }
    }

    private static int? DeskOf(NpgsqlDataReader? row) => row?.GetInt32(1);

    private NpgsqlBatchCommand Settling(OutboxItem item, SendResult result, bool quick) =>
        PostgresEndings.Settle([(item, result, _time.GetUtcNow())], unlessHeld: quick && result.Status == SendStatus.Deferred);

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

    private Task<bool> WriteAsync(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands)
    {
        var write = new PostgresStatementWrite<bool>(order, commands, null);
        _statements.Add(write);
        return write.Task;
    }

    private Task<T> WriteAsync<T>(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Func<NpgsqlDataReader?, T> read)
    {
        var write = new PostgresStatementWrite<T>(order, commands, read);
        _statements.Add(write);
        return write.Task;
    }

    private void Wake()
    {
        if (_due.CurrentCount > 0) return;
        try
        {
            _due.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke the taker between the look and the release: that is enough.
        }
    }
}
