using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Delivery;

/// <summary>
/// Files that contacts sent. A file's path comes from its agency and a hash of a key the desk chose; the name the sender
/// gave is never part of it. A file is there whole or not at all. Two members: a directory of this machine, and the
/// database that all replicas share.
/// </summary>
internal abstract class FileStore
{
    private const int HashLetters = 64;
    private static readonly SearchValues<char> AgencyLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> HexLetters = SearchValues.Create("0123456789abcdef");

    /// <summary>Stores one file. The same key again replaces it.</summary>
    /// <param name="agency">Whose file it is: letters, digits, '-' and '_'.</param>
    /// <param name="key">Names the file among the agency's, for example channel and message id; any text.</param>
    /// <param name="fill">Writes the bytes; false means there is nothing worth keeping.</param>
    /// <param name="stopping">The desk is stopping.</param>
    /// <returns>The path to give to <see cref="Open"/> and <see cref="Delete"/>, or null when nothing was kept.</returns>
    /// <exception cref="ArgumentException">The agency is no safe name.</exception>
    /// <exception cref="IOException">There is no room, or the same file is being written at this moment.</exception>
    public abstract ValueTask<string?> WriteAsync(
        string agency, string key, Func<Stream, CancellationToken, ValueTask<bool>> fill, CancellationToken stopping);

    /// <returns>The file, for reading and seeking, or null when it is not (or no longer) there or the path is none of this store's.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public abstract Stream? Open(string path);

    /// <returns>True when the file was there and is gone now.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public abstract bool Delete(string path);

    /// <returns>Where a file with this key lies, whether or not it is there.</returns>
    /// <exception cref="ArgumentException">The agency is no safe name.</exception>
    public static string PathOf(string agency, string key)
    {
        if (!IsAgency(agency)) throw new ArgumentException("An agency's id holds letters, digits, '-' and '_' only.", nameof(agency));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return $"{agency}/{hash[..2]}/{hash}";
    }

    /// <summary>Only what <see cref="PathOf"/> can have made: nothing absolute, no "..", no other letters.</summary>
    protected static bool IsOurs(string path) =>
        path.Split('/') is [var agency, var folder, var hash] && IsAgency(agency)
        && hash.Length == HashLetters && !hash.AsSpan().ContainsAnyExcept(HexLetters) && folder == hash[..2];

    private static bool IsAgency(string agency) => agency.Length is > 0 and <= 64 && !agency.AsSpan().ContainsAnyExcept(AgencyLetters);
}
