using StackExchange.Redis;

namespace ChatDesk.Delivery;

/// <summary>Looks once, when Redis answers, whether it writes anything down: as Debian ships it a restart forgets all. Nothing is lost by that, but everything is read from the ledger again.</summary>
internal sealed class RedisCheck(RedisConnection redis, ILogger<RedisCheck> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var connection = await redis.Connecting.WaitAsync(stoppingToken);
            foreach (var server in connection.GetServers().Where(s => s is { IsConnected: true, IsReplica: false }))
            {
                var persistence = (await server.InfoAsync("persistence")).SelectMany(section => section);
                if (persistence.Any(line => line is { Key: "aof_enabled", Value: "0" }))
                    log.LogWarning("Redis at {Address} keeps no append-only file: after its restart every session is read from the ledger. Set appendonly yes.", server.EndPoint);
            }
        }
        catch (Exception fault) when (fault is RedisException or RedisCommandException or TimeoutException)
        {
            log.LogWarning("Whether Redis writes anything down could not be seen: {Fault}", fault.GetType().Name);
        }
    }
}
