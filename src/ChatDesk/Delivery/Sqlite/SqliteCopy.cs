namespace ChatDesk.Delivery.Sqlite;

/// <summary>Copies an SQLite database that may be in use: the copy is the database as it was at one moment, and nobody has to wait for it.</summary>
internal static class SqliteCopy
{
    /// <summary>Writes the copy and has SQLite check it page by page.</summary>
    /// <param name="from">The database; others may write to it meanwhile.</param>
    /// <param name="to">A file that is not there yet.</param>
    /// <exception cref="LedgerException">It cannot be read or written, or what was copied is damaged.</exception>
    public static void Make(string from, string to)
    {
        using (var source = new SqliteDatabase(from, readOnly: true))
        using (var copy = new SqliteDatabase(to))
        {
            source.CopyTo(copy);
        }
        Check(to);
    }

    /// <summary>Has SQLite look at every page of a database.</summary>
    /// <exception cref="LedgerException">It is damaged, with SQLite's words.</exception>
    public static void Check(string path)
    {
        using var database = new SqliteDatabase(path);
        using var check = database.Prepare("PRAGMA quick_check(1)");
        var verdict = check.Step() ? check.Text(0) : "no answer";
        check.Reset();
        if (verdict != "ok") throw new LedgerException($"{path} is damaged: {verdict}");
        // A copy of a write-ahead file is one too; without this its log would be left beside it.
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
