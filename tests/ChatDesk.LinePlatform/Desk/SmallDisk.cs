using System.Diagnostics;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>A small file system in memory, which can be full.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Size = "256m";

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="PlatformException">Only an administrator may mount.</exception>
    public static async Task<SmallDisk> MountAsync(string path)
    {
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", $"size={Size}", "chatdesk-small-disk", path]);
        await mount.WaitForExitAsync();
        return mount.ExitCode == 0 ? new(path) : throw new PlatformException("--disk-full mounts a small tmpfs, which needs root.");
    }

    /// <summary>Nothing more can be written for a while.</summary>
    public async Task FillAsync(TimeSpan time, CancellationToken cancel)
    {
        var ballast = System.IO.Path.Combine(Path, "ballast");
        try
        {
            await FillUpAsync(ballast, time, cancel);
        }
        finally
        {
            File.Delete(ballast);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var unmount = Process.Start("umount", ["--lazy", Path]);
        await unmount.WaitForExitAsync();
    }

    /// <summary>Takes every page that becomes free, too: a ledger that gives some back must not get them again.</summary>
    private static async Task FillUpAsync(string ballast, TimeSpan time, CancellationToken cancel)
    {
        var piece = new byte[4096];
        var begun = Stopwatch.GetTimestamp();
        await using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            try
            {
                file.Write(piece);
            }
            catch (IOException)
            {
                await Task.Delay(20, cancel);
            }
        }
    }
}
