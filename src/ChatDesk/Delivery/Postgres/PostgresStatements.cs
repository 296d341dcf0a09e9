using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Writes that each bring their own commands: everything but the three that every message costs.</summary>
internal sealed class PostgresStatements(NpgsqlDataSource source, int lanes) : PostgresWriter<PostgresStatementWrite>(source, lanes)
{
    /// <summary>Queues commands that answer nothing.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands) => WriteAsync<bool>(order, commands, null);

    /// <summary>Queues commands and waits until they are durable.</summary>
    /// <param name="order">See <see cref="PostgresWrite.Order"/>.</param>
    /// <param name="commands">See <see cref="PostgresStatementWrite{T}"/>.</param>
    /// <param name="read">See <see cref="PostgresStatementWrite{T}"/>.</param>
    /// <exception cref="LedgerException">Nothing was kept, or it is unknown whether it was.</exception>
    public Task<T> WriteAsync<T>(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Func<NpgsqlDataReader?, T>? read)
    {
        var write = new PostgresStatementWrite<T>(order, commands, read);
        Add(write);
        return write.Task;
    }

    protected override IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<PostgresStatementWrite> batch) => batch.SelectMany(write => write.Commands());

    protected override async ValueTask ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PostgresStatementWrite> batch)
    {
        foreach (var write in batch) await write.ReadAsync(reader);
    }
}

/// <summary>A write with its own commands.</summary>
internal abstract class PostgresStatementWrite(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands) : PostgresWrite
{
    public override long Order => order;

    public IEnumerable<NpgsqlBatchCommand> Commands() => commands();

    /// <summary>Reads the result of its own query, if it has one; the reader stands there and must be left at the next one.</summary>
    public abstract ValueTask ReadAsync(NpgsqlDataReader reader);
}

/// <summary>One of which one command may answer with one row.</summary>
/// <param name="order">See <see cref="PostgresWrite.Order"/>.</param>
/// <param name="commands">Makes the commands. Only one may be a query: the driver passes over results of commands that are none.</param>
/// <param name="read">Reads the row of the query, null when it found none; null when no command is a query.</param>
internal sealed class PostgresStatementWrite<T>(long order, Func<IEnumerable<NpgsqlBatchCommand>> commands, Func<NpgsqlDataReader?, T>? read)
    : PostgresStatementWrite(order, commands)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override async ValueTask ReadAsync(NpgsqlDataReader reader)
    {
        if (read is null) return;
        _result = read(await reader.ReadAsync() ? reader : null);
        await reader.NextResultAsync();
    }

    public override void Succeed() => _done.SetResult(_result);

    public override void Fail(Exception fault) => _done.SetException(fault);
}
