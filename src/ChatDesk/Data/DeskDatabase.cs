using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatDesk.Data;

/// <summary>
/// Opens <see cref="DeskContext"/>s on the one database of the desk's records: <c>desk.db</c> beside the ledger's file, or
/// the ledger's own database on PostgreSQL. A context is opened for one piece of work and disposed with it.
/// </summary>
internal sealed class DeskDatabase
{
    private readonly DbContextOptions<DeskContext> _options;

    private DeskDatabase(DbContextOptions<DeskContext> options) => _options = options;

    /// <summary>Opens the SQLite database, creates it when missing, and brings its tables up to date.</summary>
    /// <param name="path">The database file.</param>
    /// <exception cref="DbException">The file cannot be used.</exception>
    public static DeskDatabase OpenSqlite(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();
        var options = new DbContextOptionsBuilder<DeskContext>()
            .UseSqlite(connection)
            .AddInterceptors(new DurableSqlite())
            .Options;
        var database = new DeskDatabase(options);
        using var context = database.OpenForAll();
        DeskMigrations.Run(context.Database.GetDbConnection(), "sqlite");
        return database;
    }

    /// <summary>Opens the PostgreSQL database and brings its tables up to date; replicas that start together take turns.</summary>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public static DeskDatabase OpenPostgres(string connection)
    {
        // The provider's own strategy retries nothing and dresses a lost connection up as an InvalidOperationException, which no worker takes for
        // what it is: the first restart of PostgreSQL would end the desk.
        var options = new DbContextOptionsBuilder<DeskContext>()
            .UseNpgsql(connection, provider => provider.ExecutionStrategy(d => new NonRetryingExecutionStrategy(d)))
            .AddInterceptors(new AgencyWall())
            .Options;
        var database = new DeskDatabase(options);
        using var context = database.OpenForAll();
        DeskMigrations.Run(context.Database.GetDbConnection(), "postgres");
        return database;
    }

    /// <summary>A context that sees and writes the rows of one agency only.</summary>
    public DeskContext Open(string agency)
    {
        ArgumentException.ThrowIfNullOrEmpty(agency);
        return new DeskContext(_options, agency);
    }

    /// <summary>A context over all agencies, for work that no person asked for (clocks, sign-in). Never for a request's data.</summary>
    public DeskContext OpenForAll() => new(_options, null);

    /// <summary>Does something that replicas which start together must do one after the other.</summary>
    public async Task InTurnAsync(Func<Task> work)
    {
        await using var context = OpenForAll();
        if (!context.Database.IsNpgsql())
        {
            // The files belong to one process.
            await work();
            return;
        }
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(4851206)");
        await work();
        await transaction.CommitAsync();
    }

    /// <summary>Every connection writes ahead and is on disk before a commit returns, and waits for its neighbours.</summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
