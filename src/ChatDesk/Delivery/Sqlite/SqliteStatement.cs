using SQLitePCL;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>A prepared statement: bind parameters from 1, step through rows, read columns from 0, and it resets itself.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(handle, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        if (value is { } number) raw.sqlite3_bind_int64(handle, index, number);
        else raw.sqlite3_bind_null(handle, index);
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null) raw.sqlite3_bind_null(handle, index);
        else raw.sqlite3_bind_text(handle, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes) raw.sqlite3_bind_blob(handle, index, bytes.Span);
        else raw.sqlite3_bind_null(handle, index);
        return this;
    }

    /// <summary>Goes to the next row; false when there is none, and the statement is ready for its next use.</summary>
    /// <exception cref="LedgerException">SQLite refused; the statement is ready for its next use.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(handle);
        database.Check(result);
        return false;
    }

    /// <summary>Runs a statement to its end, ignoring rows; returns the number of rows changed.</summary>
    public int Run()
    {
        while (Step()) { }
        return database.Changes;
    }

    /// <summary>Ends reading before the last row.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    /// <summary>The first column of the only row, or null when there is no row.</summary>
    public long? ReadOne()
    {
        if (!Step()) return null;
        var value = Long(0);
        Reset();
        return value;
    }

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column).ToArray();

    public void Dispose() => handle.Dispose();
}
