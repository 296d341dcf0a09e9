using System.Collections.Concurrent;
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

    /// <summary>Milliseconds until what a failed turn left is tried again.</summary>
    private const long PauseAfterFault = 500;

    private readonly PostgresSource _source;
    private readonly Guid _holder = Guid.NewGuid();
    private readonly ConcurrentDictionary<long, bool> _held = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _beating;

    public PostgresLeases(PostgresSource source)
    {
        _source = source;
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>Takes conversations that are due and that nobody holds.</summary>
    public Task<long[]> TakeAsync(int max, DateTimeOffset now) => _source.UseAsync(async connection =>
    {
        await using var command = PostgresCommands.Claim(max, now.ToUnixTimeMilliseconds(), _holder, Lease);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
        foreach (var id in ids) _held[id] = true;
        return ids.ToArray();
    });

    /// <summary>The commands that give a conversation back.</summary>
    public IEnumerable<NpgsqlBatchCommand> Releasing(long conversation, DateTimeOffset now) =>
        PostgresCommands.Release(conversation, _holder, now.ToUnixTimeMilliseconds(), PauseAfterFault);

    /// <summary>No heartbeat for it any more.</summary>
    /// <returns>False when it was not held.</returns>
    public bool Forget(long conversation) => _held.TryRemove(conversation, out _);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _beating;
        _closing.Dispose();
    }

    /// <summary>Extends the leases by the real clock for as long as this replica runs.</summary>
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (!_held.IsEmpty) await ExtendAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private async Task ExtendAsync()
    {
        try
        {
            await _source.UseAsync(async connection =>
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
