using ChatDesk.Activities;
using Npgsql;
using NpgsqlTypes;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Looks a few times a second for what other replicas did: to the officers' queue, and in conversations that somebody here
/// waits for. Being told would be sooner by a tenth of a second, and would not make it sure.
/// </summary>
internal sealed class PostgresWatch : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly PostgresSource _source;
    private readonly PostgresLane _lane;
    private readonly Action<ConversationKey> _grew;
    private readonly Dictionary<ConversationKey, long> _turns = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;
    private volatile Func<IEnumerable<ConversationKey>> _watched = () => [];

    public PostgresWatch(PostgresSource source, PostgresLane lane, Action<ConversationKey> grew)
    {
        (_source, _lane, _grew) = (source, lane, grew);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Which conversations are waited for.</summary>
    public void Watch(Func<IEnumerable<ConversationKey>> watched) => _watched = watched;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watching;
        _closing.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token)) await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await _lane.CatchUpAsync();
            await LookForTurnsAsync([.. _watched()]);
        }
        catch (LedgerException)
        {
            // The database is away: whoever needs it hears so, and here the next look finds everything.
        }
    }

    private async Task LookForTurnsAsync(ConversationKey[] watched)
    {
        foreach (var gone in _turns.Keys.Except(watched).ToList()) _turns.Remove(gone);
        if (watched.Length == 0) return;
        var turns = await _source.UseAsync(connection => TurnsAsync(connection, watched));
        foreach (var (key, turn) in turns)
        {
            // Also when it was not watched before: what was kept between its last read and now would be nobody's.
            if (_turns.TryGetValue(key, out var known) && known == turn) continue;
            _turns[key] = turn;
            _grew(key);
        }
    }

    private static async Task<List<(ConversationKey Key, long Turn)>> TurnsAsync(NpgsqlConnection connection, ConversationKey[] watched)
    {
        await using var command = new NpgsqlCommand("""
            SELECT c.agency, c.channel, c.address, c.turn FROM unnest($1, $2, $3) AS w (agency, channel, address)
            JOIN conversations c ON c.agency = w.agency AND c.channel = w.channel AND c.address = w.address
            """, connection);
        foreach (var part in (Func<ConversationKey, string>[])[k => k.Agency, k => k.Channel, k => k.Address])
            command.Parameters.Add(new NpgsqlParameter { Value = watched.Select(part).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync();
        var turns = new List<(ConversationKey, long)>();
        while (await reader.ReadAsync()) turns.Add((new(reader.GetString(0), reader.GetString(1), reader.GetString(2)), reader.GetInt64(3)));
        return turns;
    }
}
