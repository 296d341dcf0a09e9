using System.Buffers;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Receiving;

/// <summary>
/// <c>POST /line/{agency}/webhook</c>. In this order: size, signature over the raw bytes, split, store, and only then 200.
/// Whatever carries a valid signature is kept, understood or not.
/// </summary>
/// <remarks>
/// 200 stored (also for an empty list, which LINE's Verify button sends); 401 the signature is missing or wrong, nothing
/// was stored; 404 no such agency; 413 over 4 MiB; 503 the ledger is down, LINE delivers again.
/// </remarks>
internal sealed class LineWebhookEndpoint
{
    /// <summary>100 events of 5,000 Thai letters, escaped, are about 3 MB (reliability.md B1).</summary>
    public const long BodyLimit = 4 * 1024 * 1024;

    /// <summary>LINE waits two seconds (protocols.md 1.1); what has not begun to be written by now would be ready too late.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1.5);

    private const string SignatureHeader = "x-line-signature";

    private readonly Dictionary<string, LineSignature> _signatures;
    private readonly ILedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger<LineWebhookEndpoint> _log;

    public LineWebhookEndpoint(LineOptions options, ILedger ledger, TimeProvider time, ILogger<LineWebhookEndpoint> log)
    {
        _signatures = options.Agencies.ToDictionary(a => a.Key, a => new LineSignature(a.Value.ChannelSecrets), StringComparer.Ordinal);
        _ledger = ledger;
        _time = time;
        _log = log;
    }

    public async Task HandleAsync(HttpContext http)
    {
        var agency = (string)http.Request.RouteValues["agency"]!;
        if (!_signatures.TryGetValue(agency, out var signature))
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "no agency of this name has a LINE account here");
            return;
        }
        if (await ReadBodyAsync(http.Request) is not { } body)
        {
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, $"the body is larger than {BodyLimit} bytes");
            return;
        }
        var headers = http.Request.Headers[SignatureHeader];
        if (headers.Count != 1 || !signature.Verifies(body.Span, headers[0]))
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "the signature does not fit the body");
            return;
        }
        using var span = DeskTraces.Receive(agency, LineActivityMapper.Channel);
        try
        {
            await _ledger.AcceptAsync(DeskTraces.Mark(Entries(agency, body)), Patience.Of(Wait));
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
        catch (LedgerException fault)
        {
            DeskMeters.Refused(agency, LineActivityMapper.Channel);
            _log.LogError("Webhook of agency {Agency} was not stored: {Fault}", agency, fault.Message);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "the ledger is not available, deliver again");
        }
    }

    private List<InboxEntry> Entries(string agency, ReadOnlyMemory<byte> body)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        LineWebhookBody.Split(body, events, out var fault);
        var now = _time.GetUtcNow();
        var entries = new List<InboxEntry>(events.Count + 1);
        foreach (var raw in events) entries.Add(LineActivityMapper.Map(agency, raw, now));
        if (fault is not null) entries.Add(LineActivityMapper.Quarantined(agency, body, now, fault));
        foreach (var entry in entries)
        {
            if (entry.Fault is not null) _log.LogWarning("Event {Event} of agency {Agency} goes to quarantine: {Reason}", entry.Activity.Id, agency, entry.Fault);
        }
        return entries;
    }

    /// <returns>The whole body, or null when it is over the limit.</returns>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > BodyLimit) return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > BodyLimit) return null;
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error = message }, http.RequestAborted);
    }
}
