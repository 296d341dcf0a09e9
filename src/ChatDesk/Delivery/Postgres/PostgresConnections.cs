using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>The ledger's connections.</summary>
internal static class PostgresConnections
{
    private const string Prepared = "Max Auto Prepare";

    /// <summary>More statements than the ledger and the officers' queue have.</summary>
    private const int StatementsAtMost = 120;

    /// <summary>
    /// Statements of the ledger ask for rows by their keys, however few there are when a replica connects: a plan made then must still be right when there are a
    /// million, so it never reads a whole table beside another one. And it is made once: weighing it anew for every message cost three times what running it does.
    /// Nor is it compiled: where no index serves, the forbidden whole table has a made-up cost for which the server would compile for a quarter of a second, each time.
    /// </summary>
    private const string Plans = "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off";

    /// <summary>Connects.</summary>
    /// <param name="connection">As Npgsql takes it. What it says of prepared statements is left alone.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static NpgsqlDataSource To(string connection)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        builder.EnableArrays();
        var settings = builder.ConnectionStringBuilder;
        // ContainsKey would be true for every setting there is.
        if (settings.ShouldSerialize(Prepared)) return builder.Build();
        var plain = builder.Build();
        try
        {
            if (!IsDirect(plain)) return plain;
        }
        catch
        {
            plain.Dispose();
            throw;
        }
        plain.Dispose();
        settings.MaxAutoPrepare = StatementsAtMost;
        settings.AutoPrepareMinUsages = 2;
        settings.Options = string.IsNullOrEmpty(settings.Options) ? Plans : $"{Plans} {settings.Options}";
        return builder.Build();
    }

    /// <summary>
    /// Whether the server itself answers, and not a pooler, which may hand the next statement to another session that knows of no prepared ones: a pooler
    /// tells its clients a number of its own for the process that serves them.
    /// </summary>
    private static bool IsDirect(NpgsqlDataSource source)
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)command.ExecuteScalar()! == connection.ProcessID;
    }
}
