using StackExchange.Redis;

namespace ChatDesk.Delivery;

/// <summary>The one connection to Redis, made in the background: a Redis that is slow or away must not hold up the start (its client waits five seconds).</summary>
internal sealed class RedisConnection(ConfigurationOptions options) : IAsyncDisposable
{
    public Task<IConnectionMultiplexer> Connecting { get; } = Task.Run<IConnectionMultiplexer>(async () => await ConnectionMultiplexer.ConnectAsync(options));

    private static readonly TimeSpan PurseLife = TimeSpan.FromSeconds(10);

    /// <summary>The connection, while there is one.</summary>
    public IConnectionMultiplexer? Now => Connecting.IsCompletedSuccessfully && Connecting.Result.IsConnected ? Connecting.Result : null;

    /// <summary>Whether nobody, at any replica, has said this word before.</summary>
    /// <param name="word">One that is good once.</param>
    /// <param name="life">How long it is to be remembered.</param>
    /// <returns>True also while Redis is away: each replica then knows only what it saw itself.</returns>
    public async ValueTask<bool> IsFirstAsync(string word, TimeSpan life)
    {
        if (Now is not { } redis) return true;
        try
        {
            return await redis.GetDatabase().StringSetAsync($"chatdesk:once:{word}", "", life, When.NotExists);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return true;
        }
    }

    /// <summary>Takes some of what all replicas share for a short time.</summary>
    /// <param name="purse">What it is for, and which time.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="most">How many there are.</param>
    /// <returns>As many as were left, up to <paramref name="wanted"/>; null while Redis is away.</returns>
    public async ValueTask<int?> DrawAsync(string purse, int wanted, int most)
    {
        if (Now is not { } redis) return null;
        try
        {
            RedisKey key = $"chatdesk:purse:{purse}";
            var database = redis.GetDatabase();
            var taken = await database.StringIncrementAsync(key, wanted);
            if (taken == wanted) await database.KeyExpireAsync(key, PurseLife, CommandFlags.FireAndForget);
            return (int)Math.Clamp(most - (taken - wanted), 0, wanted);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Connecting.IsCompletedSuccessfully) await Connecting.Result.DisposeAsync();
    }
}
