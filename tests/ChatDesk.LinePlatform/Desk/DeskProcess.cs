using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>The desk under test as a process of its own, which can be killed and started again.</summary>
internal sealed class DeskProcess(DeskSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private Process? process;

    public DeskSettings Settings => settings;

    public int Id => process?.Id ?? throw new InvalidOperationException("The desk is not running.");

    /// <summary>Starts the desk and waits until GET /readyz is 200. One of several that finds no database ends, and is started again, as systemd does it.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        TaughtShelf.Lend(settings);
        process = Launch([], settings.LogFile);
        while (!await IsReadyAsync(cancel))
        {
            if (process.HasExited && settings.RestartsByItself && Stopwatch.GetElapsedTime(started) < StartPatience)
            {
                await Task.Delay(500, cancel);
                process.Dispose();
                process = Launch([], settings.LogFile);
            }
            if (process.HasExited) throw new PlatformException($"The desk ended by itself with code {process.ExitCode}. Its last words:\n{LastWords()}");
            if (Stopwatch.GetElapsedTime(started) > StartPatience) throw new PlatformException($"The desk was not ready after {StartPatience.TotalSeconds} s. Its last words:\n{LastWords()}");
            await Task.Delay(10, cancel);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until the desk has read its articles and says so.</summary>
    public async Task ContentReadAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        while (!LastWords().Contains("is listening", StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(started) > StartPatience) throw new PlatformException($"The desk did not read its content in {StartPatience.TotalSeconds} s. Its last words:\n{LastWords()}");
            await Task.Delay(50, cancel);
        }
    }

    /// <summary>kill -9: no warning, no clean-up.</summary>
    public async Task KillAsync()
    {
        if (process is null || process.HasExited) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the desk to end (SIGTERM), and kills it if it does not.</summary>
    public async Task StopAsync()
    {
        if (process is null || process.HasExited) return;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"the desk did not end within {StopPatience.TotalSeconds} s of SIGTERM: killed");
            await KillAsync();
        }
    }

    /// <summary>Runs one of the desk's own verbs in the same environment, to its end.</summary>
    public async Task RunVerbAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var log = settings.LogFile + $".{arguments[0]}-{Path.GetFileName(arguments.ElementAtOrDefault(1))}";
        using var verb = Launch(arguments, log);
        await using var stop = cancel.Register(verb.Kill);
        await verb.WaitForExitAsync(cancel);
        if (verb.ExitCode != 0) throw new PlatformException($"`ChatDesk {string.Join(' ', arguments)}` ended with code {verb.ExitCode}; see {log}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (process is not null) TaughtShelf.Keep(settings);
        process?.Dispose();
        http.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(settings.Url, "/readyz"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private Process Launch(IReadOnlyList<string> arguments, string log)
    {
        var start = new ProcessStartInfo("dotnet", [settings.Dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(settings.Dll),
        };
        foreach (var (name, value) in settings.Environment()) start.Environment[name] = value;
        var child = Process.Start(start) ?? throw new PlatformException("dotnet could not be started.");
        Children.Remember(child);
        _ = PumpAsync(child, log);
        return child;
    }

    /// <summary>Copies both streams of the child into one file as they come.</summary>
    private static async Task PumpAsync(Process child, string log)
    {
        var file = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using (file)
        {
            await Task.WhenAll(child.StandardOutput.BaseStream.CopyToAsync(file), child.StandardError.BaseStream.CopyToAsync(file));
        }
    }

    /// <summary>The last twenty lines it printed.</summary>
    public string LastWords()
    {
        using var reader = new StreamReader(new FileStream(settings.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(20));
    }
}

/// <summary>Every process this program started, so that none outlives it.</summary>
internal static class Children
{
    private static readonly List<Process> started = [];

    static Children() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    public static void Remember(Process child)
    {
        lock (started) started.Add(child);
    }

    private static void KillAll()
    {
        lock (started)
        {
            foreach (var child in started) TryKill(child);
        }
    }

    private static void TryKill(Process child)
    {
        try
        {
            if (!child.HasExited) child.Kill();
        }
        catch (InvalidOperationException)
        {
            // Disposed: it was waited for.
        }
    }
}
