using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ChatDesk.Knowledge.Teaching;

/// <summary>
/// What teaching gave, so that the next start with the same content and program need not teach again: seconds, when a desk must be
/// back at once. Each part is written as soon as it is taught, so a desk that is killed while it learns goes on from there. Never
/// trusted further than its key and its checksum; missing, old, half written or forged by a disk, it counts as empty, and a folder
/// that cannot be written to only costs the time. Parts may be taught on several threads. They are kept packed: three quarters of
/// the classifier's table, which is nearly all of it, are cells that nothing was learnt in.
/// </summary>
internal sealed class TaughtFile
{
    private const int Format = 2;
    private const int LargestFile = 256 * 1024 * 1024;

    private readonly string? _path;
    private readonly UInt128 _key;
    private readonly Dictionary<string, byte[]> _packed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

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
            file._packed.Clear();
        }

        return file;
    }

    /// <returns>What was taught under that name before, else what <paramref name="teach"/> gives now.</returns>
    public T[] Get<T>(string name, Func<T[]> teach)
        where T : unmanaged
    {
        if (Known(name) is { } known)
            return Unpacked<T>(known);
        var taught = teach();
        if (_path is null)
            return taught;
        var packed = Packed(MemoryMarshal.AsBytes(taught.AsSpan()));
        lock (_gate)
        {
            _packed[name] = packed;
            Write(_path);
        }

        return taught;
    }

    /// <summary>Forgets parts that nothing will ask for again, here and on the disk.</summary>
    public void Drop(IEnumerable<string> names)
    {
        lock (_gate)
        {
            var before = _packed.Count;
            foreach (var name in names)
                _packed.Remove(name);
            if (_packed.Count < before && _path is not null)
                Write(_path);
        }
    }

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        packed.Write(BitConverter.GetBytes(bytes.Length));
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(bytes);
        return packed.ToArray();
    }

    private static T[] Unpacked<T>(byte[] packed)
        where T : unmanaged
    {
        var numbers = new T[BitConverter.ToInt32(packed) / Unsafe.SizeOf<T>()];
        using var stream = new ZLibStream(new MemoryStream(packed, sizeof(int), packed.Length - sizeof(int)), CompressionMode.Decompress);
        stream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private byte[]? Known(string name)
    {
        lock (_gate) return _packed.GetValueOrDefault(name);
    }

    /// <summary>Writes all that is known: beside the file, then in its place, so that no reader and no crash ever sees half of it.</summary>
    private void Write(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path + ".part", Written());
            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next start teaches again what is not there.
        }
    }

    private byte[] Written()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write((ulong)(_key >> 64));
        writer.Write((ulong)_key);
        writer.Write(_packed.Count);
        foreach (var (name, bytes) in _packed)
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
            _packed[reader.ReadString()] = reader.ReadBytes(reader.ReadInt32());
    }
}
