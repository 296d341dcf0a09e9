using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>A real PostgreSQL server on a free port with its data in the run folder; as durable as it is shipped.</summary>
internal sealed class PostgresServer(string folder) : IAsyncDisposable
{
    private readonly string data = Path.Combine(folder, "data");
    private readonly string log = Path.Combine(folder, "server.log");
    private bool running;

    public int Port { get; } = FreePort.Pick();

    /// <param name="port">The server's own, or that of something between.</param>
    public static string ConnectionString(int port) => $"Host=127.0.0.1;Port={port};Username=desk;Database=postgres";

    /// <exception cref="PlatformException">PostgreSQL is not installed, or does not start.</exception>
    public async Task CreateAsync()
    {
        // The server refuses to run as root: it gets the account that its package made, and a folder it can reach.
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", folder);
            for (var above = Directory.GetParent(folder); above?.Parent is not null; above = above.Parent) await RunAsync("chmod", "a+x", above.FullName);
        }
        await AsServerAsync("initdb", "-D", data, "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    public async Task StartAsync()
    {
        await AsServerAsync("pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", $"-p {Port} -h 127.0.0.1 -k {folder} -c max_connections=200", "start");
        running = true;
    }

    /// <param name="how"><c>fast</c> ends its clients, <c>immediate</c> is a crash.</param>
    public async Task StopAsync(string how)
    {
        if (!running) return;
        running = false;
        await AsServerAsync("pg_ctl", "-D", data, "-m", how, "-w", "stop");
    }

    public async ValueTask DisposeAsync() => await StopAsync("immediate");

    private static Task AsServerAsync(string program, params string[] arguments)
    {
        var path = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", program)).FirstOrDefault(File.Exists)
            : null;
        if (path is null) throw new PlatformException("PostgreSQL is not installed (Debian: apt-get install postgresql).");
        return Environment.UserName == "root" ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server inherits these handles and would hold a pipe open for ever.
        var line = string.Join(' ', arguments.Prepend(program).Select(a => $"'{a}'"));
        using var process = Process.Start("sh", ["-c", $"cd / && {line} > /dev/null 2>&1 < /dev/null"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new PlatformException($"{program} {arguments.ElementAtOrDefault(0)} ended with {process.ExitCode}");
    }
}
