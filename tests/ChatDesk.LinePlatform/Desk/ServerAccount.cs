using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>PostgreSQL and its companions refuse to run as root: they get the account that their package made, and folders it can reach.</summary>
internal static class ServerAccount
{
    private const string Account = "postgres";

    private static bool IsNeeded => Environment.UserName == "root";

    /// <summary>The folder of PostgreSQL's programs.</summary>
    /// <exception cref="PlatformException">PostgreSQL is not installed.</exception>
    public static string Programs()
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        return found ?? throw new PlatformException("PostgreSQL is not installed (Debian: apt-get install postgresql).");
    }

    /// <summary>Gives a folder, and the way to it, to the account.</summary>
    public static async Task GiveAsync(string folder)
    {
        if (!IsNeeded) return;
        await RunAsync("chown", "-R", Account, folder);
        for (var above = Directory.GetParent(folder); above?.Parent is not null; above = above.Parent) await RunAsync("chmod", "a+x", above.FullName);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="PlatformException">It ended with another code than 0.</exception>
    public static Task RunAsAsync(string program, params string[] arguments) =>
        IsNeeded ? RunAsync("runuser", ["-u", Account, "--", program, .. arguments]) : RunAsync(program, arguments);

    /// <summary>Starts a program that goes on.</summary>
    /// <param name="log">Where its output goes.</param>
    public static Process Start(string program, string log, params string[] arguments)
    {
        // setpriv and not runuser: it becomes the program, so that killing the process kills it and not its guardian.
        string[] line = IsNeeded ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", program, .. arguments] : [program, .. arguments];
        var process = Process.Start("sh", ["-c", $"cd / && exec {Quoted(line)} > '{log}' 2>&1 < /dev/null"]);
        Children.Remember(process);
        return process;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: a server inherits these handles and would hold a pipe open for ever.
        using var process = Process.Start("sh", ["-c", $"cd / && {Quoted([program, .. arguments])} > /dev/null 2>&1 < /dev/null"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new PlatformException($"{program} {string.Join(' ', arguments.Take(4))} ended with {process.ExitCode}");
    }

    private static string Quoted(IEnumerable<string> line) => string.Join(' ', line.Select(word => $"'{word}'"));
}
