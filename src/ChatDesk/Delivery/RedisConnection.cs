using StackExchange.Redis;

namespace ChatDesk.Delivery;

/// <summary>The one connection to Redis, made in the background: a Redis that is slow or away must not hold up the start (its client waits five seconds).</summary>
internal sealed class RedisConnection(ConfigurationOptions options) : IAsyncDisposable
{
    public Task<IConnectionMultiplexer> Connecting { get; } = Task.Run<IConnectionMultiplexer>(async () => await ConnectionMultiplexer.ConnectAsync(options));

    public async ValueTask DisposeAsync()
    {
        if (Connecting.IsCompletedSuccessfully) await Connecting.Result.DisposeAsync();
    }
}
