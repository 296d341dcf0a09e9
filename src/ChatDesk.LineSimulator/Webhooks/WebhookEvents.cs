using System.Text.Json.Nodes;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>
/// Makes events of every type of LINE's webhook (w:69-116, protocols.md 1.3), with ids, reply tokens and read tokens
/// that the simulated API knows. <see cref="MessageEvents"/> makes those that carry a message.
/// </summary>
internal sealed class WebhookEvents(LineChannel channel, TimeProvider time)
{
    /// <summary>False makes events without a reply token: the bot can only push.</summary>
    public bool WithReplyToken { get; init; } = true;

    /// <summary>True makes events of a channel that another system holds: no reply token, and no answer wanted (ref@25300).</summary>
    public bool Standby { get; init; }

    public MessageEvents Message => new(channel, this);

    public WebhookEvent Follow(ChatSource source, bool isUnblocked = false) =>
        Make("follow", source, true, ("follow", new JsonObject { ["isUnblocked"] = isUnblocked }));

    public WebhookEvent Unfollow(ChatSource source) => Make("unfollow", source, false);

    public WebhookEvent Unsend(ChatSource source, string messageId)
    {
        channel.Content.Unsend(messageId);
        return Make("unsend", source, false, ("unsend", new JsonObject { ["messageId"] = messageId }));
    }

    public WebhookEvent Join(ChatSource source) => Make("join", source, true);

    public WebhookEvent Leave(ChatSource source) => Make("leave", source, false);

    public WebhookEvent MemberJoined(ChatSource source, params IEnumerable<string> users) => Make("memberJoined", source, true, ("joined", Members(users)));

    public WebhookEvent MemberLeft(ChatSource source, params IEnumerable<string> users) => Make("memberLeft", source, false, ("left", Members(users)));

    public WebhookEvent Postback(ChatSource source, string data, params IEnumerable<(string Name, string Value)> parameters)
    {
        var postback = new JsonObject { ["data"] = data };
        var given = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Value)));
        if (given.Count > 0) postback["params"] = given;
        return Make("postback", source, true, ("postback", postback));
    }

    public WebhookEvent VideoPlayComplete(ChatSource source, string trackingId) =>
        Make("videoPlayComplete", source, true, ("videoPlayComplete", new JsonObject { ["trackingId"] = trackingId }));

    /// <param name="type"><c>enter</c>, <c>banner</c> or <c>stay</c>.</param>
    public WebhookEvent Beacon(ChatSource source, string hardwareId, string type = "enter") =>
        Make("beacon", source, true, ("beacon", new JsonObject { ["hwid"] = hardwareId, ["type"] = type }));

    /// <summary>A failed link has neither source nor reply token (ref@81300).</summary>
    public WebhookEvent AccountLink(ChatSource source, string nonce, bool ok = true) =>
        Make("accountLink", ok ? source : null, ok, ("link", new JsonObject { ["result"] = ok ? "ok" : "failed", ["nonce"] = nonce }));

    /// <param name="type"><c>joined</c>, <c>left</c> or <c>renewed</c>.</param>
    public WebhookEvent Membership(ChatSource source, string type, int membershipId = 3189) =>
        Make("membership", source, true, ("membership", new JsonObject { ["type"] = type, ["membershipId"] = membershipId }));

    public WebhookEvent ModuleAttached(params IEnumerable<string> scopes) => Make("module", null, false, ("module", new JsonObject
    {
        ["type"] = "attached",
        ["botId"] = channel.Setup.BotUserId,
        ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]),
    }));

    public WebhookEvent ModuleDetached() => Make("module", null, false, ("module", new JsonObject
    {
        ["type"] = "detached",
        ["botId"] = channel.Setup.BotUserId,
        ["reason"] = "bot_deleted",
    }));

    public WebhookEvent Activated(ChatSource source, DateTimeOffset expireAt) =>
        Make("activated", source, false, ("chatControl", new JsonObject { ["expireAt"] = expireAt.ToUnixTimeMilliseconds() }));

    public WebhookEvent Deactivated(ChatSource source) => Make("deactivated", source, false);

    public WebhookEvent BotSuspended() => Make("botSuspended", null, false);

    public WebhookEvent BotResumed() => Make("botResumed", null, false);

    public WebhookEvent Delivery(string data) => Make("delivery", null, false, ("delivery", new JsonObject { ["data"] = data }));

    /// <summary>An event of a type that does not exist yet: it must be taken and ignored.</summary>
    public WebhookEvent Unheard(ChatSource source, string type = "greatNewEvent") =>
        Make(type, source, true, (type, new JsonObject { ["novelty"] = true }));

    /// <summary>The frame every event shares; the part named after the type goes last.</summary>
    internal WebhookEvent Make(string type, ChatSource? source, bool answerable, params ReadOnlySpan<(string Name, JsonNode Value)> parts)
    {
        var now = time.GetUtcNow();
        var json = new JsonObject { ["type"] = type, ["mode"] = Standby ? "standby" : "active", ["timestamp"] = now.ToUnixTimeMilliseconds() };
        if (source is not null) json["source"] = source.ToJson();
        json["webhookEventId"] = Ulid.At(now);
        json["deliveryContext"] = new JsonObject { ["isRedelivery"] = false };
        if (answerable && source is not null && WithReplyToken && !Standby) json["replyToken"] = channel.ReplyTokens.Issue(source.ChatId);
        if (source?.UserId is { } user) channel.People.Wrote(user);
        foreach (var (name, value) in parts) json[name] = value;
        return new(json);
    }

    private static JsonObject Members(IEnumerable<string> users) =>
        new() { ["members"] = new JsonArray([.. users.Select(u => (JsonNode)ChatSource.User(u).ToJson())]) };
}
