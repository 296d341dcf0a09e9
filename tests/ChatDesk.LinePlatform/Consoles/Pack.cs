using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ChatDesk.LinePlatform.Consoles;

/// <summary>As much of MessagePack as a live page speaks with its server.</summary>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public PackWriter Array(int count) => Byte((byte)(0x90 | count));

    public PackWriter EmptyMap() => Byte(0x80);

    public PackWriter Nil() => Byte(0xC0);

    public PackWriter Bool(bool value) => Byte(value ? (byte)0xC3 : (byte)0xC2);

    public PackWriter Number(long value)
    {
        if (value is >= 0 and < 128) return Byte((byte)value);
        Byte(0xD3);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        bytes.Write(eight);
        return this;
    }

    public PackWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Byte(0xDB);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, utf8.Length);
        bytes.Write(four);
        bytes.Write(utf8);
        return this;
    }

    /// <summary>The message with its length before it, as the hub expects it.</summary>
    public byte[] Framed()
    {
        var length = bytes.WrittenCount;
        var framed = new MemoryStream(length + 5);
        for (var rest = length; ; rest >>= 7)
        {
            framed.WriteByte((byte)(rest < 128 ? rest : (rest & 127) | 128));
            if (rest < 128) break;
        }
        framed.Write(bytes.WrittenSpan);
        return framed.ToArray();
    }

    private PackWriter Byte(byte value)
    {
        bytes.Write([value]);
        return this;
    }
}

/// <summary>Reads what <see cref="PackWriter"/> writes, and what the server answers.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    /// <summary>The next framed message of a buffer, or nothing while it is incomplete.</summary>
    public static bool TryFrame(ReadOnlySpan<byte> buffer, out Range message)
    {
        message = default;
        int length = 0, at = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (at >= buffer.Length) return false;
            length |= (buffer[at] & 127) << shift;
            if (buffer[at++] < 128) break;
        }
        if (buffer.Length - at < length) return false;
        message = at..(at + length);
        return true;
    }

    public int Array() => Take(1)[0] switch
    {
        var b and >= 0x90 and <= 0x9F => b & 15,
        0xDC => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xDD => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var other => throw new FormatException($"no array: {other:x}"),
    };

    public long Number() => Take(1)[0] switch
    {
        var b and < 0x80 => b,
        var b and >= 0xE0 => (sbyte)b,
        0xCC => Take(1)[0],
        0xCD => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xCE => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xCF or 0xD3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xD0 => (sbyte)Take(1)[0],
        0xD1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xD2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var other => throw new FormatException($"no number: {other:x}"),
    };

    /// <summary>A text or a heap of bytes; empty for nil.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(1)[0] switch
    {
        0xC0 => [],
        var b and >= 0xA0 and <= 0xBF => Take(b & 31),
        0xC4 or 0xD9 => Take(Take(1)[0]),
        0xC5 or 0xDA => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xC6 or 0xDB => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var other => throw new FormatException($"no text: {other:x}"),
    };

    /// <summary>An empty map; headers are never used here.</summary>
    public void Map()
    {
        if (Take(1)[0] != 0x80) throw new FormatException("no empty map");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
