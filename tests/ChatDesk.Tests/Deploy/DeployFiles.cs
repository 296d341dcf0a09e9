using System.ComponentModel;
using System.Diagnostics;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Deploy;

/// <summary>The folder <c>deploy/</c>, and the field's own programs that read it.</summary>
internal static class DeployFiles
{
    public static string PathOf(string name) => Path.Combine(DemoFolders.Root, "deploy", name);

    public static IEnumerable<string> Kubernetes => Directory.EnumerateFiles(PathOf("kubernetes"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Runs a program to its end; skips the test where it is not installed.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        try
        {
            using var running = Process.Start(start)!;
            var errors = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await running.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (running.ExitCode, output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed (tests/run.sh installs it)");
            throw;
        }
    }
}
