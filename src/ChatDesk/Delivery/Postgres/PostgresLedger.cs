using System.Collections.Concurrent;
using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The ledger for several equal replicas: PostgreSQL keeps everything and hands out conversations under short leases.
/// A lease only saves work; what stops a replica that woke from a long freeze is the turn number.
/// </summary>
internal sealed class PostgresLedger : ILedger
{
    private const int Lanes = 4;
    private const int KnownConversationsLimit = 200_000;

    /// <summary>How often a replica looks for what others left; what it accepts itself it knows at once.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _connections;
    private readonly PostgresSource _source;
    private readonly PostgresLeases _leases;
    private readonly TimeProvider _time;
    private readonly PostgresWriter _writer;
    private readonly PostgresReads _reads;
    private readonly ConcurrentDictionary<ConversationKey, long> _known = new();
    private readonly ConcurrentDictionary<long, bool> _deferredHere = new();
    private readonly SemaphoreSlim _due = new(0, 1);

    private PostgresLedger(NpgsqlDataSource connections, TimeProvider time)
    {
        (_connections, _time) = (connections, time);
        _source = new PostgresSource(connections);
        _writer = new PostgresWriter(connections, Lanes);
        _reads = new PostgresReads(connections, _deferredHere.ContainsKey);
        _leases = new PostgresLeases(_source);
    }

    public event Action<ConversationKey>? TranscriptGrew;

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="time">The desk's clock.</param>
    /// <exception cref="LedgerException">The database cannot be used.</exception>
    public static PostgresLedger Open(string connection, TimeProvider time)
    {
        var source = new NpgsqlSlimDataSourceBuilder(connection).EnableArrays().Build();
        try
        {
            PostgresMigrations.Run(source);
            return new PostgresLedger(source, time);
        }
        catch (Exception fault)
        {
            source.Dispose();
            if (fault is NpgsqlException or TimeoutException) throw PostgresSource.Named(fault);
            throw;
        }
    }

    public async Task<int> AcceptAsync(IReadOnlyList<InboxEntry> entries)
    {
        if (entries.Count == 0) return 0;
        if (entries.Any(e => e.Activity.Id is null)) throw new LedgerException("an event without an id cannot be kept");
        var written = new byte[entries.Count][];
        for (var i = 0; i < written.Length; i++) written[i] = ActivityJson.Write(entries[i].Activity);
        var conversations = await ConversationsAsync(entries);
        var stored = await WriteAsync(
            conversations.Min(), () => [PostgresCommands.Accept(entries, written, conversations)], row => (int)row!.GetInt64(0));
        if (stored > 0) Wake();
        DeskMeters.Accepted(entries, stored);
        return stored;
    }

    public async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var ids = await _leases.TakeAsync(max, now);
            if (ids.Length == 0)
            {
                await _due.WaitAsync(Look, stopping);
                continue;
            }
            return await ReadAsync(ids, now);
        }
    }

    public Task<byte[]?> ReadSnapshotAsync(long conversationId) => _source.UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT snapshot FROM conversations WHERE id = $1", connection);
        PostgresCommands.Bind(command.Parameters, conversationId);
        return await command.ExecuteScalarAsync() as byte[];
    });

    public Task<CommittedTurn?> CommitTurnAsync(TurnCommit turn)
    {
        var now = _time.GetUtcNow();
        var replies = ActivityJson.Write(turn.Replies);
        var item = turn.Item;
        var outboxId = $"{item.Activity?.Id ?? $"row{item.RowId}"}:0";
        return WriteAsync(
            // Whoever takes the lock of effects takes it before any row, so that nobody waits for somebody who waits for him.
            turn.Effects.Count > 0 ? long.MinValue : turn.Conversation.Id,
            () =>
            {
                IEnumerable<NpgsqlBatchCommand> commands = [PostgresCommands.CommitTurn(turn, replies, outboxId, now.ToUnixTimeMilliseconds())];
                if (turn.WithdrawnMessageId is { } message) commands = commands.Concat(PostgresCommands.Erase(turn.Conversation.Id, turn.BasedOnTurn + 1, message));
                return turn.Effects.Count > 0 ? commands.Append(PostgresCommands.AddEffects(turn, now.ToUnixTimeMilliseconds())) : commands;
            },
            row => row is null ? null : new CommittedTurn(turn.BasedOnTurn + 1, row.IsDBNull(1) ? null : Outbox(turn, row.GetInt64(1), outboxId, now)),
            committed =>
            {
                if (committed is not null) TranscriptGrew?.Invoke(turn.Conversation.Key);
            });
    }

    public Task RecordFaultAsync(InboxItem item, string reason) => WriteAsync(
        0, () => [PostgresCommands.Statement("UPDATE inbox SET attempts = attempts + 1, reason = $2 WHERE state = 0 AND id = $1", item.RowId, reason)]);

    public Task SettleAsync(OutboxItem item, SendResult result) => WriteAsync(0, () => [Settling(item, result)]);

    public void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed)
    {
        var settled = WriteAsync(conversationId, () => [Settling(item, result), .. _leases.Releasing(conversationId, _time.GetUtcNow())], _ => _leases.Forget(conversationId));
        _ = settled.ContinueWith(
            task =>
            {
                _leases.Forget(conversationId);
                failed(task.Exception!.InnerException!);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public void Release(long conversationId)
    {
        if (!_leases.Forget(conversationId)) return;
        // Should this write fail, the lease runs out by itself.
        _ = WriteAsync(conversationId, () => _leases.Releasing(conversationId, _time.GetUtcNow()), _ => Wake()).ContinueWith(
            task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public Task SweepAsync(DateTimeOffset now) => _source.UseAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var due = await PostgresTimers.TakeDueAsync(connection, now);
        if (due.Count > 0)
        {
            var entries = due.Select(d => d.Entry).ToList();
            await using var batch = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands = { PostgresCommands.Accept(entries, [.. entries.Select(e => ActivityJson.Write(e.Activity))], [.. due.Select(d => d.Conversation)]) },
            };
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

    public Task SettleFileAsync(FileOrder order, FileOutcome outcome) => WriteAsync(0, () => [PostgresFiles.Settle(order, outcome)]);

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
        await _leases.DisposeAsync();
        await _writer.DisposeAsync();
        await _connections.DisposeAsync();
        _due.Dispose();
    }

    /// <summary>Reads what is due; conversations with nothing due go back at once.</summary>
    private async Task<IReadOnlyList<ClaimedConversation>> ReadAsync(long[] ids, DateTimeOffset now)
    {
        List<ClaimedConversation> all;
        try
        {
            all = await _reads.ReadAsync(ids, now);
        }
        catch (Exception fault)
        {
            foreach (var id in ids) Release(id);
            if (fault is NpgsqlException or TimeoutException or IOException) throw PostgresSource.Named(fault);
            throw;
        }
        var claimed = all.Where(c => c.Pending.Count + c.Unsettled.Count > 0).ToList();
        foreach (var id in ids.Except(claimed.Select(c => c.Id))) Release(id);
        return claimed;
    }

    private async Task<long[]> ConversationsAsync(IReadOnlyList<InboxEntry> entries)
    {
        var ids = entries.Select(e => _known.TryGetValue(e.Activity.Conversation, out var id) ? id : 0).ToArray();
        // Everybody asks in one order, so that nobody waits for somebody who waits for him.
        var unknown = entries.Where((_, i) => ids[i] == 0).Select(e => e.Activity.Conversation).Distinct()
            .OrderBy(k => k.Agency, StringComparer.Ordinal).ThenBy(k => k.Channel, StringComparer.Ordinal).ThenBy(k => k.Address, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return ids;
        if (_known.Count > KnownConversationsLimit) _known.Clear();
        var found = await _source.UseAsync(async connection =>
        {
            await using var command = PostgresCommands.FindConversations(unknown, entries[0].ReceivedAt.ToUnixTimeMilliseconds());
            command.Connection = connection;
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new Dictionary<ConversationKey, long>();
            while (await reader.ReadAsync()) rows[new(reader.GetString(1), reader.GetString(2), reader.GetString(3))] = reader.GetInt64(0);
            return rows;
        });
        foreach (var (key, id) in found) _known[key] = id;
        for (var i = 0; i < ids.Length; i++)
        {
            var key = entries[i].Activity.Conversation;
            if (ids[i] == 0) ids[i] = found[key with { Address = PostgresCommands.Clean(key.Address)! }];
        }
        return ids;
    }

    private NpgsqlBatchCommand Settling(OutboxItem item, SendResult result)
    {
        if (result.Status == SendStatus.Deferred) _deferredHere[item.RowId] = true;
        else _deferredHere.TryRemove(item.RowId, out bool _);
        return PostgresCommands.Settle(item, result, _time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private static OutboxItem Outbox(TurnCommit turn, long row, string id, DateTimeOffset now) => new()
    {
        RowId = row,
        Id = id,
        Conversation = turn.Conversation.Key,
        Activities = turn.Replies,
        ReplyHandle = turn.Handle?.Token ?? turn.Item.Activity?.ReplyHandle,
        ReplyHandleAt = turn.Handle?.At ?? turn.Item.ReceivedAt,
        Reply = ReplyTrace.Unused,
        CreatedAt = now,
    };

    private Task<bool> WriteAsync(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Action<bool>? committed = null)
    {
        var write = new PostgresWrite<bool>(order, commands, null, committed);
        _writer.Add(write);
        return write.Task;
    }

    private Task<T> WriteAsync<T>(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Func<NpgsqlDataReader?, T> read, Action<T>? committed = null)
    {
        var write = new PostgresWrite<T>(order, commands, read, committed);
        _writer.Add(write);
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
