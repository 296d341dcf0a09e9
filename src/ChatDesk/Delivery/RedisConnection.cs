using StackExchange.Redis;

namespace ChatDesk.Delivery;

/// <summary>The one connection to Redis, made in the background: a Redis that is slow or away must not hold up the start (its client waits five seconds).</summary>
internal sealed class RedisConnection(ConfigurationOptions options) : IAsyncDisposable
{
    public Task<IConnectionMultiplexer> Connecting { get; } = Task.Run<IConnectionMultiplexer>(async () => await ConnectionMultiplexer.ConnectAsync(options));

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

    public async ValueTask DisposeAsync()
    {
        if (Connecting.IsCompletedSuccessfully) await Connecting.Result.DisposeAsync();
    }
}
