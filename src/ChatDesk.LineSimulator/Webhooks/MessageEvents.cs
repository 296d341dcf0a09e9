using System.Text.Json.Nodes;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>Message events of every kind (w:209-547, protocols.md 1.4). Files are put on the channel's shelf at once.</summary>
internal sealed class MessageEvents(LineChannel channel, WebhookEvents events)
{
    /// <param name="mentions">Who is named in the text, each with the place of the <c>@name</c> in UTF-16 units.</param>
    public WebhookEvent Text(ChatSource source, string text, string? quotedMessageId = null, params IReadOnlyList<Mention> mentions)
    {
        var message = New("text", quotable: true);
        message["text"] = text;
        if (quotedMessageId is not null) message["quotedMessageId"] = quotedMessageId;
        if (mentions.Count > 0) message["mention"] = new JsonObject { ["mentionees"] = new JsonArray([.. mentions.Select(m => (JsonNode)m.ToJson())]) };
        return Make(source, message);
    }

    /// <summary>A text changed after sending. Newer than LINE's own document of webhooks; groups only for now (sdk-js).</summary>
    public WebhookEvent Edited(ChatSource source, string messageId, string text)
    {
        var message = New("text", quotable: true);
        message["id"] = messageId;
        message["text"] = text;
        return events.Make("messageEdited", source, true, ("message", message));
    }

    public WebhookEvent Image(ChatSource source, long bytes = 2048, (string Id, int Index, int Total)? album = null)
    {
        var message = File("image", "image/jpeg", bytes);
        if (album is { } set) message["imageSet"] = new JsonObject { ["id"] = set.Id, ["index"] = set.Index, ["total"] = set.Total };
        return Make(source, message);
    }

    /// <param name="preparing">How long LINE still works on it: 202 until then.</param>
    public WebhookEvent Video(ChatSource source, long bytes = 1_000_000, TimeSpan preparing = default) =>
        Make(source, File("video", "video/mp4", bytes, preparing, durationMs: 60_000));

    public WebhookEvent Audio(ChatSource source, long bytes = 100_000, TimeSpan preparing = default) =>
        Make(source, File("audio", "audio/x-m4a", bytes, preparing, durationMs: 5_000));

    public WebhookEvent Document(ChatSource source, string fileName, long bytes = 2138)
    {
        var message = New("file", quotable: false);
        message["fileName"] = fileName;
        message["fileSize"] = bytes;
        channel.Content.Put(message["id"]!.GetValue<string>(), "file", "application/octet-stream", bytes);
        return Make(source, message);
    }

    public WebhookEvent Location(ChatSource source, double latitude, double longitude, string? title = null, string? address = null)
    {
        var message = New("location", quotable: false);
        if (title is not null) message["title"] = title;
        if (address is not null) message["address"] = address;
        message["latitude"] = latitude;
        message["longitude"] = longitude;
        return Make(source, message);
    }

    public WebhookEvent Sticker(ChatSource source, string packageId = "11537", string stickerId = "52002738")
    {
        var message = New("sticker", quotable: true);
        message["packageId"] = packageId;
        message["stickerId"] = stickerId;
        message["stickerResourceType"] = "ANIMATION";
        message["keywords"] = new JsonArray("hello", "wave");
        return Make(source, message);
    }

    /// <summary>A message of a kind that does not exist yet.</summary>
    public WebhookEvent Unheard(ChatSource source, string type = "hologram") => Make(source, New(type, quotable: false));

    private WebhookEvent Make(ChatSource source, JsonObject message) => events.Make("message", source, true, ("message", message));

    private JsonObject File(string type, string contentType, long bytes, TimeSpan preparing = default, int durationMs = 0)
    {
        // Sound carries no quote token in LINE's schema (w:418-437).
        var message = New(type, quotable: type != "audio");
        if (durationMs > 0) message["duration"] = durationMs;
        message["contentProvider"] = new JsonObject { ["type"] = "line" };
        channel.Content.Put(message["id"]!.GetValue<string>(), type, contentType, bytes, preparing);
        return message;
    }

    private JsonObject New(string type, bool quotable)
    {
        var id = channel.NextMessageId();
        var message = new JsonObject { ["type"] = type, ["id"] = id };
        if (quotable) message["quoteToken"] = "q-" + id;
        message["markAsReadToken"] = channel.ReadMarks.Issue(id);
        return message;
    }
}

/// <summary>Somebody named in a text.</summary>
/// <param name="Index">Where the <c>@</c> stands, in UTF-16 units.</param>
/// <param name="UserId">Null names everybody.</param>
/// <param name="IsSelf">It is the bot that is named.</param>
internal sealed record Mention(int Index, int Length, string? UserId, bool IsSelf = false)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["index"] = Index, ["length"] = Length, ["type"] = UserId is null ? "all" : "user" };
        if (UserId is null) return json;
        json["userId"] = UserId;
        json["isSelf"] = IsSelf;
        return json;
    }
}
