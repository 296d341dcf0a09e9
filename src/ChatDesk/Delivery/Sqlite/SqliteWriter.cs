using System.Diagnostics;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// The one thread that writes. Whatever waits when it comes round goes into one transaction (group commit, at most
/// <see cref="BatchLimit"/> writes), so under load the cost of making things durable is shared; with nobody else waiting
/// a write is committed alone, at once.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int BatchLimit = 512;

    /// <summary>From this many writes in a batch on there is a crowd, and the next batch is given a moment to gather: half the
    /// pages are then written once instead of twice. Whoever writes alone never waits.</summary>
    private const int Crowd = 24;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly SqliteDatabase _database;
    private readonly Action _rolledBack;
    private readonly Action _committed;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly ManualResetEventSlim _closing = new();
    private readonly Thread _thread;
    private List<Write> _queue = [];
    private bool _idle = true;
    private bool _closed;

    /// <param name="database">Its connection; nobody else may use it from now on.</param>
    /// <param name="rolledBack">Called on the writer's thread after a transaction was undone, to forget what it had learnt.</param>
    /// <param name="committed">Called on the writer's thread after a transaction became durable, before its writes end.</param>
    public SqliteWriter(SqliteDatabase database, Action rolledBack, Action committed)
    {
        _committed = committed;
        _database = database;
        _rolledBack = rolledBack;
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger writer" };
        _thread.Start();
    }

    /// <summary>Queues a write; the task ends when it is durable.</summary>
    /// <param name="write">Runs on the writer's thread inside a transaction; runs again if a neighbour spoilt the first one.</param>
    /// <param name="committed">Runs on the writer's thread once the write is durable, before the task ends. Must be quick and must not throw.</param>
    /// <param name="patience">How long anybody waits for it; endless when not given.</param>
    /// <exception cref="LedgerException">The write, and only it, was refused; or the database is away.</exception>
    public Task<T> WriteAsync<T>(Func<T> write, Action<T>? committed = null, Patience patience = default)
    {
        var waiting = new Write<T>(write, committed) { Patience = patience };
        bool wake;
        lock (_gate)
        {
            if (_closed) throw new LedgerException("the ledger is closed");
            _queue.Add(waiting);
            wake = _idle;
            _idle = false;
        }
        if (wake) _waiting.Release();
        return waiting.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _closed = true;
        _closing.Set();
        _waiting.Release();
        await Task.Run(_thread.Join);
        _waiting.Dispose();
        _closing.Dispose();
    }

    private void Run()
    {
        var batch = new List<Write>();
        var crowded = false;
        while (true)
        {
            if (crowded) _closing.Wait(Gathering);
            var closed = false;
            lock (_gate)
            {
                (batch, _queue) = (_queue, batch);
                if (batch.Count == 0)
                {
                    _idle = true;
                    closed = _closed;
                }
            }
            if (closed) return;
            crowded = batch.Count >= Crowd;
            if (batch.Count == 0)
            {
                _waiting.Wait();
                continue;
            }
            batch.RemoveAll(DropLate);
            for (var start = 0; start < batch.Count; start += BatchLimit)
                Commit(batch.GetRange(start, Math.Min(BatchLimit, batch.Count - start)));
            batch.Clear();
        }
    }

    private static bool DropLate(Write write)
    {
        if (!write.Patience.IsOver) return false;
        write.Fail(Patience.Lost());
        return true;
    }

    private void Commit(List<Write> batch)
    {
        var began = Stopwatch.GetTimestamp();
        var fault = TryCommit(batch);
        if (fault is null)
        {
            DeskMeters.Committed(Stopwatch.GetElapsedTime(began), batch.Count);
            foreach (var write in batch) write.Succeed();
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(fault);
        }
        else
        {
            // One of them spoilt the transaction: each on its own, so that only that one fails.
            foreach (var write in batch) Commit([write]);
        }
    }

    private Exception? TryCommit(List<Write> batch)
    {
        try
        {
            _database.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch) write.Apply();
            _database.Execute("COMMIT");
        }
        catch (Exception fault)
        {
            try
            {
                _database.Execute("ROLLBACK");
            }
            catch (LedgerException)
            {
                // SQLite has rolled back by itself (disk full, I/O error): there is no transaction left to end.
            }
            _rolledBack();
            return fault;
        }
        _committed();
        return null;
    }

    private abstract class Write
    {
        public required Patience Patience { get; init; }

        public abstract void Apply();

        public abstract void Succeed();

        public abstract void Fail(Exception fault);
    }

    private sealed class Write<T>(Func<T> apply, Action<T>? committed) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Apply() => _result = apply();

        public override void Succeed()
        {
            committed?.Invoke(_result);
            _done.SetResult(_result);
        }

        public override void Fail(Exception fault) => _done.SetException(fault);
    }
}
