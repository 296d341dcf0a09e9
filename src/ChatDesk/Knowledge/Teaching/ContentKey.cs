using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ChatDesk.Knowledge.Teaching;

/// <summary>
/// A number made of everything that teaching depends on: each text as it was read, and the program that reads it. Two knowledges
/// with one key teach the same.
/// </summary>
internal sealed class ContentKey
{
    private readonly XxHash128 _hash = new();

    public ContentKey()
    {
        // The program's own id changes with every build, so no rule of teaching can change unnoticed; the breaker's dictionary likewise.
        Add(typeof(ContentKey).Module.ModuleVersionId.ToString());
        Add(typeof(ICU4N.Text.BreakIterator).Assembly.FullName);
        Add(Environment.Version.ToString());
    }

    /// <summary>Adds a text, or that there is none. Its length goes along, so that no two rows of texts look alike.</summary>
    public void Add(string? text)
    {
        ReadOnlySpan<int> length = [text?.Length ?? -1];
        _hash.Append(MemoryMarshal.AsBytes(length));
        _hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    public UInt128 Value => _hash.GetCurrentHashAsUInt128();
}
