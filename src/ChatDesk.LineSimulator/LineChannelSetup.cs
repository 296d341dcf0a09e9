namespace ChatDesk.LineSimulator;

/// <summary>What the LINE Developers console would show of a Messaging API channel.</summary>
internal sealed record LineChannelSetup
{
    /// <summary>The channel id, ten digits; also the OAuth <c>client_id</c>.</summary>
    public string Id { get; init; } = "1650000001";

    /// <summary>Signs webhooks, and is the OAuth <c>client_secret</c>.</summary>
    public string Secret { get; init; } = "0123456789abcdef0123456789abcdef";

    /// <summary>A long-lived channel access token; null when the bot must issue its own.</summary>
    public string? AccessToken { get; init; } = "simulated-long-lived-token";

    /// <summary>The bot's own user id, the <c>destination</c> of every webhook.</summary>
    public string BotUserId { get; init; } = "U00000000000000000000000000000b07";

    public string BasicId { get; init; } = "@000demo";

    public string DisplayName { get; init; } = "ChatDesk demo";

    /// <summary><c>chat</c> or <c>bot</c>; only with <c>chat</c> is marking as read useful (protocols.md 2.2).</summary>
    public string ChatMode { get; init; } = "chat";

    /// <summary>Counted messages a month; null means no limit (<c>"type":"none"</c>).</summary>
    public long? MonthlyQuota { get; init; }

    /// <summary>False lifts the calls-per-second limits of protocols.md 2.4, for benchmarks.</summary>
    public bool EnforceRates { get; init; } = true;

    /// <summary>How long a stateless token lives; LINE: 15 minutes (t:16).</summary>
    public TimeSpan StatelessTokenLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>False keeps no accepted call and no request: a benchmark of millions must not fill the memory.</summary>
    public bool Remember { get; init; } = true;
}
