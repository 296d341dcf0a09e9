using System.Globalization;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// A place for statements that several pieces of code run in one transaction, one after the other: prepared once, run on
/// whatever connection the transaction of the moment has. Used by one thread at a time.
/// </summary>
/// <param name="connection">One that stays; null when every transaction brings its own (<see cref="Within"/>).</param>
internal sealed class PostgresSession(NpgsqlConnection? connection = null)
{
    private readonly List<(NpgsqlBatchCommand Command, Func<LedgerException>? UnlessOne)> _later = [];
    private NpgsqlConnection? _connection = connection;

    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("a statement outside its transaction");

    public PostgresStatement Prepare(string sql) => new(this, sql);

    /// <summary>Runs the ledger's own commands; the first may answer with one row.</summary>
    public T Run<T>(IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader?, T> read) => Read(commands, reader => read(reader.Read() ? reader : null));

    /// <summary>Runs commands of which one answers with rows.</summary>
    public T Read<T>(IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, T> read) => Send(commands, batch =>
    {
        using var reader = batch.ExecuteReader();
        return read(reader);
    });

    /// <summary>Runs commands that answer nothing.</summary>
    public void Run(IEnumerable<NpgsqlBatchCommand> commands) => Send(commands, batch => batch.BatchCommands.Count > 0 ? batch.ExecuteNonQuery() : 0);

    /// <summary>Leaves a command that answers nothing for the next trip to the database, in front of whatever goes there.</summary>
    /// <param name="command">The command; must not be a query.</param>
    /// <param name="unlessOne">See <see cref="LedgerStatement.RunLater"/>.</param>
    public void Later(NpgsqlBatchCommand command, Func<LedgerException>? unlessOne = null) => _later.Add((command, unlessOne));

    /// <summary>Sends what was left for later.</summary>
    public void Flush() => Run([]);

    /// <summary>From here on the transaction sees rows of one agency only, whatever its statements forget to say (the policies of 0003_agency_wall.sql).</summary>
    public void OnlyOf(string agency)
    {
        var command = new NpgsqlBatchCommand("SELECT set_config('chatdesk.agency', $1, true)");
        PostgresCommands.Bind(command.Parameters, agency);
        Run([command]);
    }

    /// <summary>Does work in a transaction of its own.</summary>
    /// <param name="source">Where the connection comes from.</param>
    /// <param name="isolation">ReadCommitted to write, RepeatableRead to read everything as of one moment.</param>
    /// <param name="work">What to do.</param>
    /// <param name="pause">How long it may think between two statements. A replica that freezes in the middle must not hold others up: after that the database ends its transaction. 2 s when not given.</param>
    public T Within<T>(NpgsqlDataSource source, System.Data.IsolationLevel isolation, Func<T> work, TimeSpan? pause = null)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction(isolation);
        _connection = connection;
        try
        {
            Later(new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL idle_in_transaction_session_timeout = {(pause ?? TimeSpan.FromSeconds(2)).TotalMilliseconds}")));
            var result = work();
            Flush();
            transaction.Commit();
            return result;
        }
        finally
        {
            _later.Clear();
            _connection = null;
        }
    }

    private T Send<T>(IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlBatch, T> execute)
    {
        var before = _later.ToArray();
        _later.Clear();
        using var batch = new NpgsqlBatch(Connection);
        foreach (var command in before.Select(b => b.Command).Concat(commands)) batch.BatchCommands.Add(command);
        var result = execute(batch);
        foreach (var (command, unlessOne) in before)
        {
            if (unlessOne is not null && command.RecordsAffected != 1) throw unlessOne();
        }
        return result;
    }
}
