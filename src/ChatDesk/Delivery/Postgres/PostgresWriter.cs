using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Sends writes in batches: whatever waits when a connection is free goes to the database as one transaction in one round
/// trip. A few connections work side by side; writes that depend on each other wait for each other's task.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int BatchLimit = 128;

    private readonly NpgsqlDataSource _source;
    private readonly Channel<PostgresWrite> _waiting = Channel.CreateUnbounded<PostgresWrite>();
    private readonly Task[] _lanes;

    /// <param name="source">Where connections come from.</param>
    /// <param name="lanes">How many transactions may be on their way at once.</param>
    public PostgresWriter(NpgsqlDataSource source, int lanes)
    {
        _source = source;
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Queues a write; its task ends when it is durable.</summary>
    /// <exception cref="LedgerException">The ledger is being closed.</exception>
    public void Add(PostgresWrite write)
    {
        if (!_waiting.Writer.TryWrite(write)) throw new LedgerException("the ledger is closed");
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_lanes);
    }

    private async Task WorkAsync()
    {
        var batch = new List<PostgresWrite>(BatchLimit);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchLimit && _waiting.Reader.TryRead(out var write))
            {
                if (write.Patience.IsOver) write.Fail(Patience.Lost());
                else batch.Add(write);
            }
            if (batch.Count == 0) continue;
            // Rows are locked in one order by everybody, as far as a batch can see.
            batch.Sort(static (a, b) => a.Order.CompareTo(b.Order));
            var alone = batch.Where(w => w.Alone).ToList();
            if (alone.Count > 0 && batch.Count > 1) batch.RemoveAll(w => w.Alone);
            else alone.Clear();
            if (batch.Count > 0) await CommitAsync(batch);
            foreach (var write in alone) await CommitAsync([write]);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<PostgresWrite> batch)
    {
        var began = Stopwatch.GetTimestamp();
        var fault = await TryCommitAsync(batch);
        if (fault is null)
        {
            DeskMeters.Committed(Stopwatch.GetElapsedTime(began), batch.Count);
            foreach (var write in batch) write.Succeed();
        }
        else if (batch.Count == 1 || fault is not PostgresException)
        {
            // The line broke: each of them may or may not be kept, and each caller can ask again.
            foreach (var write in batch) write.Fail(PostgresSource.Named(fault));
        }
        else
        {
            // One of them spoilt the transaction (or two transactions waited for each other): each on its own.
            foreach (var write in batch) await CommitAsync([write]);
        }
    }

    private async Task<Exception?> TryCommitAsync(List<PostgresWrite> batch)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            await using var commands = new NpgsqlBatch(connection);
            foreach (var write in batch) write.AddTo(commands.BatchCommands);
            await using var reader = await commands.ExecuteReaderAsync();
            foreach (var write in batch) await write.ReadAsync(reader);
            return null;
        }
        catch (Exception fault)
        {
            // Whatever it was: the callers hear of it, and this connection's work goes on.
            return fault;
        }
    }
}

/// <summary>One write: its commands, what it reads back, and who waits for it.</summary>
internal abstract class PostgresWrite
{
    /// <summary>Writes of one batch are sent by this number (a conversation's row), so that neighbours lock alike.</summary>
    public abstract long Order { get; }

    /// <summary>
    /// True for a write that locks rows of several conversations: among neighbours no order of writes would be one order of locks, and two
    /// batches that wait for each other stand still for the second that the database takes to notice.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>How long anybody waits for it.</summary>
    public Patience Patience { get; init; }

    /// <summary>Adds its commands. Called again when a neighbour spoilt the first transaction.</summary>
    public abstract void AddTo(NpgsqlBatchCommandCollection batch);

    /// <summary>Reads the result of its own query, if it has one; the reader stands there and must be left at the next one.</summary>
    public abstract ValueTask ReadAsync(NpgsqlDataReader reader);

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <summary>A write of which the first command may answer with one row.</summary>
/// <param name="order">See <see cref="PostgresWrite.Order"/>.</param>
/// <param name="commands">Makes the commands. Only the first may be a query: the driver passes over results of commands that are none.</param>
/// <param name="read">Reads the row of the first command, null when it found none; null when no command is a query.</param>
/// <param name="committed">Called once it is durable, before the task ends.</param>
internal sealed class PostgresWrite<T>(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Func<NpgsqlDataReader?, T>? read, Action<T>? committed = null) : PostgresWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public override long Order => order;

    public Task<T> Task => _done.Task;

    public override void AddTo(NpgsqlBatchCommandCollection batch)
    {
        foreach (var command in commands()) batch.Add(command);
    }

    public override async ValueTask ReadAsync(NpgsqlDataReader reader)
    {
        if (read is null) return;
        _result = read(await reader.ReadAsync() ? reader : null);
        await reader.NextResultAsync();
    }

    public override void Succeed()
    {
        committed?.Invoke(_result);
        _done.SetResult(_result);
    }

    public override void Fail(Exception fault) => _done.SetException(fault);
}
