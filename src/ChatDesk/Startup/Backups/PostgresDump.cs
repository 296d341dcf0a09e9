using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ChatDesk.Startup.Backups;

/// <summary>
/// PostgreSQL's own pg_dump and pg_restore: they follow every version of the server, read one consistent snapshot, and leave what
/// operators know how to handle. The password travels in the environment, never on a command line.
/// </summary>
internal static class PostgresDump
{
    public const string Name = "postgres.dump";

    /// <remarks>A connection that names no agency passes the agencies' policies and sees all rows; pg_dump refuses to rely on that unless told to.</remarks>
    /// <exception cref="BackupException">pg_dump is not installed, or failed; with its words.</exception>
    public static Task MakeAsync(string connection, string file) =>
        RunAsync("pg_dump", connection, ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--enable-row-security", $"--file={file}"]);

    /// <summary>Puts a dump into a database that holds no tables yet: all of it, or nothing.</summary>
    /// <exception cref="BackupException">The database is not empty; or pg_restore is not installed, or failed.</exception>
    public static async Task PutBackAsync(string connection, string file)
    {
        await using (var source = new NpgsqlSlimDataSourceBuilder(connection).Build())
        await using (var command = source.CreateCommand("SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"))
        {
            if (await command.ExecuteScalarAsync() is long and > 0) throw new BackupException("the database holds tables already: name a new, empty one");
        }
        await RunAsync("pg_restore", connection, ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", file]);
    }

    private static async Task RunAsync(string program, string connection, IReadOnlyList<string> arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = to.Database;
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGSSLMODE"] = to.SslMode.ToString().ToLowerInvariant() switch { "verifyca" => "verify-ca", "verifyfull" => "verify-full", var mode => mode };
        if (to.RootCertificate is { Length: > 0 } root) start.Environment["PGSSLROOTCERT"] = root;
        if (program == "pg_restore") start.ArgumentList.Insert(0, $"--dbname={to.Database}");
        try
        {
            using var running = Process.Start(start)!;
            var said = await running.StandardError.ReadToEndAsync();
            await running.WaitForExitAsync();
            if (running.ExitCode != 0) throw new BackupException($"{program} ended with {running.ExitCode}: {said.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new BackupException($"{program} is not installed here (Debian: apt-get install postgresql-client, at least as new as the server)");
        }
    }
}
