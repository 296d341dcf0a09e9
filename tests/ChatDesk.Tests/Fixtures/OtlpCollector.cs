using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatDesk.Tests.Fixtures;

/// <summary>Takes what a desk exports over OTLP/HTTP, keeps every byte, and reads the spans out of it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpCollector(WebApplication application) => _application = application;

    public string Url => _application.Urls.First();

    /// <summary>Spans so far, as they came.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _received.Where(r => r.Path == "/v1/traces").SelectMany(r => ReadSpans(r.Body))];

    public bool Got(string path) => _received.Any(r => r.Path == path);

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._application.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            collector._received.Enqueue((http.Request.Path, body.ToArray()));
        });
        await collector._application.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Whether these words went over the wire anywhere.</summary>
    public bool Holds(string words) => _received.Any(r => r.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);

    /// <summary>The same, in one kind of what is exported.</summary>
    public bool Holds(string path, string words) => _received.Any(r => r.Path == path && r.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // resource_spans (1) > scope_spans (2) > spans (2); a span: trace_id (1), span_id (2), parent_span_id (4), name (5).
    private static IEnumerable<ReceivedSpan> ReadSpans(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select new ReceivedSpan(
            Convert.ToHexStringLower(Fields(span, 1).First().Span), Convert.ToHexStringLower(Fields(span, 2).First().Span),
            Convert.ToHexStringLower(Fields(span, 4).FirstOrDefault().Span), Encoding.UTF8.GetString(Fields(span, 5).First().Span), span);

    /// <summary>The length-delimited fields of one number in a protobuf message.</summary>
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    Number(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Number(message.Span, ref at);
                    if ((int)(key >> 3) == number) found.Add(message.Slice(at, length));
                    at += length;
                    break;
            }
        }
        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }
    }
}

/// <summary>A span as a collector sees it; ids in hex, the parent's empty for the first of a trace.</summary>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, ReadOnlyMemory<byte> Body)
{
    /// <summary>Spans of one process come from all its desks: an event's id tells whose a turn is.</summary>
    public bool Mentions(string id) => Body.Span.IndexOf(Encoding.UTF8.GetBytes(id)) >= 0;
}
