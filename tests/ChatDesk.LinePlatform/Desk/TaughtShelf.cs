using System.Collections.Concurrent;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>
/// What one desk of this run has learnt from the articles (`DataDirectory/taught`), lent to the next one with an empty folder: teaching takes a processor a quarter of a minute, and is not what is
/// tried here. A desk that finds a file which does not fit its articles teaches itself. The variable <see cref="Variable"/> names a shelf that several programs share.
/// </summary>
internal static class TaughtShelf
{
    /// <summary>Names the folder of a shelf that outlives this program; set by tests/run.sh.</summary>
    public const string Variable = "CHATDESK_TAUGHT_SHELF";

    private const string Folder = "taught";

    private static readonly ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);

    /// <summary>The shared shelf; null where there is none.</summary>
    public static string? Shared { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>What was learnt from the demo's articles; null without a shared shelf. May not be there yet.</summary>
    public static string? SharedFile => Shared is null ? null : Path.Combine(Shared, Folder, "demo.bin");

    /// <summary>Before a desk starts.</summary>
    public static void Lend(DeskSettings settings)
    {
        var own = Path.Combine(settings.DataFolder, Folder);
        if (Directory.Exists(own)) return;
        if (Kept.TryGetValue(settings.Dll, out var kept)) Copy(kept, own);
        else if (Shared is not null && Directory.Exists(Path.Combine(Shared, Folder))) Copy(Path.Combine(Shared, Folder), own);
    }

    /// <summary>Before a desk of this process reads an agency's content, which may be a copy of the demo's.</summary>
    public static void Lend(string dataFolder, string agency)
    {
        var own = Path.Combine(dataFolder, Folder, agency + ".bin");
        if (SharedFile is not { } shared || !File.Exists(shared) || File.Exists(own)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        File.Copy(shared, own);
    }

    /// <summary>After a desk has ended.</summary>
    public static void Keep(DeskSettings settings)
    {
        var own = Path.Combine(settings.DataFolder, Folder);
        if (!Directory.Exists(own) || Kept.ContainsKey(settings.Dll)) return;
        var shelf = Directory.CreateTempSubdirectory("chatdesk-taught-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(shelf, recursive: true);
        Copy(own, shelf);
        Kept.TryAdd(settings.Dll, shelf);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*.bin")) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
