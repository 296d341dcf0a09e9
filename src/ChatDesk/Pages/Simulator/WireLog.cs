using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ChatDesk.Pages.Simulator;

/// <summary>
/// What happened between a simulated LINE and the desk, in order, as the page draws it: the phones and the log beside them are
/// both made from these entries, so whoever opens the page later sees the same.
/// </summary>
internal sealed class WireLog(TimeProvider time)
{
    /// <summary>Enough for an afternoon of trying; older entries go.</summary>
    private const int Most = 2_000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _first;

    /// <summary>Adds an entry; <c>at</c> (milliseconds since 1970) is filled in.</summary>
    public void Add(string kind, JsonObject entry)
    {
        entry["kind"] = kind;
        entry["at"] = time.GetUtcNow().ToUnixTimeMilliseconds();
        TaskCompletionSource grown;
        lock (_gate)
        {
            _entries.Add(entry.ToJsonString(Json));
            if (_entries.Count > Most)
            {
                _entries.RemoveAt(0);
                _first++;
            }
            (grown, _grown) = (_grown, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        grown.TrySetResult();
    }

    /// <summary>Entries from a number on, and a task that ends when there are more.</summary>
    public (IReadOnlyList<string> Entries, long Next, Task Grown) From(long number)
    {
        lock (_gate)
        {
            var skip = (int)Math.Clamp(number - _first, 0, _entries.Count);
            return ([.. _entries.Skip(skip)], _first + _entries.Count, _grown.Task);
        }
    }
}
