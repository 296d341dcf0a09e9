using System.Text.Json;

namespace ChatDesk.Channels.Line.Receiving;

/// <summary>
/// Finds the events in a webhook body without reading into them, so that one bad event cannot spoil its neighbours:
/// each comes out as the bytes it came in.
/// </summary>
internal static class LineWebhookBody
{
    private static readonly JsonReaderOptions Tolerant = new()
    {
        // An event nested a thousand deep is refused on its own, later; here it only has to be stepped over.
        MaxDepth = 100_000,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <param name="body">The raw body, UTF-8.</param>
    /// <param name="events">Slices of the body, one an event, in order; those found before a fault stay valid.</param>
    /// <param name="fault">Why the body could not be read to its end; null when it could.</param>
    public static void Split(ReadOnlyMemory<byte> body, List<ReadOnlyMemory<byte>> events, out string? fault)
    {
        fault = null;
        try
        {
            var reader = new Utf8JsonReader(WithoutMark(body.Span, out var offset), Tolerant);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                fault = "the body is not a JSON object";
                return;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isEvents = reader.ValueTextEquals("events"u8);
                reader.Read();
                if (!isEvents) reader.Skip();
                else if (reader.TokenType == JsonTokenType.StartArray) SliceArray(ref reader, body, offset, events);
                else if (reader.TokenType != JsonTokenType.Null) fault = "'events' is not a list";
            }
        }
        catch (JsonException broken)
        {
            fault = $"the body is not JSON at byte {broken.BytePositionInLine}";
        }
    }

    private static void SliceArray(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, int offset, List<ReadOnlyMemory<byte>> events)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex + offset;
            reader.Skip();
            events.Add(body[start..((int)reader.BytesConsumed + offset)]);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body, out int offset)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        offset = body.StartsWith(mark) ? mark.Length : 0;
        return body[offset..];
    }
}
