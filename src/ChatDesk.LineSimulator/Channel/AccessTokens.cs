using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>Channel access tokens: the long-lived one of the console, and stateless ones that live 15 minutes and cannot be revoked (t:16).</summary>
internal sealed class AccessTokens(LineChannelSetup setup, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> stateless = new(StringComparer.Ordinal);
    private long issued;

    /// <summary>How many stateless tokens were issued: a good client issues one at a time.</summary>
    public long Issued => Interlocked.Read(ref issued);

    /// <summary>Issues a stateless token. LINE tells a second less than it gives (899), so tests can see that the answer is read.</summary>
    public (string Token, int ExpiresInSeconds) Issue()
    {
        Interlocked.Increment(ref issued);
        var token = "eyJ" + RandomNumberGenerator.GetHexString(60, lowercase: true);
        stateless[token] = time.GetUtcNow() + setup.StatelessTokenLife;
        return (token, (int)setup.StatelessTokenLife.TotalSeconds - 1);
    }

    public bool IsValid(ReadOnlySpan<char> token)
    {
        if (setup.AccessToken is { } fixedToken && token.SequenceEqual(fixedToken)) return true;
        return stateless.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var until) && time.GetUtcNow() < until;
    }
}
