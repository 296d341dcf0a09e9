using System.Globalization;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Startup.Backups;
using Npgsql;

namespace ChatDesk.Startup.Verbs;

/// <summary>
/// <c>-- backup</c> and <c>-- restore</c>: everything the desk has written, in one folder, while it runs. On SQLite that is two databases, files and
/// keys; on PostgreSQL all of it is in the one database.
/// </summary>
internal sealed class BackupVerbs(DeskSettings settings, TimeProvider time, TextWriter to, TextWriter errors)
{
    private const string LedgerFile = "ledger.db";
    private const string Records = "desk.db";
    private const string Files = "files";
    private const string Keys = "keys";

    /// <returns>0 the backup is whole and verified, 1 it could not be made.</returns>
    public Task<int> BackupAsync(string path) => GuardAsync(async () =>
    {
        var began = time.GetTimestamp();
        var folder = BackupFolder.Begin(path);
        var about = BackupAbout.Now(Provider, time);
        if (settings.Ledger.Postgres is { } connection) await PostgresDump.MakeAsync(connection, folder[PostgresDump.Name]);
        else TakeSqlite(folder);
        about.Write(folder);
        var (files, bytes) = folder.Seal();
        BackupFolder.Open(path).Verify();
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"backup={Path.GetFullPath(path)} mark={about.Mark:O} files={files} megabytes={bytes / 1e6:0.0} seconds={time.GetElapsedTime(began).TotalSeconds:0.0}"));
        await to.WriteLineAsync("It holds what contacts wrote and the keys of sessions: keep it as closely as the desk's own disk.");
    });

    /// <summary>Puts a backup where these settings point, after comparing every byte. Nothing that is there is touched.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="onlyCheck">Compare, and put nothing anywhere.</param>
    /// <returns>0 done, 1 the backup is damaged or there is something in its place already.</returns>
    public Task<int> RestoreAsync(string path, bool onlyCheck) => GuardAsync(async () =>
    {
        var began = time.GetTimestamp();
        var folder = BackupFolder.Open(path);
        var files = folder.Verify();
        var about = BackupAbout.Read(folder);
        if (!onlyCheck && about.Provider != Provider) throw new BackupException($"the backup is of {about.Provider}, these settings name {Provider}: set Ledger:Provider");
        if (!onlyCheck && settings.Ledger.Postgres is { } connection) await PostgresDump.PutBackAsync(connection, folder[PostgresDump.Name]);
        else if (!onlyCheck) GiveSqlite(folder);
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(onlyCheck ? "verified" : "restored")}={Path.GetFullPath(path)} mark={about.Mark:O} files={files} seconds={time.GetElapsedTime(began).TotalSeconds:0.0}"));
    });

    private BackupProvider Provider => settings.Ledger.Postgres is null ? BackupProvider.Sqlite : BackupProvider.Postgres;

    /// <summary>
    /// The records before the ledger: they remember how far they have followed it, so they may be behind it (they catch up) but
    /// never before it (they would pass over what it says next). Contacts' files after it, so that every file it speaks of is there.
    /// </summary>
    private void TakeSqlite(BackupFolder folder)
    {
        if (!File.Exists(settings.LedgerPath)) throw new BackupException($"there is no ledger at {settings.LedgerPath}: nothing to back up");
        if (File.Exists(settings.RecordsPath)) SqliteCopy.Make(settings.RecordsPath, folder[Records]);
        SqliteCopy.Make(settings.LedgerPath, folder[LedgerFile]);
        folder.Take(Path.Combine(settings.DataDirectory, Files), Files);
        folder.Take(Path.Combine(settings.DataDirectory, Keys), Keys);
    }

    private void GiveSqlite(BackupFolder folder)
    {
        var targets = new[] { (Name: LedgerFile, Path: settings.LedgerPath), (Name: Records, Path: settings.RecordsPath) };
        foreach (var (_, path) in targets)
        {
            foreach (var file in new[] { path, path + "-wal", path + "-shm" }.Where(File.Exists))
                throw new BackupException($"{file} is there already: stop the desk and move its data away, or restore into another DataDirectory");
        }
        foreach (var (name, path) in targets.Where(target => File.Exists(folder[target.Name])))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(folder[name], path);
            SqliteCopy.Check(path);
        }
        folder.Give(Files, Path.Combine(settings.DataDirectory, Files));
        folder.Give(Keys, Path.Combine(settings.DataDirectory, Keys));
    }

    private async Task<int> GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception fault) when (fault is BackupException or LedgerException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
