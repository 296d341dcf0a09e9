using ChatDesk.Channels.Line.Sending;
using ChatDesk.Delivery;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>However many replicas call LINE, together they stay below what it takes in a second.</summary>
public sealed class LinePaceTests
{
    private const int Most = 1_800;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 2, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Two_replicas_share_a_second_and_the_next_one_is_new()
    {
        using var server = await RedisServer.StartAsync();
        await using var first = new RedisConnection(ConfigurationOptions.Parse(server.Configuration));
        await using var second = new RedisConnection(ConfigurationOptions.Parse(server.Configuration));
        await Task.WhenAll(first.Connecting, second.Connecting);
        LinePace[] replicas = [new(_time, Most, first), new(_time, Most, second)];

        // More tries for each than there are calls, so that none ends with a handful it drew and did not use.
        Assert.Equal(Most + (2 * LinePace.Free), await CallsAsync(replicas, "push", tries: 4 * Most));
        Assert.Equal(_time.GetUtcNow().AddSeconds(1), await replicas[0].TakeAsync("demo", "push"));
        // LINE counts replies apart, and every agency has a channel of its own.
        Assert.Null(await replicas[0].TakeAsync("demo", "reply"));
        Assert.Null(await replicas[0].TakeAsync("other", "push"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Most + (2 * LinePace.Free), await CallsAsync(replicas, "push", tries: 4 * Most));
    }

    [Fact]
    public async Task One_alone_keeps_to_it_without_redis()
    {
        Assert.Equal(Most, await CallsAsync([new(_time, Most)], "push", tries: 3_000));
    }

    private static async Task<int> CallsAsync(LinePace[] replicas, string call, int tries)
    {
        var made = 0;
        await Parallel.ForAsync(0, tries, async (n, _) =>
        {
            if (await replicas[n % replicas.Length].TakeAsync("demo", call) is null) Interlocked.Increment(ref made);
        });
        return made;
    }
}
