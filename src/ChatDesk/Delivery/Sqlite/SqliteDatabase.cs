using SQLitePCL;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// One open connection to the SQLite file, to be used by one thread at a time. The ledger's hot path speaks SQLite's own
/// prepared statements: through ADO.NET each of the ten statements of a turn costs about twice as much.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase() => Batteries_V2.Init();

    /// <param name="path">The database file; created when missing.</param>
    /// <param name="readOnly">True for a connection that only reads.</param>
    /// <exception cref="LedgerException">The file cannot be opened.</exception>
    public SqliteDatabase(string path, bool readOnly = false)
    {
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var result = raw.sqlite3_open_v2(path, out _handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result != raw.SQLITE_OK)
            throw new LedgerException($"cannot open {path}: {raw.sqlite3_errstr(result).utf8_to_string()}", result);
        raw.sqlite3_busy_timeout(_handle, 5_000);
    }

    /// <summary>Rows changed by the last INSERT, UPDATE or DELETE.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public long LastInsertId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs one or more statements that return nothing of interest.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Copies the whole database as it is at this moment into another, in one reading transaction: with a write-ahead log nobody waits for it.</summary>
    public void CopyTo(SqliteDatabase other)
    {
        using var copying = raw.sqlite3_backup_init(other._handle, "main", _handle, "main");
        if (copying.IsInvalid) other.Check(raw.sqlite3_errcode(other._handle));
        var result = raw.sqlite3_backup_step(copying, -1);
        if (result != raw.SQLITE_DONE) throw new LedgerException($"cannot copy: {raw.sqlite3_errstr(result).utf8_to_string()}", result);
    }

    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new LedgerException(raw.sqlite3_errmsg(_handle).utf8_to_string(), result);
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _handle.Dispose();
    }
}
