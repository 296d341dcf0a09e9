namespace ChatDesk.Delivery;

/// <summary>Files under one directory of this machine.</summary>
internal sealed class DiskFiles : FileStore
{
    private readonly string _root;

    /// <param name="root">The directory; made when the first file comes.</param>
    public DiskFiles(string root) => _root = Path.GetFullPath(root);

    public override async ValueTask<string?> WriteAsync(
        string agency, string key, Func<Stream, CancellationToken, ValueTask<bool>> fill, CancellationToken stopping)
    {
        var path = PathOf(agency, key);
        var full = Path.Combine(_root, path);
        // One name for each file, so a crash leaves at most one piece behind and the next try writes over it.
        var unfinished = full + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // Outside the try: whoever cannot open it must not delete it, another is writing it.
        var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None);
        var kept = false;
        try
        {
            await using (stream)
            {
                kept = await fill(stream, stopping);
                // On the disk before it has its name: after a power cut the name must not point to nothing.
                if (kept) stream.Flush(flushToDisk: true);
            }
            if (kept) File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            if (!kept) File.Delete(unfinished);
        }
        return kept ? path : null;
    }

    public override Stream? Open(string path)
    {
        if (!IsOurs(path)) return null;
        try
        {
            return new FileStream(Path.Combine(_root, path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public override bool Delete(string path)
    {
        if (!IsOurs(path) || !File.Exists(Path.Combine(_root, path))) return false;
        File.Delete(Path.Combine(_root, path));
        return true;
    }
}
