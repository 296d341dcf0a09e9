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

    /// <summary>How long a replica may be silent before another takes its conversations.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>How often leases are extended.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a replica looks for what others left; what it accepts itself it knows at once.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a file order is out of others' reach while it is being fetched.</summary>
    private static readonly TimeSpan FileLease = TimeSpan.FromMinutes(2);

    private const long PauseAfterFault = 500;

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly PostgresWriter _writer;
    private readonly PostgresReads _reads;
    private readonly Guid _holder = Guid.NewGuid();
    private readonly ConcurrentDictionary<ConversationKey, long> _known = new();
    private readonly ConcurrentDictionary<long, bool> _held = new();
    private readonly ConcurrentDictionary<long, bool> _deferredHere = new();
    private readonly SemaphoreSlim _due = new(0, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _beating;

    private PostgresLedger(NpgsqlDataSource source, TimeProvider time)
    {
        (_source, _time) = (source, time);
        _writer = new PostgresWriter(source, Lanes);
        _reads = new PostgresReads(source, _deferredHere.ContainsKey);
        _beating = Task.Run(BeatAsync);
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
            if (fault is NpgsqlException or TimeoutException) throw Named(fault);
            throw;
        }
    }

    /// <summary>The database's word, without any value of a row.</summary>
    public static LedgerException Named(Exception fault) => fault switch
    {
        PostgresException told => new LedgerException($"PostgreSQL {told.SqlState}: {told.MessageText}"),
        _ => new LedgerException($"PostgreSQL cannot be reached or broke off: {fault.GetType().Name}: {fault.Message}"),
    };

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
        return stored;
    }

    public async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var ids = await TakeAsync(max, now);
            if (ids.Length == 0)
            {
                await _due.WaitAsync(Look, stopping);
                continue;
            }
            return await ReadAsync(ids, now);
        }
    }

    public Task<byte[]?> ReadSnapshotAsync(long conversationId) => ReadAsync(async connection =>
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
        0, () => [Statement("UPDATE inbox SET attempts = attempts + 1, reason = $2 WHERE state = 0 AND id = $1", item.RowId, reason)]);

    public Task SettleAsync(OutboxItem item, SendResult result) => WriteAsync(0, () => [Settling(item, result)]);

    public void SettleAndRelease(OutboxItem item, SendResult result, long conversationId, Action<Exception> failed)
    {
        var settled = WriteAsync(conversationId, () => [Settling(item, result), .. Releasing(conversationId)], _ => _held.TryRemove(conversationId, out bool _));
        _ = settled.ContinueWith(
            task =>
            {
                _held.TryRemove(conversationId, out bool _);
                failed(task.Exception!.InnerException!);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public void Release(long conversationId)
    {
        if (!_held.TryRemove(conversationId, out bool _)) return;
        // Should this write fail, the lease runs out by itself.
        _ = WriteAsync(conversationId, () => Releasing(conversationId), _ => Wake()).ContinueWith(
            task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public Task SweepAsync(DateTimeOffset now) => ReadAsync(async connection =>
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
        ReadAsync(connection => PostgresTranscript.LinesAsync(connection, conversation, after, take));

    public Task<long> LastPlaceAsync(ConversationKey conversation) => ReadAsync(connection => PostgresTranscript.LastPlaceAsync(connection, conversation));

    public Task<IReadOnlyList<LedgerEffect>> ReadEffectsAsync(long after, int max) => ReadAsync<IReadOnlyList<LedgerEffect>>(async connection =>
    {
        await using var command = new NpgsqlCommand("""
            SELECT e.id, c.agency, c.channel, c.address, e.kind, e.data, e.created_at
            FROM effects e JOIN conversations c ON c.id = e.conversation_id WHERE e.id > $1 ORDER BY e.id LIMIT $2
            """, connection);
        PostgresCommands.Bind(command.Parameters, after, max);
        await using var reader = await command.ExecuteReaderAsync();
        var effects = new List<LedgerEffect>();
        while (await reader.ReadAsync())
        {
            effects.Add(new(
                reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6))));
        }
        return effects;
    });

    public Task<IReadOnlyList<FileOrder>> ClaimFilesAsync(string channel, int max, DateTimeOffset now) => ReadAsync<IReadOnlyList<FileOrder>>(async connection =>
    {
        await using var command = new NpgsqlCommand("""
            WITH taken AS (
                UPDATE files SET next_at = $3 WHERE id IN (
                    SELECT f.id FROM files f JOIN conversations c ON c.id = f.conversation_id
                    WHERE f.state = 0 AND f.next_at <= $1 AND c.channel = $2 ORDER BY f.next_at LIMIT $4 FOR UPDATE OF f SKIP LOCKED)
                RETURNING id, conversation_id, message_id, attempts, path)
            SELECT t.id, c.agency, c.channel, c.address, t.message_id, t.attempts, t.path FROM taken t JOIN conversations c ON c.id = t.conversation_id ORDER BY t.id
            """, connection);
        PostgresCommands.Bind(command.Parameters, now.ToUnixTimeMilliseconds(), channel, (now + FileLease).ToUnixTimeMilliseconds(), max);
        return await FilesAsync(command);
    });

    public Task SettleFileAsync(FileOrder order, FileOutcome outcome)
    {
        // Taken back while it was being fetched (state 6): what was just written must go too.
        return WriteAsync(0, () => [Statement("""
            UPDATE files SET state = CASE WHEN state = 0 THEN $2 WHEN $4::text IS NOT NULL THEN 5 ELSE state END,
                             next_at = coalesce($3, next_at), attempts = attempts + 1, path = coalesce($4, path), content_type = $5, size = $6, reason = $7
            WHERE id = $1 AND state IN (0, 6)
            """, order.RowId, (int)outcome.State, PostgresCommands.Or(outcome.RetryAt?.ToUnixTimeMilliseconds(), NpgsqlTypes.NpgsqlDbType.Bigint),
            PostgresCommands.Or(outcome.Path), PostgresCommands.Or(PostgresCommands.Clean(outcome.ContentType)),
            PostgresCommands.Or(outcome.Size, NpgsqlTypes.NpgsqlDbType.Bigint), PostgresCommands.Or(PostgresCommands.Clean(outcome.Reason)))]);
    }

    public Task<IReadOnlyList<FileOrder>> ListFilesToEraseAsync(int max) => ReadAsync<IReadOnlyList<FileOrder>>(async connection =>
    {
        await using var command = new NpgsqlCommand("""
            SELECT f.id, c.agency, c.channel, c.address, f.message_id, f.attempts, f.path
            FROM files f JOIN conversations c ON c.id = f.conversation_id WHERE f.state = 5 ORDER BY f.id LIMIT $1
            """, connection);
        PostgresCommands.Bind(command.Parameters, max);
        return await FilesAsync(command);
    });

    public Task ForgetFileAsync(FileOrder order) => WriteAsync(0, () => [Statement("UPDATE files SET state = 6, path = NULL WHERE id = $1", order.RowId)]);

    public Task RememberAsync(string agency, string channel, string name, string value, DateTimeOffset now) => WriteAsync(0, () => [Statement("""
        INSERT INTO channel_facts (agency, channel, name, value, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (agency, channel, name) DO UPDATE SET value = excluded.value, at = excluded.at
        """, agency, channel, name, PostgresCommands.Clean(value)!, now.ToUnixTimeMilliseconds())]);

    public Task<string?> RecallAsync(string agency, string channel, string name) => ReadAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT value FROM channel_facts WHERE agency = $1 AND channel = $2 AND name = $3", connection);
        PostgresCommands.Bind(command.Parameters, agency, channel, name);
        return await command.ExecuteScalarAsync() as string;
    });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _beating;
        await _writer.DisposeAsync();
        await _source.DisposeAsync();
        _due.Dispose();
        _closing.Dispose();
    }

    private async Task<long[]> TakeAsync(int max, DateTimeOffset now) => await ReadAsync(async connection =>
    {
        await using var command = PostgresCommands.Claim(max, now.ToUnixTimeMilliseconds(), _holder, Lease);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
        foreach (var id in ids) _held[id] = true;
        return ids.ToArray();
    });

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
            if (fault is NpgsqlException or TimeoutException or IOException) throw Named(fault);
            throw;
        }
        var claimed = all.Where(c => c.Pending.Count + c.Unsettled.Count > 0).ToList();
        foreach (var id in ids.Except(claimed.Select(c => c.Id))) Release(id);
        return claimed;
    }

    private async Task<long[]> ConversationsAsync(IReadOnlyList<InboxEntry> entries)
    {
        var unknown = entries.Select(e => e.Activity.Conversation).Where(key => !_known.ContainsKey(key)).Distinct()
            .OrderBy(k => k.Agency, StringComparer.Ordinal).ThenBy(k => k.Channel, StringComparer.Ordinal).ThenBy(k => k.Address, StringComparer.Ordinal).ToList();
        var ids = entries.Select(e => _known.TryGetValue(e.Activity.Conversation, out var id) ? id : 0).ToArray();
        if (unknown.Count == 0) return ids;
        if (_known.Count > KnownConversationsLimit) _known.Clear();
        var found = await ReadAsync(async connection =>
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

    private IEnumerable<NpgsqlBatchCommand> Releasing(long conversation) =>
        PostgresCommands.Release(conversation, _holder, _time.GetUtcNow().ToUnixTimeMilliseconds(), PauseAfterFault);

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

    private static NpgsqlBatchCommand Statement(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        PostgresCommands.Bind(command.Parameters, values);
        return command;
    }

    private static async Task<IReadOnlyList<FileOrder>> FilesAsync(NpgsqlCommand command)
    {
        var files = new List<FileOrder>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            files.Add(new(reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4), reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetString(6)));
        return files;
    }

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

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            return await read(connection);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            throw Named(fault);
        }
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

    /// <summary>Extends this replica's leases by the real clock for as long as it runs.</summary>
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (_held.IsEmpty) continue;
                try
                {
                    await ReadAsync(async connection =>
                    {
                        await using var command = PostgresCommands.Extend([.. _held.Keys], _holder, Lease);
                        command.Connection = connection;
                        return await command.ExecuteNonQueryAsync(_closing.Token);
                    });
                }
                catch (LedgerException)
                {
                    // The leases run out; whoever reaches the database first goes on, and the fence keeps the late one out.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }
}
