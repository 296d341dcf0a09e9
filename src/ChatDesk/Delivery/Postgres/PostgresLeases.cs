using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The conversations this replica holds: taken under a short lease that a heartbeat extends, and given back. Leases are counted
/// by the database's clock; they only save work, correctness rests on the turn number.
/// </summary>
internal sealed class PostgresLeases : IAsyncDisposable
{
    /// <summary>How long a replica may be silent before another takes its conversations.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>How often leases are extended.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a replica looks whose lease has run out.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Milliseconds until what a failed turn left is tried again.</summary>
    public const long PauseAfterFault = 500;

    private readonly PostgresSource _source;
    private readonly ConcurrentDictionary<long, Guid> _held = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _freedAt = long.MinValue;

    public PostgresLeases(PostgresSource source)
    {
        _source = source;
        // On a thread of its own: where all others wait for the database or for a processor, the heart must not stand in line behind them and so be taken for dead.
        new Thread(Beat) { IsBackground = true, Name = "leases", Priority = ThreadPriority.AboveNormal }.Start();
    }

    /// <summary>
    /// Takes conversations that are due and that nobody holds, each time under a new mark: this process can lose a conversation to itself,
    /// when its heart was late, and then one of its own workers is the late one.
    /// </summary>
    public async Task<List<TakenConversation>> TakeAsync(int max, DateTimeOffset now)
    {
        var claim = Guid.NewGuid();
        var taken = await _source.UseAsync(async connection =>
        {
            await using var commands = new NpgsqlBatch(connection);
            if (IsTimeToFree()) commands.BatchCommands.Add(PostgresCommands.Free());
            commands.BatchCommands.Add(PostgresCommands.Claim(max, now.ToUnixTimeMilliseconds(), claim, Lease));
            await using var reader = await commands.ExecuteReaderAsync();
            var rows = new List<TakenConversation>();
            while (await reader.ReadAsync()) rows.Add(new(reader.GetInt64(0), claim, reader.GetBoolean(1)));
            return rows;
        });
        // Not a moment sooner: should the line break behind the last row, nobody hears of these, and their leases must be left to run out.
        foreach (var one in taken) _held[one.Id] = claim;
        return taken;
    }

    private bool IsTimeToFree()
    {
        var now = Stopwatch.GetTimestamp();
        if (_freedAt != long.MinValue && Stopwatch.GetElapsedTime(_freedAt, now) < Look) return false;
        _freedAt = now;
        return true;
    }

    /// <summary>No heartbeat for it any more.</summary>
    /// <returns>False when it was not held under this claim.</returns>
    public bool Forget(long conversation, Guid claim) => _held.TryRemove(new KeyValuePair<long, Guid>(conversation, claim));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _stopped.Task;
        _closing.Dispose();
    }

    /// <summary>Extends the leases by the real clock for as long as this replica runs.</summary>
    private void Beat()
    {
        while (!_closing.Token.WaitHandle.WaitOne(Heartbeat))
        {
            if (!_held.IsEmpty) Extend();
        }
        _stopped.SetResult();
    }

    private void Extend()
    {
        try
        {
            _source.Use(connection =>
            {
                using var command = PostgresCommands.Extend([.. _held], Lease);
                command.Connection = connection;
                return command.ExecuteNonQuery();
            });
        }
        catch (Exception)
        {
            // Whatever it was, the next beat tries again: nothing may end this thread, and with it the process. Should the leases run out meanwhile, whoever
            // reaches the database first goes on, and the fence keeps the late one out.
        }
    }
}

/// <summary>A conversation that was just taken.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Claim">The mark it was taken under.</param>
/// <param name="LeftInOrder">Whether its last holder gave it back with everything written down; false after one that died, froze or broke off.</param>
internal readonly record struct TakenConversation(long Id, Guid Claim, bool LeftInOrder);
