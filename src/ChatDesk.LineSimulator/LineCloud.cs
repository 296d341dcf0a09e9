namespace ChatDesk.LineSimulator;

/// <summary>
/// LINE as a bot sees it, in one process: channels with their people, tokens, quota and memory of what was accepted.
/// <see cref="Api.LineApi"/> is its door for the bot, <see cref="Webhooks.WebhookSender"/> its voice towards the bot.
/// </summary>
internal sealed class LineCloud(TimeProvider time)
{
    private volatile LineChannel[] channels = [];

    public TimeProvider Time => time;

    public IReadOnlyList<LineChannel> Channels => channels;

    /// <summary>Opens a channel. Meant for set-up: a few channels, added before the traffic.</summary>
    public LineChannel Open(LineChannelSetup setup)
    {
        var channel = new LineChannel(setup, time);
        channels = [.. channels, channel];
        return channel;
    }

    /// <returns>The channel for which this access token is valid now, or null (LINE then answers 401).</returns>
    public LineChannel? ByAccessToken(ReadOnlySpan<char> token)
    {
        foreach (var channel in channels)
        {
            if (channel.AccessTokens.IsValid(token)) return channel;
        }

        return null;
    }

    public LineChannel? ById(string id) => Array.Find(channels, c => c.Setup.Id == id);
}
