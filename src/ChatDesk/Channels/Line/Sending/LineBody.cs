using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>The JSON body of one call. Its buffer and writer are lent out again and again: sending is the desk's hottest path.</summary>
internal sealed class LineBody : IDisposable
{
    /// <summary>Bodies that grew beyond this are let go, so that one long text does not hold memory for ever.</summary>
    private const int LargestKept = 64 * 1024;

    /// <summary>Thai stays Thai: half the bytes of \u escapes. Safe because a JSON body is never read as HTML.</summary>
    public static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private int _readers;

    public LineBody() => _json = new(_buffer, Style);

    public ReadOnlyMemory<byte> Bytes => _buffer.WrittenMemory;

    /// <summary>False while a call that was given up may still be reading the buffer.</summary>
    public bool MayBeKept => Volatile.Read(ref _readers) == 0 && _buffer.Capacity <= LargestKept;

    /// <summary>Begins a new object; write its members, then <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        return _json;
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Writes objects <paramref name="from"/> up to five of them as <c>messages</c>, addressed by <c>replyToken</c> or <c>to</c>.</summary>
    public void WriteMessages(ReadOnlySpan<byte> addressName, string address, List<LineMessage> messages, int from)
    {
        var json = Begin();
        json.WriteString(addressName, address);
        json.WriteStartArray("messages"u8);
        for (var i = from; i < messages.Count && i < from + LineLimits.MessagesPerCall; i++) messages[i].Write(json);
        json.WriteEndArray();
        End();
    }

    public void Dispose() => _json.Dispose();

    /// <returns>The body as the content of one request. A second try needs a second content.</returns>
    public HttpContent AsContent() => new Content(this);

    private sealed class Content : HttpContent
    {
        private readonly LineBody _body;

        public Content(LineBody body)
        {
            _body = body;
            Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken stopping)
        {
            Interlocked.Increment(ref _body._readers);
            await stream.WriteAsync(_body.Bytes, stopping);
            // Not in a finally: after a fault the socket may still hold the buffer, so it must not be lent out again.
            Interlocked.Decrement(ref _body._readers);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Bytes.Length;
            return true;
        }
    }
}
