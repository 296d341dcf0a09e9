using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace ChatDesk.Channels.Web.Access;

/// <summary>
/// The buckets of <see cref="Throttle"/> as all replicas see them together, in Redis, so that two replicas do not let twice as much pass. A bucket is one number, the
/// moment at which it will be full again, by Redis' clock; one that is full is not there. Addresses and conversations are not written down, only their hashes.
/// </summary>
/// <param name="redis">The connection of the moment; null while there is none, and then each replica counts only what it saw itself.</param>
internal sealed class SharedBuckets(Func<IConnectionMultiplexer?> redis)
{
    /// <summary>Takes from a bucket (milliseconds for one, how many it holds, how many are wanted). Answers how many milliseconds to wait; 0 when they were taken.</summary>
    private const string Script = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local one, most, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + one * wanted
        local wait = full - now - one * most
        if wait > 0 then return math.ceil(wait) end
        redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', string.format('%d', math.ceil(full - now)))
        return 0
        """;

    /// <param name="name">Which limit.</param>
    /// <param name="key">Whose bucket.</param>
    /// <param name="burst">How many it holds.</param>
    /// <param name="perMinute">How many flow in.</param>
    /// <param name="cost">How many are wanted.</param>
    /// <returns>Null when they were taken (or Redis is away), else how long to wait.</returns>
    public async ValueTask<TimeSpan?> TakeAsync(string name, string key, int burst, int perMinute, int cost)
    {
        if (redis() is not { } connection) return null;
        try
        {
            RedisKey bucket = $"chatdesk:bucket:{name}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}";
            var wait = (long)await connection.GetDatabase().ScriptEvaluateAsync(Script, [bucket], [60_000d / perMinute, burst, cost]);
            return wait > 0 ? TimeSpan.FromMilliseconds(wait) : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
