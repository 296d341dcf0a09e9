using System.Globalization;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>Where one run keeps everything it writes: journal, the desk's log and data, dumps, findings.</summary>
internal sealed class RunFolder
{
    private readonly bool chosen;

    private RunFolder(string path, bool chosen)
    {
        Path = Directory.CreateDirectory(path).FullName;
        this.chosen = chosen;
    }

    public string Path { get; }

    /// <param name="chosen">A folder the caller named: it is kept. Otherwise one is made under the system's temporary folder.</param>
    /// <exception cref="PlatformException">The folder holds something already.</exception>
    public static RunFolder Make(string? chosen, string verb, TimeProvider time)
    {
        if (Directory.Exists(chosen) && Directory.EnumerateFileSystemEntries(chosen).Any()) throw new PlatformException($"--folder {chosen} is not empty.");
        if (chosen is not null) return new(chosen, chosen: true);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        return new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "chatdesk-line-platform", $"{verb}-{stamp}"), chosen: false);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Folder(string name) => Directory.CreateDirectory(File(name)).FullName;

    /// <summary>After a clean run nobody wants the remains; after a bad one they are the evidence.</summary>
    public void Close(bool clean)
    {
        if (clean && !chosen) Directory.Delete(Path, recursive: true);
        else Console.WriteLine($"run folder: {Path}");
    }
}
