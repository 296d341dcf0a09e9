using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Receiving;

/// <summary>
/// Turns one event of LINE's webhook (webhook.yml, all types, and <c>messageEdited</c>) into the desk's words. What it does
/// not know it keeps as <see cref="InboundKind.Unknown"/>; what is no event at all is marked for quarantine.
/// </summary>
internal static class LineActivityMapper
{
    public const string Channel = "line";

    /// <summary>The address of events that belong to no conversation (the account was suspended, a delivery receipt …).</summary>
    public const string AccountAddress = "account";

    private const int EventIdLimit = 128;
    private const int AddressLimit = 128;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <param name="agency">Whose webhook it came through.</param>
    /// <param name="raw">The event's bytes; kept with the entry.</param>
    /// <param name="receivedAt">The desk's clock.</param>
    public static InboxEntry Map(string agency, ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(raw, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new InboxEntry(Activity(agency, document.RootElement, raw.Span, receivedAt), receivedAt, raw);
            return Quarantined(agency, raw, receivedAt, "the event is not a JSON object");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return Quarantined(agency, raw, receivedAt, $"the event cannot be read ({fault.GetType().Name})");
        }
    }

    /// <summary>Bytes that carried a valid signature but are no event: kept, with the reason, for a person to look at.</summary>
    public static InboxEntry Quarantined(string agency, ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt, string reason) => new(
        new InboundActivity
        {
            Id = $"unread:{Hash(raw.Span)}",
            Conversation = new(agency, Channel, AccountAddress),
            Kind = InboundKind.Unknown,
            At = receivedAt,
        },
        receivedAt, raw, reason);

    private static InboundActivity Activity(string agency, JsonElement line, ReadOnlySpan<byte> raw, DateTimeOffset receivedAt)
    {
        var type = line.String("type") ?? "";
        var message = line.Object("message");
        var source = line.Object("source");
        var address = Address(source);
        var time = line.Long("timestamp");
        var inGroup = source?.String("type") is "group" or "room";
        var kind = Kind(line, type, message);
        var messageId = message?.String("id") ?? line.Object("unsend")?.String("messageId");
        return new InboundActivity
        {
            Id = Id(line, raw),
            Identity = Identity(type, address, time, messageId, message?.String("type")),
            Conversation = new(agency, Channel, address),
            Kind = kind,
            At = Time(time) ?? receivedAt,
            From = source?.String("userId"),
            MessageId = messageId,
            Text = Text(kind, message),
            Data = line.Object("postback")?.String("data"),
            File = File(kind, message),
            Location = Location(kind, message),
            ReplyHandle = line.String("replyToken"),
            InGroup = inGroup,
            MayAnswer = line.String("mode") is null or "active" && (!inGroup || kind is InboundKind.Joined or InboundKind.Choice || IsCalled(message)),
        };
    }

    private static InboundKind Kind(JsonElement line, string type, JsonElement? message) => type switch
    {
        "message" => message?.String("type") switch
        {
            "text" => InboundKind.Text,
            "image" => InboundKind.Image,
            "video" => InboundKind.Video,
            "audio" => InboundKind.Audio,
            "file" => InboundKind.File,
            "location" => InboundKind.Location,
            "sticker" => InboundKind.Sticker,
            _ => InboundKind.Unknown,
        },
        "messageEdited" => InboundKind.Edited,
        "postback" => line.Object("postback")?.Object("params")?.String("newRichMenuAliasId") is null ? InboundKind.Choice : InboundKind.Notice,
        "follow" => InboundKind.Arrived,
        "unfollow" => InboundKind.Departed,
        "unsend" => InboundKind.Withdrawn,
        "join" => InboundKind.Joined,
        "leave" => InboundKind.Removed,
        "botSuspended" => InboundKind.Suspended,
        "botResumed" => InboundKind.Resumed,
        "memberJoined" or "memberLeft" or "videoPlayComplete" or "beacon" or "accountLink" or "membership" or "module"
            or "activated" or "deactivated" or "delivery" => InboundKind.Notice,
        _ => InboundKind.Unknown,
    };

    private static string? Text(InboundKind kind, JsonElement? message) => kind switch
    {
        InboundKind.Text or InboundKind.Edited or InboundKind.Sticker => message?.String("text"),
        _ => null,
    };

    private static InboundFile? File(InboundKind kind, JsonElement? message)
    {
        if (message is not { } from || kind is not (InboundKind.Image or InboundKind.Video or InboundKind.Audio or InboundKind.File)) return null;
        var album = from.Object("imageSet");
        var provider = from.Object("contentProvider");
        return new InboundFile(
            from.String("fileName"), from.Long("fileSize"), album?.String("id"), (int?)album?.Long("index"), (int?)album?.Long("total"),
            provider?.String("type") == "external" ? provider?.String("originalContentUrl") ?? "" : null);
    }

    private static GeoPoint? Location(InboundKind kind, JsonElement? message) =>
        kind == InboundKind.Location && message is { } from && from.Double("latitude") is { } latitude && from.Double("longitude") is { } longitude
            ? new GeoPoint(latitude, longitude, from.String("title"), from.String("address"))
            : null;

    /// <summary>In a group the bot is spoken to only when a mention names it (mentionees[].isSelf).</summary>
    private static bool IsCalled(JsonElement? message) =>
        message?.Object("mention")?.List("mentionees") is { } mentioned && mentioned.EnumerateArray().Any(m => m.IsTrue("isSelf"));

    private static string Address(JsonElement? source)
    {
        var address = source?.String("groupId") ?? source?.String("roomId") ?? source?.String("userId");
        return string.IsNullOrEmpty(address) ? AccountAddress : Cut(address, AddressLimit);
    }

    /// <summary>LINE's event id; where it is missing, the message's id or the event's own bytes tell a second delivery from a new event.</summary>
    private static string Id(JsonElement line, ReadOnlySpan<byte> raw)
    {
        if (line.String("webhookEventId") is { Length: > 0 } id) return Cut(id, EventIdLimit);
        if (line.Object("message")?.String("id") is { Length: > 0 } message) return Cut($"message:{message}", EventIdLimit);
        return $"event:{Hash(raw)}";
    }

    /// <summary>
    /// What the event is about, as a number. LINE's ids are unique, yet its own published examples share one among different
    /// events; two events that differ in any of this are two events, whatever their id says.
    /// </summary>
    private static long Identity(string type, string address, long? time, string? messageId, string? messageType)
    {
        var about = new XxHash3();
        foreach (var part in (ReadOnlySpan<string?>)[type, address, messageId, messageType])
        {
            about.Append(MemoryMarshal.AsBytes((part ?? "").AsSpan()));
            about.Append([0xFF]);
        }
        about.Append(BitConverter.GetBytes(time ?? 0));
        return (long)about.GetCurrentHashAsUInt64();
    }

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;

    /// <summary>Keeps a key of any length apart from others of the same beginning.</summary>
    private static string Cut(string text, int limit) => text.Length <= limit ? text : $"{text.AsSpan(0, limit - 33)}~{Hash(Encoding.UTF8.GetBytes(text))}";

    private static string Hash(ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes).ToString("x32", CultureInfo.InvariantCulture);
}
