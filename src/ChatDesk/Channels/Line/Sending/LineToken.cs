namespace ChatDesk.Channels.Line.Sending;

/// <summary>A channel access token, ready to be put on a request.</summary>
/// <param name="Authorization">The whole header value.</param>
/// <param name="RenewAt">From here on a new one should be fetched (80 % of its life).</param>
/// <param name="DeadAt">From here on LINE refuses it.</param>
internal sealed record LineToken(string Authorization, DateTimeOffset RenewAt, DateTimeOffset DeadAt)
{
    /// <summary>Kept out of logs.</summary>
    public override string ToString() => nameof(LineToken);

    public static LineToken Fixed(string token) => new($"Bearer {token}", DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    public static LineToken Issued(string token, TimeSpan life, DateTimeOffset now) => new($"Bearer {token}", now + life * 0.8, now + life);
}
