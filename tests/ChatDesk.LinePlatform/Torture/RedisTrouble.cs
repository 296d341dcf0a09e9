using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>Empties Redis and kills it, in turns, spread over the run.</summary>
internal sealed class RedisTrouble(RedisServer redis, int flushes, int kills, TimeSpan within, int seed, TimeProvider time)
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);

    private readonly Random random = new(seed + 1);

    public int Flushed { get; private set; }

    public int Killed { get; private set; }

    /// <summary>The most keys seen before a flush: 0 means that the desk does not use Redis.</summary>
    public long MostKeys { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var slice = within / Math.Max(flushes + kills, 1);
        while (Flushed < flushes || Killed < kills)
        {
            await Task.Delay(slice * (0.2 + (0.8 * random.NextDouble())), time, cancel);
            if (Flushed < flushes && (Flushed <= Killed || Killed == kills)) await FlushAsync(cancel);
            else await KillAsync(cancel);
        }
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        MostKeys = Math.Max(MostKeys, await redis.KeyCountAsync(cancel));
        await redis.FlushAsync(cancel);
        Flushed++;
    }

    private async Task KillAsync(CancellationToken cancel)
    {
        await redis.KillAsync();
        await Task.Delay(Down, time, cancel);
        await redis.StartAsync(cancel);
        Killed++;
    }
}
