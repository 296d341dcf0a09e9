using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>A real redis-server on a free port with its append-only file in the run folder.</summary>
internal sealed class RedisServer(string folder) : IAsyncDisposable
{
    private readonly int port = FreePort.Pick();
    private Process? process;

    /// <summary>For the desk's <c>Redis:Configuration</c>.</summary>
    public string Configuration => $"127.0.0.1:{port},abortConnect=false";

    /// <summary>For clients that take an address.</summary>
    public Uri Url => new($"redis://127.0.0.1:{port}");

    public int Id => process?.Id ?? throw new InvalidOperationException("Redis is not running.");

    /// <exception cref="PlatformException">redis-server is not installed, or does not answer.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        process = Launch();
        for (var i = 0; i < 500; i++)
        {
            if (await AskAsync("PING", cancel) == "+PONG") return;
            await Task.Delay(20, cancel);
        }

        throw new PlatformException($"redis-server did not answer on port {port}.");
    }

    public async Task KillAsync()
    {
        if (process is null || process.HasExited) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Loses everything Redis holds.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var answer = await AskAsync("FLUSHALL", cancel);
        if (answer != "+OK") throw new PlatformException($"FLUSHALL was answered by: {answer}");
    }

    /// <summary>How many keys Redis holds; shows that the desk uses it at all.</summary>
    public async Task<long> KeyCountAsync(CancellationToken cancel) =>
        long.TryParse((await AskAsync("DBSIZE", cancel))?.TrimStart(':'), out var count) ? count : -1;

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("redis-server",
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "everysec",
            "--save", "", "--logfile", Path.Combine(folder, "redis.log"),
        ]);
        try
        {
            var child = Process.Start(start)!;
            Children.Remember(child);
            return child;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PlatformException("redis-server is not installed (Debian: apt-get install redis-server).");
        }
    }

    private async Task<string?> AskAsync(string command, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancel);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancel);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(cancel);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }
}
