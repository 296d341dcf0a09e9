namespace ChatDesk.LineSimulator.Api;

/// <summary>
/// Which operation a request means (paths m:21-1130, token t:16). A switch by hand, since it runs once for every call
/// of a benchmark. Both of LINE's hosts are served under one roof: no path exists on both.
/// </summary>
/// <param name="First">The first id in the path, if any: a user, group, message, or the kind of delivery.</param>
/// <param name="Second">The second id: the member of a group.</param>
internal readonly record struct LineRoute(LineEndpoint Endpoint, string? First = null, string? Second = null)
{
    private const string Bot = "/v2/bot/";

    public static LineRoute Match(string method, string path) => method switch
    {
        "POST" => MatchPost(path),
        "GET" => MatchGet(path),
        _ => default,
    };

    private static LineRoute MatchPost(string path) => path switch
    {
        "/v2/bot/message/reply" => new(LineEndpoint.Reply),
        "/v2/bot/message/push" => new(LineEndpoint.Push),
        "/v2/bot/message/multicast" => new(LineEndpoint.Multicast),
        "/v2/bot/message/narrowcast" => new(LineEndpoint.Narrowcast),
        "/v2/bot/message/broadcast" => new(LineEndpoint.Broadcast),
        "/v2/bot/message/validate/reply" => new(LineEndpoint.ValidateReply),
        "/v2/bot/message/validate/push" => new(LineEndpoint.ValidatePush),
        "/v2/bot/message/validate/multicast" => new(LineEndpoint.ValidateMulticast),
        "/v2/bot/message/validate/narrowcast" => new(LineEndpoint.ValidateNarrowcast),
        "/v2/bot/message/validate/broadcast" => new(LineEndpoint.ValidateBroadcast),
        "/v2/bot/chat/loading/start" => new(LineEndpoint.Loading),
        "/v2/bot/chat/markAsRead" => new(LineEndpoint.MarkAsRead),
        "/oauth2/v3/token" => new(LineEndpoint.Token),
        _ => MatchGroup(path, leaving: true),
    };

    private static LineRoute MatchGet(string path)
    {
        switch (path)
        {
            case "/v2/bot/info": return new(LineEndpoint.BotInfo);
            case "/v2/bot/message/quota": return new(LineEndpoint.Quota);
            case "/v2/bot/message/quota/consumption": return new(LineEndpoint.Consumption);
        }

        if (!path.StartsWith(Bot, StringComparison.Ordinal)) return default;
        return path[Bot.Length..].Split('/') switch
        {
            ["profile", var user] => new(LineEndpoint.Profile, user),
            ["message", "delivery", var kind] => new(LineEndpoint.Delivery, kind),
            ["message", var id, "content"] => new(LineEndpoint.Content, id),
            ["message", var id, "content", "preview"] => new(LineEndpoint.Preview, id),
            ["message", var id, "content", "transcoding"] => new(LineEndpoint.Transcoding, id),
            _ => MatchGroup(path, leaving: false),
        };
    }

    private static LineRoute MatchGroup(string path, bool leaving)
    {
        if (!path.StartsWith(Bot, StringComparison.Ordinal)) return default;
        return path[Bot.Length..].Split('/') switch
        {
            ["group" or "room", var id, "leave"] when leaving => new(LineEndpoint.GroupLeave, id),
            ["group" or "room", var id, "member", var user] when !leaving => new(LineEndpoint.GroupMemberProfile, id, user),
            ["group" or "room", var id, "members", "ids"] when !leaving => new(LineEndpoint.GroupMemberIds, id),
            ["group" or "room", var id, "members", "count"] when !leaving => new(LineEndpoint.GroupMemberCount, id),
            ["group", var id, "summary"] when !leaving => new(LineEndpoint.GroupSummary, id),
            _ => default,
        };
    }
}
