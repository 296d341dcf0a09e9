using System.Data;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Files in the database, in pieces, so that any replica takes and shows any of them. What is being written or read lies
/// in a nameless file of this machine meanwhile: no file is ever whole in memory.
/// </summary>
internal sealed class PostgresFileStore(PostgresLedger ledger) : FileStore
{
    private const int PieceLength = 256 * 1024;

    public override async ValueTask<string?> WriteAsync(
        string agency, string key, Func<Stream, CancellationToken, ValueTask<bool>> fill, CancellationToken stopping)
    {
        var path = PathOf(agency, key);
        await using var spool = Spool();
        if (!await fill(spool, stopping)) return null;
        spool.Position = 0;
        await Task.Run(() => Within(session => Keep(session, path, spool)), CancellationToken.None);
        return path;
    }

    public override Stream? Open(string path)
    {
        if (!IsOurs(path)) return null;
        var spool = Spool();
        try
        {
            if (Within(session => Fetch(session, path, spool)))
            {
                spool.Position = 0;
                return spool;
            }
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        spool.Dispose();
        return null;
    }

    public override bool Delete(string path) =>
        IsOurs(path) && Within(session => session.Prepare("DELETE FROM file_bodies WHERE path = ?1").Bind(1, path).Run() > 0);

    private static bool Keep(PostgresSession session, string path, FileStream spool)
    {
        session.Prepare("DELETE FROM file_bodies WHERE path = ?1").Bind(1, path).Run();
        var add = session.Prepare("INSERT INTO file_bodies (path, piece, bytes) VALUES (?1, ?2, ?3)");
        var piece = new byte[PieceLength];
        for (var number = 0; spool.ReadAtLeast(piece, PieceLength, throwOnEndOfStream: false) is > 0 and var length; number++)
            add.Bind(1, path).Bind(2, (long)number).Bind(3, piece.AsMemory(0, length)).Run();
        return true;
    }

    private static bool Fetch(PostgresSession session, string path, FileStream spool)
    {
        var read = session.Prepare("SELECT bytes FROM file_bodies WHERE path = ?1 AND piece = ?2");
        for (var number = 0; ; number++)
        {
            if (!read.Bind(1, path).Bind(2, (long)number).Step()) return number > 0;
            spool.Write(read.Blob(0));
            read.Reset();
        }
    }

    /// <summary>Everything as of one moment: a file that is replaced meanwhile is read as it was.</summary>
    private T Within<T>(Func<PostgresSession, T> work)
    {
        try
        {
            return ledger.Together(IsolationLevel.RepeatableRead, work);
        }
        catch (LedgerException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    private static FileStream Spool() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
}
