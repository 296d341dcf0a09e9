using System.Diagnostics;
using System.Globalization;
using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>Debian's PostgreSQL in a folder of its own, as it comes: every commit waits for the disk.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string programs;
    private readonly string folder;
    private readonly int port = FreePort.Pick();

    private OwnPostgres(string programs, string folder) => (this.programs, this.folder) = (programs, folder);

    /// <summary>The server's first process; the others are its children.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(folder, "data");

    /// <exception cref="PlatformException">It is not installed, or does not start.</exception>
    public static OwnPostgres Start()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (programs is null) throw new PlatformException("PostgreSQL is not installed (Debian: apt-get install postgresql).");
        // Below /tmp and not in the run folder: the server's own account must reach it.
        var server = new OwnPostgres(programs, Directory.CreateTempSubdirectory("chatdesk-pg-").FullName);
        if (Environment.UserName == "root") Run("chown", "postgres", server.folder);
        server.AsServer("initdb", "-D", server.Data, "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8");
        server.AsServer("pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(server.folder, "log"), "-o", $"-p {server.port} -h 127.0.0.1 -k {server.folder} -c max_connections=200 -c shared_buffers=512MB -c max_wal_size=4GB", "start");
        // Agencies' policies do not bind a superuser, and no real desk is one.
        Run(Path.Combine(programs, "createuser"), "-h", "127.0.0.1", "-p", $"{server.port}", "-U", "desk", "--no-superuser", "clerk");
        return server;
    }

    /// <summary>For <c>Ledger:ConnectionString</c>: a new, empty database.</summary>
    public string NewDatabase(string name)
    {
        Run(Path.Combine(programs, "createdb"), "-h", "127.0.0.1", "-p", $"{port}", "-U", "desk", "-O", "clerk", name);
        return $"Host=127.0.0.1;Port={port};Username=clerk;Database={name}";
    }

    public ValueTask DisposeAsync()
    {
        AsServer("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output goes nowhere: the server inherits these handles and would hold a pipe open for ever.
        var line = string.Join(' ', arguments.Prepend(program).Select(a => $"'{a}'"));
        using var process = Process.Start("sh", ["-c", $"{line} > /dev/null 2>&1 < /dev/null"]);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new PlatformException($"{line} ended with {process.ExitCode}");
    }
}
