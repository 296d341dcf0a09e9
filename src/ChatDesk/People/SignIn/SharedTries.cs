using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Wrong tries as all replicas have seen them together, in Redis, so that two replicas do not let twice as many guesses pass. Each limit has a count, and
/// a hold while nobody may try. Names and addresses are not written there, only their hashes.
/// </summary>
/// <param name="redis">The connection of the moment; null while there is none, and then each replica knows only what it saw itself.</param>
internal sealed class SharedTries(Func<IConnectionMultiplexer?> redis)
{
    /// <summary>Counts a try, unless there is a hold; what fills the limit sets one. Answers how many milliseconds to wait.</summary>
    private const string Count = """
        local held = redis.call('PTTL', KEYS[2])
        if held > 0 then return held end
        local limit, window, first = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local tries = redis.call('INCR', KEYS[1])
        if tries == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        if tries >= limit then
            local wait = redis.call('PTTL', KEYS[1])
            if first > 0 then
                wait = math.min(first * 2 ^ math.min(tries - limit, 5), window)
                redis.call('PEXPIRE', KEYS[1], string.format('%d', window + wait))
            end
            redis.call('SET', KEYS[2], '', 'PX', string.format('%d', math.max(wait, 1)))
        end
        return 0
        """;

    /// <summary>Takes a try back that was right.</summary>
    private const string TakeBack = """
        if redis.call('EXISTS', KEYS[1]) == 1 and redis.call('DECR', KEYS[1]) < tonumber(ARGV[1]) then redis.call('DEL', KEYS[2]) end
        return 0
        """;

    /// <summary>Counts a try against all its limits, unless one of them asks to wait.</summary>
    /// <returns>How long to wait; zero when the try may go on.</returns>
    public ValueTask<TimeSpan> BeginAsync(IReadOnlyList<TryLimit> limits) => OverAsync(async database =>
    {
        // Looked at first, so that what one limit refuses does not count against the others.
        foreach (var limit in limits)
        {
            if (await database.KeyTimeToLiveAsync(Keys(limit)[1]) is { } held) return held;
        }
        var wait = TimeSpan.Zero;
        foreach (var limit in limits)
        {
            RedisValue[] values = [limit.Tries, (long)SignInThrottle.Window.TotalMilliseconds, limit.Doubles ? (long)SignInThrottle.FirstWait.TotalMilliseconds : 0];
            var held = TimeSpan.FromMilliseconds((long)await database.ScriptEvaluateAsync(Count, Keys(limit), values));
            if (held > wait) wait = held;
        }
        return wait;
    });

    /// <summary>The try was right: it does not count, and its place starts anew.</summary>
    public async ValueTask SucceededAsync(IReadOnlyList<TryLimit> limits) => await OverAsync(async database =>
    {
        foreach (var limit in limits)
        {
            if (limit.Doubles) await database.KeyDeleteAsync(Keys(limit));
            else await database.ScriptEvaluateAsync(TakeBack, Keys(limit), [limit.Tries]);
        }
        return TimeSpan.Zero;
    });

    private async ValueTask<TimeSpan> OverAsync(Func<IDatabase, Task<TimeSpan>> ask)
    {
        if (redis() is not { } connection) return TimeSpan.Zero;
        try
        {
            return await ask(connection.GetDatabase());
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The count and the hold, in one slot of a Cluster.</summary>
    private static RedisKey[] Keys(TryLimit limit)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(limit.Key)).AsSpan(0, 16));
        return [$"chatdesk:tries:{{{name}}}", $"chatdesk:hold:{{{name}}}"];
    }
}

/// <summary>One limit that a try counts against.</summary>
/// <param name="Key">What is counted.</param>
/// <param name="Tries">How many before a wait.</param>
/// <param name="Doubles">Whether each further try waits twice as long; otherwise everybody waits for the window's end.</param>
internal sealed record TryLimit(string Key, int Tries, bool Doubles);
