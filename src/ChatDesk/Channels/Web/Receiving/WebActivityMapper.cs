using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Receiving;

/// <summary>
/// Turns an activity that a web client posted into the desk's words. Who wrote, when and where comes from the token and the
/// desk's clock; of what the client says only the content counts.
/// </summary>
internal static class WebActivityMapper
{
    public const string Channel = "web";

    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int TextLimit = 2_000;

    /// <summary>Longest hidden value of a button, as at LINE.</summary>
    private const int DataLimit = 300;

    private const int MostLinks = 10;

    public static ConversationKey KeyOf(WebToken token) => new(token.Agency, Channel, token.Conversation);

    /// <summary>The contact is there for the first time: the same event however often the conversation is begun.</summary>
    public static InboxEntry Arrival(WebToken token, JsonElement body, DateTimeOffset now) => new(
        new InboundActivity
        {
            Id = $"{token.Conversation}|arrived",
            Conversation = KeyOf(token),
            Kind = InboundKind.Arrived,
            At = now,
            From = token.Visitor,
            Language = Language(body),
        },
        now, default);

    /// <summary>
    /// The id an activity gets: made from the client's own id and the content where there is one, so that a second try of the same
    /// post is the same activity, and a client that gives two things one id loses neither.
    /// </summary>
    public static string NewId(WebToken token, JsonElement activity)
    {
        if (activity.Object("channelData")?.String("clientActivityID") is not { Length: > 0 } own) return $"{token.Conversation}|{WebSeals.NewId()}";
        using var about = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<string?>)[own, activity.String("type"), activity.String("text"), activity.String("value")])
        {
            about.AppendData(MemoryMarshal.AsBytes((part ?? "").AsSpan()));
            about.AppendData([0xFF, 0xFF]);
        }
        return $"{token.Conversation}|{Convert.ToHexStringLower(about.GetHashAndReset().AsSpan(0, 16))}";
    }

    /// <param name="activity">What was posted; undefined when only files came.</param>
    /// <param name="token">Who posted it.</param>
    /// <param name="now">The desk's clock.</param>
    /// <param name="id">From <see cref="NewId"/>.</param>
    /// <param name="files">Files that came with it and are stored already, under the ids of <see cref="FileId"/>.</param>
    public static WebPost Map(JsonElement activity, WebToken token, DateTimeOffset now, string id, IReadOnlyList<WebFile> files)
    {
        var type = activity.String("type") ?? "message";
        if (type.Length > 64) return WebPost.Refused(DirectLineError.Bad("'type' is too long."));
        // Unknown types and events must be taken without complaint (Activity specification, A2014, A5002).
        if (type != "message") return new(id, []);

        if ((files.Count > 0 ? files : Linked(activity)) is not { } all) return WebPost.Refused(DirectLineError.Bad($"Attachments must have an http(s) contentUrl, at most {MostLinks} of them; send files to upload.", "BadAttachment"));
        if (Content(activity, out var error) is not { } content) return WebPost.Refused(error!);
        if (WebEcho.Write(activity, all) is not { } echo) return WebPost.Refused(DirectLineError.TooLarge($"channelData and entities may have {WebEcho.Limit} characters together."));

        var first = new InboundActivity
        {
            Id = id,
            MessageId = id,
            Conversation = KeyOf(token),
            Kind = content.Kind,
            At = now,
            From = token.Visitor,
            Text = content.Text,
            Data = content.Data,
            Location = content.Location,
            Language = Language(activity),
            ChannelData = echo,
        };
        var entries = new List<InboxEntry>(all.Count + 1);
        if (content.Kind != InboundKind.Unknown) entries.Add(new(first, now, default));
        for (var i = 0; i < all.Count; i++)
        {
            // The contact sees one activity: the first entry carries it, the other files only have their turns.
            var carries = entries.Count == 0;
            entries.Add(new(File(first, all[i], i + 1, all.Count) with { Id = carries ? id : FileId(id, i), ChannelData = carries ? echo : null }, now, default));
        }
        return entries.Count == 0
            ? WebPost.Refused(DirectLineError.Bad("The message has neither text nor value, place or file.", "MissingProperty"))
            : new(id, entries);
    }

    /// <summary>Names a file of a post, counted from 0: also its message id in the ledger and its key in the store.</summary>
    public static string FileId(string id, int index) => $"{id}:f{index}";

    private static InboundActivity File(InboundActivity post, WebFile file, int number, int total) => post with
    {
        Kind = file.ContentType.Split('/')[0] switch { "image" => InboundKind.Image, "video" => InboundKind.Video, "audio" => InboundKind.Audio, _ => InboundKind.File },
        MessageId = FileId(post.Id, number - 1),
        Text = null,
        Data = null,
        Location = null,
        File = new InboundFile(file.Name, file.Size, total > 1 ? post.Id : null, total > 1 ? number : null, total > 1 ? total : null, file.Url),
    };

    /// <returns>Unknown when nothing is said; null with an error when it cannot be taken.</returns>
    private static Said? Content(JsonElement activity, out DirectLineError? error)
    {
        error = null;
        var text = activity.String("text");
        var value = activity.String("value");
        if (text?.Length > TextLimit)
            error = DirectLineError.TooLarge($"The text has {text.Length} characters; at most {TextLimit} are taken.", "MessageTooLong");
        var postBack = activity.Object("channelData")?.IsTrue("postBack") == true;
        if (value?.Length > DataLimit || (postBack && text?.Length > DataLimit))
            error = DirectLineError.TooLarge($"The value of a button has at most {DataLimit} characters.", "ValueTooLong");
        if (error is not null) return null;
        if (string.IsNullOrWhiteSpace(text)) text = null;
        if (string.IsNullOrEmpty(value)) value = null;
        if (postBack && (value ?? text) is { } data) return new(InboundKind.Choice, value is null ? null : text, data, null);
        if (value is not null) return new(InboundKind.Choice, text, value, null);
        if (Place(activity) is { } place) return new(InboundKind.Location, text, null, place);
        return new(text is null ? InboundKind.Unknown : InboundKind.Text, text, null, null);
    }

    private static GeoPoint? Place(JsonElement activity)
    {
        if (activity.List("entities") is not { } entities) return null;
        foreach (var entity in entities.EnumerateArray())
        {
            if (entity.String("type") == "Place" && entity.Object("geo") is { } geo && geo.Double("latitude") is { } latitude and >= -90 and <= 90 && geo.Double("longitude") is { } longitude and >= -180 and <= 180)
                return new GeoPoint(latitude, longitude, Cut(entity.String("name")), Cut(entity.String("address")));
        }
        return null;
    }

    /// <summary>Files that lie elsewhere: named, never fetched.</summary>
    /// <returns>Null when one of them has no address that could be named.</returns>
    private static List<WebFile>? Linked(JsonElement activity)
    {
        var linked = new List<WebFile>();
        if (activity.List("attachments") is not { } list) return linked;
        foreach (var attachment in list.EnumerateArray())
        {
            if (attachment.String("contentUrl") is not { Length: <= 2_000 } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
                return null;
            linked.Add(new WebFile(WebFile.CleanName(attachment.String("name")), WebFile.CleanType(attachment.String("contentType")), null, url));
            if (linked.Count > MostLinks) return null;
        }
        return linked;
    }

    private static string? Language(JsonElement body) => body.String("locale") is { Length: >= 2 } locale
        ? locale[..2].ToLowerInvariant() switch { "th" => "th", "en" => "en", _ => null }
        : null;

    private static string? Cut(string? text) => text is { Length: > 200 } ? text[..200] : text;

    private readonly record struct Said(InboundKind Kind, string? Text, string? Data, GeoPoint? Location);
}

/// <summary>What a post became.</summary>
/// <param name="Id">The activity's id for the client.</param>
/// <param name="Entries">What is to be stored; empty for what is only acknowledged.</param>
internal readonly record struct WebPost(string Id, IReadOnlyList<InboxEntry> Entries)
{
    public DirectLineError? Error { get; private init; }

    public static WebPost Refused(DirectLineError error) => new("", []) { Error = error };
}
