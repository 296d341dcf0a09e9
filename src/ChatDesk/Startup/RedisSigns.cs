using System.Text.Json;
using ChatDesk.Delivery;
using ChatDesk.Handover;
using StackExchange.Redis;

namespace ChatDesk.Startup;

/// <summary>
/// Tells the other replicas who types in, and looks at, which conversation, by Redis: two officers with one conversation open see each other whichever replica draws
/// their page. Nothing is kept, and a sign that is lost costs nothing: a second later there is another one.
/// </summary>
internal sealed class RedisSigns(RedisConnection redis, DeskFeed feed, TimeProvider time, ILogger<RedisSigns> log) : BackgroundService
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("chatdesk:signs");

    private readonly string _self = Guid.NewGuid().ToString("n");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var connection = await redis.Connecting.WaitAsync(stoppingToken);
        while (!await TryListenAsync(connection)) await Task.Delay(TimeSpan.FromSeconds(5), time, stoppingToken);
        feed.Signed += Tell;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        finally
        {
            feed.Signed -= Tell;
        }
    }

    /// <summary>Once is enough: the client itself listens again after Redis was away.</summary>
    private async Task<bool> TryListenAsync(IConnectionMultiplexer connection)
    {
        try
        {
            await connection.GetSubscriber().SubscribeAsync(Channel, (_, message) => Hear(message));
            return true;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.LogWarning("Signs of typing are not shared between replicas: Redis refuses to listen on {Channel} ({Fault}). Its user needs &* or &chatdesk:signs.", Channel, fault.GetType().Name);
            return false;
        }
    }

    private void Tell(DeskSign sign)
    {
        if (sign.FromElsewhere || redis.Now is not { } connection) return;
        try
        {
            // Whoever types waits for nothing, and the answer of this says nothing that matters.
            _ = connection.GetSubscriber().PublishAsync(Channel, JsonSerializer.SerializeToUtf8Bytes(new ToldSign(_self, sign)), CommandFlags.FireAndForget);
        }
        catch (Exception fault) when (fault is RedisException or ObjectDisposedException)
        {
            // Redis went between the look and the word, or the desk is stopping. Whoever signs must not hear of it.
        }
    }

    private void Hear(RedisValue message)
    {
        ToldSign? told;
        try
        {
            told = JsonSerializer.Deserialize<ToldSign>((byte[])message!);
        }
        catch (JsonException)
        {
            // Another version's, in a rolling upgrade.
            return;
        }
        // By this replica's clock, which is the one that forgets it.
        if (told is not null && told.By != _self) feed.Sign(told.Sign with { At = time.GetUtcNow(), FromElsewhere = true });
    }

    /// <param name="By">The replica that tells.</param>
    /// <param name="Sign">What it saw.</param>
    private sealed record ToldSign(string By, DeskSign Sign);
}
