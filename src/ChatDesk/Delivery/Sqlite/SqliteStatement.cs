using SQLitePCL;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>A prepared statement of SQLite, as long as its connection lives.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : LedgerStatement, IDisposable
{
    public override SqliteStatement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(handle, index, value);
        return this;
    }

    public override SqliteStatement Bind(int index, long? value)
    {
        if (value is { } number) raw.sqlite3_bind_int64(handle, index, number);
        else raw.sqlite3_bind_null(handle, index);
        return this;
    }

    public override SqliteStatement Bind(int index, string? value)
    {
        if (value is null) raw.sqlite3_bind_null(handle, index);
        else raw.sqlite3_bind_text(handle, index, value);
        return this;
    }

    public override SqliteStatement Bind(int index, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes) raw.sqlite3_bind_blob(handle, index, bytes.Span);
        else raw.sqlite3_bind_null(handle, index);
        return this;
    }

    public override bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(handle);
        database.Check(result);
        return false;
    }

    public override int Run()
    {
        while (Step()) { }
        return database.Changes;
    }

    public override void Reset() => raw.sqlite3_reset(handle);

    public override long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public override string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public override ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
