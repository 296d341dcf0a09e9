using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>A row of the desk's inbox, as its verb <c>ledger dump</c> tells it.</summary>
/// <param name="Arrival">Rises with the order of storing.</param>
/// <param name="State"><c>done</c>, <c>pending</c> or <c>quarantined</c>.</param>
internal sealed record InboxRow(string Agency, string Channel, string Address, string EventId, long EventTime, long Arrival, string State);

/// <summary>A row of the desk's outbox.</summary>
/// <param name="Id"><c>{eventId}:{n}</c>.</param>
/// <param name="State"><c>sent</c>, <c>pending</c>, <c>blocked</c> or <c>unknown</c>.</param>
internal sealed record OutboxRow(string Id, string Agency, string Channel, string Address, long Turn, string State, string? Reason)
{
    /// <summary>The event it answers.</summary>
    public string EventId { get; } = Id[..Math.Max(Id.LastIndexOf(':'), 0)];

    /// <summary>Its place among the answers to that event.</summary>
    public int Index { get; } = int.TryParse(Id.AsSpan(Id.LastIndexOf(':') + 1), out var n) ? n : 0;
}

/// <summary>A line of a transcript; the dump gives them in reading order.</summary>
/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="ActivityId">For <c>in</c>: the event's id.</param>
internal sealed record TranscriptRow(string Agency, string Channel, string Address, long At, string Direction, string? ActivityId);

/// <summary>Something a turn asked another room to do, for example <c>case</c>.</summary>
/// <param name="Effect">Its kind.</param>
internal sealed record EffectRow(string Agency, string Channel, string Address, long Turn, [property: JsonPropertyName("kind")] string Effect);

/// <summary>The desk's ledger, read from the file its own verb wrote, so that this program knows no schema.</summary>
internal sealed record LedgerDump(IReadOnlyList<InboxRow> Inbox, IReadOnlyList<OutboxRow> Outbox, IReadOnlyList<TranscriptRow> Transcript, IReadOnlyList<EffectRow> Effects)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = false };

    public static LedgerDump Read(IEnumerable<string> lines)
    {
        List<InboxRow> inbox = [];
        List<OutboxRow> outbox = [];
        List<TranscriptRow> transcript = [];
        List<EffectRow> effects = [];
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            switch (JsonSerializer.Deserialize<Tag>(line, Json)?.Kind)
            {
                case "inbox": inbox.Add(JsonSerializer.Deserialize<InboxRow>(line, Json)!); break;
                case "outbox": outbox.Add(JsonSerializer.Deserialize<OutboxRow>(line, Json)!); break;
                case "transcript": transcript.Add(JsonSerializer.Deserialize<TranscriptRow>(line, Json)!); break;
                case "effect": effects.Add(JsonSerializer.Deserialize<EffectRow>(line, Json)!); break;
            }
        }

        return new(inbox, outbox, transcript, effects);
    }

    private sealed record Tag([property: JsonPropertyName("t")] string Kind);
}
