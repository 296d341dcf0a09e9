using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The rows of conversations, by key. A replica that has just started knows none of them, and then everybody writes at once: whatever
/// waits is asked for in one statement, so that a start costs a handful of connections and not one for each person.
/// </summary>
internal sealed class PostgresConversations : IAsyncDisposable
{
    private const int KnownLimit = 200_000;
    private const int BatchLimit = 256;

    private readonly PostgresSource _source;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<ConversationKey, long> _known = new();
    private readonly Channel<Asked> _waiting = Channel.CreateUnbounded<Asked>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _asking;

    public PostgresConversations(PostgresSource source, TimeProvider time)
    {
        (_source, _time) = (source, time);
        _asking = Task.Run(WorkAsync);
    }

    /// <summary>The conversation of each event; conversations nobody has heard of are made.</summary>
    /// <param name="entries">Events of one delivery.</param>
    /// <param name="patience">What has not been asked by then is not asked any more.</param>
    /// <exception cref="LedgerException">The database refused, is away, or was not asked in time.</exception>
    public async ValueTask<long[]> OfAsync(IReadOnlyList<InboxEntry> entries, Patience patience)
    {
        var ids = new long[entries.Count];
        var unknown = false;
        for (var i = 0; i < ids.Length; i++) unknown |= !_known.TryGetValue(entries[i].Activity.Conversation, out ids[i]);
        if (!unknown) return ids;
        var asked = new Asked([.. entries.Where((_, i) => ids[i] == 0).Select(e => e.Activity.Conversation)], patience);
        if (!_waiting.Writer.TryWrite(asked)) throw new LedgerException("the ledger is closed");
        var found = await asked.Task;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] == 0) ids[i] = found[Clean(entries[i].Activity.Conversation)];
        }
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _asking;
    }

    private static ConversationKey Clean(ConversationKey key) => key with { Address = PostgresCommands.Clean(key.Address)! };

    private async Task WorkAsync()
    {
        var batch = new List<Asked>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var keys = 0;
            while (keys < BatchLimit && _waiting.Reader.TryRead(out var asked))
            {
                if (asked.Patience.IsOver) asked.SetException(Patience.Lost());
                else batch.Add(asked);
                keys += asked.Keys.Count;
            }
            if (batch.Count > 0) await AnswerAsync(batch);
            batch.Clear();
        }
    }

    private async Task AnswerAsync(List<Asked> batch)
    {
        try
        {
            var found = await FindAsync(batch.SelectMany(a => a.Keys));
            foreach (var asked in batch) asked.SetResult(found);
        }
        catch (Exception fault)
        {
            // Whatever it was: those who wait hear of it, and the next ones are asked for.
            foreach (var asked in batch) asked.SetException(fault);
        }
    }

    private async Task<Dictionary<ConversationKey, long>> FindAsync(IEnumerable<ConversationKey> keys)
    {
        // Everybody asks in one order, so that no replica waits for one that waits for it.
        var ordered = keys.Select(Clean).Distinct()
            .OrderBy(k => k.Agency, StringComparer.Ordinal).ThenBy(k => k.Channel, StringComparer.Ordinal).ThenBy(k => k.Address, StringComparer.Ordinal).ToList();
        var found = await _source.UseAsync(async connection =>
        {
            var rows = new Dictionary<ConversationKey, long>(ordered.Count);
            await ReadAsync(PostgresCommands.FindConversations(ordered), connection, rows);
            var missing = ordered.Where(key => !rows.ContainsKey(key)).ToList();
            if (missing.Count > 0) await ReadAsync(PostgresCommands.AddConversations(missing, _time.GetUtcNow().ToUnixTimeMilliseconds()), connection, rows);
            return rows;
        });
        if (_known.Count > KnownLimit) _known.Clear();
        foreach (var (key, id) in found) _known[key] = id;
        return found;
    }

    private static async Task ReadAsync(NpgsqlCommand command, NpgsqlConnection connection, Dictionary<ConversationKey, long> rows)
    {
        await using (command)
        {
            command.Connection = connection;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows[new(reader.GetString(1), reader.GetString(2), reader.GetString(3))] = reader.GetInt64(0);
        }
    }

    private sealed class Asked(IReadOnlyList<ConversationKey> keys, Patience patience)
        : TaskCompletionSource<Dictionary<ConversationKey, long>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public IReadOnlyList<ConversationKey> Keys => keys;

        public Patience Patience => patience;
    }
}
