using System.Text;
using System.Text.Json;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Validation;

namespace ChatDesk.LineSimulator.Api;

/// <summary>What goes back to the bot.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON in UTF-8; empty when a <see cref="File"/> is sent.</param>
internal sealed record LineAnswer(int Status, byte[] Body)
{
    /// <summary>The request id of the call that was accepted before (<c>x-line-accepted-request-id</c>), with 409.</summary>
    public string? AcceptedRequestId { get; init; }

    /// <summary>A file to stream instead of the body.</summary>
    public SentContent? File { get; init; }

    /// <summary>How many bytes of <see cref="File"/> to send; a preview is smaller than its picture.</summary>
    public long FileBytes { get; init; }

    public static LineAnswer Empty { get; } = new(200, "{}"u8.ToArray());

    public static LineAnswer Accepted { get; } = new(202, "{}"u8.ToArray());

    public static LineAnswer Json(int status, string json) => new(status, Encoding.UTF8.GetBytes(json));

    /// <summary>Writes an object with the fields that <paramref name="write"/> adds.</summary>
    public static LineAnswer Object(int status, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new(status, stream.ToArray());
    }
}

/// <summary>LINE's refusals, word for word (protocols.md 2.5 and its file of captured errors), except where a comment says otherwise.</summary>
internal static class LineErrors
{
    public static LineAnswer InvalidReplyToken { get; } = Message(400, "Invalid reply token");

    public static LineAnswer FailedToSend { get; } = Message(400, "Failed to send messages");

    public static LineAnswer RateLimited { get; } = Message(429, "The API rate limit has been exceeded. Try again later.");

    public static LineAnswer QuotaUsedUp { get; } = Message(429, "You have reached your monthly limit.");

    public static LineAnswer ServerError { get; } = Message(500, "Internal server error");

    public static LineAnswer NoProfile { get; } = Message(404, "Not found");

    public static LineAnswer NotFound { get; } = Message(404, "not found");

    public static LineAnswer ContentGone { get; } = Message(410, "The content is gone");

    public static LineAnswer NoTranscoding { get; } = Message(400, "Transcoding status doesn't support this type of content");

    public static LineAnswer NoPreview { get; } = Message(400, "The content can not be previewed");

    public static LineAnswer InvalidReadToken { get; } = Message(400, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.");

    // The wording of the next five is ours: LINE publishes only their status.
    public static LineAnswer Unauthorized { get; } = Message(401, "Authentication failed. Confirm that the access token in the authorization header is valid.");

    public static LineAnswer TooLarge { get; } = Message(413, "Request entity too large");

    public static LineAnswer NotJson { get; } = Message(400, "The request body could not be parsed as JSON");

    public static LineAnswer RetryKeyNotAllowed { get; } = Message(400, "X-Line-Retry-Key is not supported by this endpoint");

    public static LineAnswer RetryKeyMalformed { get; } = Message(400, "X-Line-Retry-Key must be a UUID");

    public static LineAnswer Message(int status, string message) => LineAnswer.Object(status, json => json.WriteString("message", message));

    /// <summary>400 with every finding and where it is.</summary>
    public static LineAnswer Invalid(Findings findings) => LineAnswer.Object(400, json =>
    {
        json.WriteString("message", $"The request body has {findings.All.Count} error(s)");
        json.WriteStartArray("details");
        foreach (var finding in findings.All)
        {
            json.WriteStartObject();
            json.WriteString("message", finding.Message);
            json.WriteString("property", finding.Property);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>OAuth calls have a shape of their own (t).</summary>
    public static LineAnswer OAuth(string error, string description) => LineAnswer.Object(400, json =>
    {
        json.WriteString("error", error);
        json.WriteString("error_description", description);
    });
}
