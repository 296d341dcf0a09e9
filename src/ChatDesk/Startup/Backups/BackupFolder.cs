using System.Security.Cryptography;

namespace ChatDesk.Startup.Backups;

/// <summary>
/// A backup on disk: a folder of files with <c>SHA256SUMS</c> beside them, in the form that <c>sha256sum -c</c> reads. It has its
/// name only once it is whole; until then it is called <c>….part</c>.
/// </summary>
internal sealed class BackupFolder
{
    public const string Sums = "SHA256SUMS";

    private readonly string _path;

    private BackupFolder(string path) => _path = path;

    /// <summary>Begins a backup; nobody but the owner may look into it, since it holds what contacts wrote, and the keys.</summary>
    /// <exception cref="BackupException">There is something of that name already.</exception>
    public static BackupFolder Begin(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path) || File.Exists(path)) throw new BackupException($"{path} is there already: name a new folder");
        var part = path + ".part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        Directory.CreateDirectory(part);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(part);
    }

    /// <exception cref="BackupException">There is no backup there.</exception>
    public static BackupFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(Path.Combine(path, Sums))) throw new BackupException($"{path} is no backup: it holds no {Sums}");
        return new(path);
    }

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Copies everything below a folder; what disappears meanwhile was taken back by its contact and is left out.</summary>
    public void Take(string from, string name)
    {
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith(".part", StringComparison.Ordinal)) continue;
            var to = Path.Combine(_path, name, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            try
            {
                File.Copy(file, to);
            }
            catch (FileNotFoundException)
            {
                File.Delete(to);
            }
        }
    }

    /// <summary>Copies one of the backup's folders, if it has it, to where the desk looks for it.</summary>
    public void Give(string name, string to)
    {
        var from = this[name];
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>Puts every file on the disk, writes the sums, and gives the backup its name.</summary>
    /// <returns>How many files it holds, and how many bytes.</returns>
    public (int Files, long Bytes) Seal()
    {
        var bytes = 0L;
        var lines = new List<string>();
        foreach (var name in Names())
        {
            using var file = new FileStream(this[name], FileMode.Open, FileAccess.ReadWrite);
            lines.Add($"{Convert.ToHexStringLower(SHA256.HashData(file))}  {name}");
            bytes += file.Length;
            file.Flush(flushToDisk: true);
        }
        using (var sums = new FileStream(this[Sums], FileMode.CreateNew))
        {
            sums.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            sums.Flush(flushToDisk: true);
        }
        Directory.Move(_path, _path[..^".part".Length]);
        return (lines.Count, bytes);
    }

    /// <summary>Compares every byte with its sum, and the list of files with what is there.</summary>
    /// <exception cref="BackupException">Something was changed, is missing, or was put in; all of it is named.</exception>
    public int Verify()
    {
        var faults = new List<string>();
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(this[Sums]))
        {
            if (line.Length < 67 || line[64..66] != "  " || !expected.TryAdd(line[66..], line[..64])) faults.Add($"{Sums}: a line cannot be read");
        }
        var there = Names().ToHashSet(StringComparer.Ordinal);
        foreach (var name in expected.Keys.Except(there)) faults.Add($"{name} is missing");
        foreach (var name in there.Except(expected.Keys)) faults.Add($"{name} is not in {Sums}");
        foreach (var name in there.Intersect(expected.Keys))
        {
            using var file = File.OpenRead(this[name]);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != expected[name]) faults.Add($"{name} is not what was written");
        }
        if (faults.Count > 0) throw new BackupException($"the backup is damaged:\n  {string.Join("\n  ", faults)}");
        return expected.Count;
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_path, file).Replace('\\', '/')).Where(name => name != Sums).Order(StringComparer.Ordinal);
}

/// <summary>A backup that cannot be made, read or put back, with what to do about it.</summary>
internal sealed class BackupException(string message) : Exception(message);
