using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ChatDesk.Tests.Fixtures;

/// <summary>A real PostgreSQL server of the tests' own, on a free port, started once; each test gets a database of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string? _folder;
    private int _databases;

    /// <summary>Null when there is no PostgreSQL on this machine.</summary>
    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    public int Port { get; private set; }

    /// <summary>Starts the server, if there is one to start.</summary>
    public ValueTask InitializeAsync()
    {
        if (Programs is not { } programs) return ValueTask.CompletedTask;
        _folder = Directory.CreateTempSubdirectory("chatdesk-pg-").FullName;
        Port = FreePort();
        // The server refuses to run as root: it gets the account that its package made.
        if (Environment.UserName == "root") Run("chown", "postgres", _folder);
        var data = Path.Combine(_folder, "data");
        AsServer(Path.Combine(programs, "initdb"), "-D", data, "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        AsServer(Path.Combine(programs, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {Port} -h 127.0.0.1 -k {_folder} -c max_connections=400 -c fsync=off", "start");
        // Agencies' policies do not bind a superuser, and no real desk is one.
        AsServer(Path.Combine(programs, "createuser"), "-h", "127.0.0.1", "-p", $"{Port}", "-U", "desk", "--no-superuser", "clerk");
        return ValueTask.CompletedTask;
    }

    /// <summary>The connection string of a new, empty database; skips the test where PostgreSQL is not installed.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        if (_folder is null) Assert.Skip("PostgreSQL is not installed: apt-get install postgresql");
        var name = $"desk{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Connection("postgres").Replace("Username=clerk", "Username=desk", StringComparison.Ordinal));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} OWNER clerk", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        NpgsqlConnection.ClearAllPools();
        AsServer(Path.Combine(Programs!, "pg_ctl"), "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        await Task.Run(() => Directory.Delete(_folder, recursive: true));
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={Port};Username=clerk;Database={database};Maximum Pool Size=20;Timeout=15;Connection Idle Lifetime=5;Connection Pruning Interval=2";

    private static void AsServer(string program, params string[] arguments)
    {
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else Run(program, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Its output goes to files: the server inherits these handles and would hold a pipe open for ever.
        var line = string.Join(' ', arguments.Prepend(program).Select(a => $"'{a}'"));
        using var process = Process.Start("sh", ["-c", $"{line} > /dev/null 2>&1 < /dev/null"]);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
