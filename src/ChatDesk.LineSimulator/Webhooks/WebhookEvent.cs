using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>
/// One event as LINE would send it, the same bytes every time except for <c>isRedelivery</c>: a redelivery keeps id,
/// reply token and timestamp (recv, ref@25900).
/// </summary>
internal sealed class WebhookEvent
{
    /// <summary>LINE writes Thai as it is, not as \u escapes.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string before;
    private readonly string after;

    public WebhookEvent(JsonObject json)
    {
        const string mark = "\"isRedelivery\":false";
        Type = json["type"]!.GetValue<string>();
        Id = json["webhookEventId"]!.GetValue<string>();
        ReplyToken = json["replyToken"]?.GetValue<string>();
        MessageId = json["message"]?["id"]?.GetValue<string>();
        At = DateTimeOffset.FromUnixTimeMilliseconds(json["timestamp"]!.GetValue<long>());
        var text = json.ToJsonString(Plain);
        var cut = text.IndexOf(mark, StringComparison.Ordinal);
        before = text[..cut];
        after = text[(cut + mark.Length)..];
    }

    public string Type { get; }

    /// <summary>The <c>webhookEventId</c>, a ULID.</summary>
    public string Id { get; }

    public string? ReplyToken { get; }

    public string? MessageId { get; }

    /// <summary>When it happened; milliseconds.</summary>
    public DateTimeOffset At { get; }

    public string Json(bool isRedelivery) => $"{before}\"isRedelivery\":{(isRedelivery ? "true" : "false")}{after}";

    /// <summary>The body of one webhook call (w:43-67).</summary>
    public static byte[] Body(string destination, IReadOnlyList<WebhookEvent> events, bool isRedelivery) =>
        Encoding.UTF8.GetBytes($"{{\"destination\":\"{destination}\",\"events\":[{string.Join(',', events.Select(e => e.Json(isRedelivery)))}]}}");
}
