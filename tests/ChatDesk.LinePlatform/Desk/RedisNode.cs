using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>One redis-server process on a free port, with everything it writes in a folder of its own.</summary>
/// <param name="folder">Its folder.</param>
/// <param name="arguments">What makes it different from its neighbours; a file first, if it has one.</param>
internal sealed class RedisNode(string folder, params string[] arguments) : IAsyncDisposable
{
    private Process? process;

    public int Port { get; } = FreePort.Pick();

    public int Id => process?.Id ?? throw new InvalidOperationException("Redis is not running.");

    /// <exception cref="PlatformException">redis-server is not installed, or does not answer.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        process?.Dispose();
        process = Launch();
        await UntilAsync(async () => await AskAsync(cancel, "PING") == "PONG", $"redis-server did not answer on port {Port}", cancel);
    }

    public async Task KillAsync()
    {
        if (process is null || process.HasExited) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>One command, by redis-cli.</summary>
    /// <returns>What it printed; empty when nobody answers.</returns>
    public async Task<string> AskAsync(CancellationToken cancel, params string[] words)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", $"{Port}", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var client = Process.Start(start)!;
        var printed = client.StandardOutput.ReadToEndAsync(cancel);
        await client.WaitForExitAsync(cancel);
        return client.ExitCode == 0 ? (await printed).Trim() : "";
    }

    /// <summary>Whether others follow it.</summary>
    public async Task<bool> IsMasterAsync(CancellationToken cancel) => (await AskAsync(cancel, "ROLE")).StartsWith("master", StringComparison.Ordinal);

    /// <summary>Whether it follows somebody and has everything of his.</summary>
    public async Task<bool> FollowsAsync(CancellationToken cancel) => (await AskAsync(cancel, "ROLE")).Split('\n') is ["slave", _, _, "connected", ..];

    /// <summary>Waits for something that a few seconds bring.</summary>
    /// <exception cref="PlatformException">It did not come.</exception>
    public static async Task UntilAsync(Func<Task<bool>> come, string otherwise, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await come())
        {
            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(60)) throw new PlatformException(otherwise);
            await Task.Delay(100, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
    }

    private Process Launch()
    {
        Directory.CreateDirectory(folder);
        var file = arguments.Length > 0 && !arguments[0].StartsWith("--", StringComparison.Ordinal) ? 1 : 0;
        string[] mine = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder, "--logfile", Path.Combine(folder, "redis.log")];
        try
        {
            var child = Process.Start(new ProcessStartInfo("redis-server", [.. arguments[..file], .. mine, .. arguments[file..]]))!;
            Children.Remember(child);
            return child;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PlatformException("redis-server is not installed (Debian: apt-get install redis-server redis-tools).");
        }
    }
}
