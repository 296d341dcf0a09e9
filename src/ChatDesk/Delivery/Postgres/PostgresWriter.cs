using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Sends writes of one kind in batches: whatever waits when a connection is free goes to the database as one transaction in one round
/// trip. A few connections work side by side; writes that depend on each other wait for each other's task.
/// </summary>
/// <typeparam name="TWrite">The kind.</typeparam>
internal abstract class PostgresWriter<TWrite> : IAsyncDisposable
    where TWrite : PostgresWrite
{
    private const int BatchLimit = 128;

    /// <summary>How often a write alone is tried that PostgreSQL ended because it and another one waited for each other.</summary>
    private const int Tries = 4;

    private readonly NpgsqlDataSource _source;
    private readonly Channel<TWrite> _waiting = Channel.CreateUnbounded<TWrite>();
    private readonly Task[] _lanes;

    /// <param name="source">Where connections come from.</param>
    /// <param name="lanes">How many transactions may be on their way at once.</param>
    protected PostgresWriter(NpgsqlDataSource source, int lanes)
    {
        _source = source;
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>True where one batch must not hold two writes of the same <see cref="PostgresWrite.Order"/>.</summary>
    protected virtual bool OneOfEach => false;

    /// <summary>Queues a write; its task ends when it is durable.</summary>
    /// <exception cref="LedgerException">The ledger is being closed.</exception>
    public void Add(TWrite write)
    {
        if (!_waiting.Writer.TryWrite(write)) throw new LedgerException("the ledger is closed");
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_lanes);
    }

    /// <summary>The commands of these writes. Called again, for each alone, when one of them spoilt the transaction.</summary>
    protected abstract IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<TWrite> batch);

    /// <summary>Gives each write what the commands answered; the reader stands at the first result.</summary>
    protected abstract ValueTask ReadAsync(NpgsqlDataReader reader, IReadOnlyList<TWrite> batch);

    private async Task WorkAsync()
    {
        var batch = new List<TWrite>(BatchLimit);
        var later = new List<TWrite>();
        while (later.Count > 0 || await _waiting.Reader.WaitToReadAsync())
        {
            var orders = OneOfEach ? new HashSet<long>() : null;
            var held = later.ToArray();
            later.Clear();
            foreach (var write in held) Take(write);
            while (batch.Count < BatchLimit && _waiting.Reader.TryRead(out var write)) Take(write);
            if (batch.Count == 0) continue;
            // Rows are locked in one order by everybody.
            batch.Sort(static (a, b) => a.Order.CompareTo(b.Order));
            await CommitAsync(batch);
            batch.Clear();

            void Take(TWrite write)
            {
                if (write.Patience.IsOver) write.Fail(Patience.Lost());
                else if (orders is null || orders.Add(write.Order)) batch.Add(write);
                else later.Add(write);
            }
        }
    }

    private async Task CommitAsync(List<TWrite> batch)
    {
        var began = Stopwatch.GetTimestamp();
        var fault = await TryCommitAsync(batch);
        // All of it was undone, and the other one is through by now.
        for (var tries = 1; tries < Tries && batch.Count == 1 && fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected }; tries++) fault = await TryCommitAsync(batch);
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

    private async Task<Exception?> TryCommitAsync(List<TWrite> batch)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            await using var commands = new NpgsqlBatch(connection);
            foreach (var command in Commands(batch)) commands.BatchCommands.Add(command);
            await using var reader = await commands.ExecuteReaderAsync();
            await ReadAsync(reader, batch);
            // Faults of commands that answer nothing come with the end.
            while (await reader.NextResultAsync())
            {
                // Nothing is left to be read.
            }
            return null;
        }
        catch (Exception fault)
        {
            // Whatever it was: the callers hear of it, and this connection's work goes on.
            return fault;
        }
    }
}

/// <summary>One write: where its rows stand among others, and who waits for it.</summary>
internal abstract class PostgresWrite
{
    /// <summary>Writes of one batch are sent by this number (a conversation's row), so that neighbours lock alike.</summary>
    public abstract long Order { get; }

    /// <summary>How long anybody waits for it.</summary>
    public Patience Patience { get; init; }

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <summary>A write that somebody waits for.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal abstract class PostgresWrite<T> : PostgresWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _done.Task;

    /// <summary>What was read for it, once it is durable.</summary>
    public T Answer { get; set; } = default!;

    public override void Succeed() => _done.SetResult(Answer);

    public override void Fail(Exception fault) => _done.SetException(fault);
}
