using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// A place for statements that several pieces of code run in one transaction, one after the other: prepared once, run on
/// whatever connection the transaction of the moment has. Used by one thread at a time.
/// </summary>
/// <param name="connection">One that stays; null when every transaction brings its own (<see cref="Within"/>).</param>
internal sealed class PostgresSession(NpgsqlConnection? connection = null)
{
    private NpgsqlConnection? _connection = connection;

    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("a statement outside its transaction");

    public PostgresStatement Prepare(string sql) => new(this, sql);

    /// <summary>Runs the ledger's own commands; the first may answer with one row.</summary>
    public T Run<T>(IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader?, T> read)
    {
        using var batch = new NpgsqlBatch(Connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        using var reader = batch.ExecuteReader();
        return read(reader.Read() ? reader : null);
    }

    /// <summary>Runs commands that answer nothing.</summary>
    public void Run(IEnumerable<NpgsqlBatchCommand> commands)
    {
        using var batch = new NpgsqlBatch(Connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0) batch.ExecuteNonQuery();
    }

    /// <summary>From here on the transaction sees rows of one agency only, whatever its statements forget to say (the policies of 0003_agency_wall.sql).</summary>
    public void OnlyOf(string agency)
    {
        using var command = new NpgsqlCommand("SELECT set_config('chatdesk.agency', $1, true)", Connection);
        PostgresCommands.Bind(command.Parameters, agency);
        command.ExecuteNonQuery();
    }

    /// <summary>Does work in a transaction of its own.</summary>
    /// <param name="source">Where the connection comes from.</param>
    /// <param name="isolation">ReadCommitted to write, RepeatableRead to read everything as of one moment.</param>
    /// <param name="work">What to do.</param>
    public T Within<T>(NpgsqlDataSource source, System.Data.IsolationLevel isolation, Func<T> work)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction(isolation);
        _connection = connection;
        try
        {
            // A replica that freezes in the middle must not hold others up: the database ends its transaction.
            using (var limit = new NpgsqlCommand("SET LOCAL idle_in_transaction_session_timeout = 2000", connection)) limit.ExecuteNonQuery();
            var result = work();
            transaction.Commit();
            return result;
        }
        finally
        {
            _connection = null;
        }
    }
}
