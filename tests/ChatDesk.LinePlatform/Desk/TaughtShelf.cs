using System.Collections.Concurrent;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>
/// What one desk of this run has learnt from the articles (`DataDirectory/taught`), lent to the next one with an empty folder: teaching takes a processor a quarter of a minute, and is not what is
/// tried here. A desk that finds a file which does not fit its articles teaches itself.
/// </summary>
internal static class TaughtShelf
{
    private const string Folder = "taught";

    private static readonly ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);

    /// <summary>Before a desk starts.</summary>
    public static void Lend(DeskSettings settings)
    {
        var own = Path.Combine(settings.DataFolder, Folder);
        if (!Directory.Exists(own) && Kept.TryGetValue(settings.Dll, out var kept)) Copy(kept, own);
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
