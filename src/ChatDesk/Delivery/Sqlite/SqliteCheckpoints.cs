namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// Moves what is safe in the write-ahead log into the database file, on a thread and connection of its own. Left to
/// SQLite, the writer would do it inside a commit, and everybody waiting for an acknowledgement would wait with it.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>Pages in the log from which on moving them is worth a round.</summary>
    private const long Worthwhile = 2_000;

    /// <summary>Pages (64 MB) from which on the log is made to begin anew, which holds the writer up for the little that is left.</summary>
    private const long TooLong = 16_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _move;
    private readonly SqliteStatement _beginAnew;
    private readonly ManualResetEventSlim _closing = new();
    private readonly Thread _thread;
    private readonly string _log;

    /// <param name="path">The database file; opened here once more.</param>
    public SqliteCheckpoints(string path)
    {
        _log = path + "-wal";
        _database = new SqliteDatabase(path);
        _database.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL");
        _move = _database.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        _beginAnew = _database.Prepare("PRAGMA wal_checkpoint(RESTART)");
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger checkpoints" };
        _thread.Start();
    }

    public void Dispose()
    {
        _closing.Set();
        _thread.Join();
        _closing.Dispose();
        _database.Dispose();
    }

    private void Run()
    {
        while (!_closing.Wait(Interval))
        {
            try
            {
                if (FileLength() >= Worthwhile && Move() > TooLong) _beginAnew.Run();
            }
            catch (LedgerException)
            {
                // The disk is full or the file is busy: the log goes on growing, and the next round tries again. What
                // cannot be written at all is said by the writer, to whom it matters.
            }
        }
    }

    /// <returns>Pages that the log holds; moved or not, it only begins anew when all are moved and nobody reads them.</returns>
    private long Move()
    {
        if (!_move.Step()) return 0;
        var pages = _move.Long(1);
        _move.Reset();
        return pages;
    }

    /// <summary>In pages. The file keeps its length when the log begins anew: this only spares a young ledger needless rounds.</summary>
    private long FileLength()
    {
        var log = new FileInfo(_log);
        return log.Exists ? log.Length / 4_096 : 0;
    }
}
