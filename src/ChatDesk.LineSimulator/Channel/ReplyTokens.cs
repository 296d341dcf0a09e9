using System.Security.Cryptography;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>
/// Reply tokens: single use, good for about a minute; a redelivery makes an unused one good for another minute, until
/// 20 minutes have passed since the event (ref@129300). LINE promises no exact limit; here it is exact so that tests repeat.
/// </summary>
internal sealed class ReplyTokens(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(20);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Issued> tokens = [];
    private readonly Queue<(string Token, DateTimeOffset EventAt)> byAge = new();

    /// <summary>A new token, 32 hex digits, for an event in this chat.</summary>
    public string Issue(string chatId)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var now = time.GetUtcNow();
        lock (gate)
        {
            Forget(now);
            tokens[token] = new(chatId, now, now + Life);
            byAge.Enqueue((token, now));
        }

        return token;
    }

    /// <summary>The event of this token was sent again: an unused token starts a new minute.</summary>
    public void Redelivered(string token)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (tokens.TryGetValue(token, out var issued) && now - issued.EventAt < LongestLife)
            {
                tokens[token] = issued with { ExpiresAt = now + Life };
            }
        }
    }

    /// <summary>Uses the token up.</summary>
    /// <returns>The chat it was issued for; null when it is unknown, used or expired.</returns>
    public string? Redeem(string token)
    {
        lock (gate)
        {
            return tokens.Remove(token, out var issued) && time.GetUtcNow() < issued.ExpiresAt ? issued.ChatId : null;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (byAge.TryPeek(out var oldest) && now - oldest.EventAt > LongestLife + Life)
        {
            tokens.Remove(byAge.Dequeue().Token);
        }
    }

    private readonly record struct Issued(string ChatId, DateTimeOffset EventAt, DateTimeOffset ExpiresAt);
}
