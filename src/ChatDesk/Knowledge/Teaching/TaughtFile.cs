using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace ChatDesk.Knowledge.Teaching;

/// <summary>
/// What teaching gave, so that the next start with the same content and program need not teach again: seconds, when a desk must be
/// back at once. Never trusted further than its key and its checksum; missing, old, half written or forged by a disk, it counts as
/// empty, and a folder that cannot be written to only costs the time.
/// </summary>
internal sealed class TaughtFile
{
    private const int Format = 1;
    private const int LargestFile = 256 * 1024 * 1024;

    private readonly string? _path;
    private readonly UInt128 _key;
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);
    private bool _isNew;

    private TaughtFile(string? path, UInt128 key) => (_path, _key) = (path, key);

    /// <summary>Remembers nothing.</summary>
    public static TaughtFile None => new(null, default);

    /// <param name="path">Where the file is or will be.</param>
    /// <param name="key">From <see cref="ContentKey"/>.</param>
    public static TaughtFile Open(string path, UInt128 key)
    {
        var file = new TaughtFile(path, key);
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length <= LargestFile)
                file.Read(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file._parts.Clear();
        }

        return file;
    }

    /// <returns>What was taught under that name before, else what <paramref name="teach"/> gives now.</returns>
    public T[] Get<T>(string name, Func<T[]> teach)
        where T : unmanaged
    {
        if (_parts.TryGetValue(name, out var known))
            return MemoryMarshal.Cast<byte, T>(known).ToArray();
        var taught = teach();
        if (_path is not null)
        {
            _parts[name] = MemoryMarshal.AsBytes(taught.AsSpan()).ToArray();
            _isNew = true;
        }

        return taught;
    }

    /// <summary>Writes what is new: beside the file, then in its place, so that a reader never sees half of it. Lets go of all of it.</summary>
    public void Save()
    {
        if (_path is not null && _isNew)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
                File.WriteAllBytes(_path + ".part", Written());
                File.Move(_path + ".part", _path, overwrite: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The next start teaches again.
            }
        }

        _parts.Clear();
    }

    private byte[] Written()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write((ulong)(_key >> 64));
        writer.Write((ulong)_key);
        writer.Write(_parts.Count);
        foreach (var (name, bytes) in _parts)
        {
            writer.Write(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        writer.Write(XxHash64.HashToUInt64(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private void Read(byte[] bytes)
    {
        var body = bytes.Length - sizeof(ulong);
        if (body < 0 || XxHash64.HashToUInt64(bytes.AsSpan(0, body)) != BitConverter.ToUInt64(bytes, body))
            return;
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, body), Encoding.UTF8);
        if (reader.ReadInt32() != Format || new UInt128(reader.ReadUInt64(), reader.ReadUInt64()) != _key)
            return;
        for (var left = reader.ReadInt32(); left > 0; left--)
            _parts[reader.ReadString()] = reader.ReadBytes(reader.ReadInt32());
    }
}
