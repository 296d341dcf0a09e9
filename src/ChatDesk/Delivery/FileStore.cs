using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Delivery;

/// <summary>
/// Files that contacts sent, under one directory. A file's path comes from its agency and a hash of a key the desk chose;
/// the name the sender gave never touches the disk. A file is there whole or not at all.
/// </summary>
internal sealed class FileStore
{
    private const int HashLetters = 64;
    private static readonly SearchValues<char> AgencyLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> HexLetters = SearchValues.Create("0123456789abcdef");

    private readonly string _root;

    /// <param name="root">The directory; made when the first file comes.</param>
    public FileStore(string root) => _root = Path.GetFullPath(root);

    /// <summary>Stores one file. The same key again replaces it.</summary>
    /// <param name="agency">Whose file it is: letters, digits, '-' and '_'.</param>
    /// <param name="key">Names the file among the agency's, for example channel and message id; any text.</param>
    /// <param name="fill">Writes the bytes; false means there is nothing worth keeping.</param>
    /// <param name="stopping">The desk is stopping.</param>
    /// <returns>The path to give to <see cref="Open"/> and <see cref="Delete"/>, or null when nothing was kept.</returns>
    /// <exception cref="ArgumentException">The agency is no safe name.</exception>
    /// <exception cref="IOException">The disk is full, or the same file is being written at this moment.</exception>
    public async ValueTask<string?> WriteAsync(
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

    /// <returns>The file, for reading, or null when it is not (or no longer) there or the path is none of this store's.</returns>
    public Stream? Open(string path)
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

    /// <returns>True when the file was there and is gone now.</returns>
    public bool Delete(string path)
    {
        if (!IsOurs(path) || !File.Exists(Path.Combine(_root, path))) return false;
        File.Delete(Path.Combine(_root, path));
        return true;
    }

    /// <returns>Where a file with this key lies, whether or not it is there.</returns>
    /// <exception cref="ArgumentException">The agency is no safe name.</exception>
    public static string PathOf(string agency, string key)
    {
        if (!IsAgency(agency)) throw new ArgumentException("An agency's id holds letters, digits, '-' and '_' only.", nameof(agency));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return $"{agency}/{hash[..2]}/{hash}";
    }

    /// <summary>Only what <see cref="PathOf"/> can have made: nothing absolute, no "..", no other letters.</summary>
    private static bool IsOurs(string path) =>
        path.Split('/') is [var agency, var folder, var hash] && IsAgency(agency)
        && hash.Length == HashLetters && !hash.AsSpan().ContainsAnyExcept(HexLetters) && folder == hash[..2];

    private static bool IsAgency(string agency) => agency.Length is > 0 and <= 64 && !agency.AsSpan().ContainsAnyExcept(AgencyLetters);
}
