using ChatDesk.Channels.Web;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>What a page may do how often, whichever replica it asks.</summary>
public sealed class ThrottleTests
{
    /// <summary>Stands still: what flows into the buckets of one replica is not what is tested, and Redis' own clock fills one every two seconds.</summary>
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.FromHours(7)));

    private readonly WebOptions _options = new() { MessagesPerMinute = 30 };

    [Fact]
    public async Task Two_replicas_let_no_more_pass_than_one_and_each_its_own_while_Redis_is_away()
    {
        using var redis = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
        WebThrottles Replica() => new(_options, _time, new SharedBuckets(() => connection.IsConnected ? connection : null));
        WebThrottles[] replicas = [Replica(), Replica()];
        var burst = await CountAsync(new WebThrottles(_options, _time).Messages, "alone", 40);

        var passed = 0;
        TimeSpan? longest = null;
        for (var n = 0; n < 40; n++)
        {
            var wait = await replicas[n % 2].Messages.TakeAsync("c1");
            if (wait is null) passed++;
            else longest = longest > wait ? longest : wait;
        }

        // One more may flow in while the forty are asked for.
        Assert.InRange(passed, burst, burst + 1);
        Assert.InRange(longest!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
        // Another conversation, and another limit of the same one, have buckets of their own.
        Assert.Null(await replicas[0].Messages.TakeAsync("c2"));
        Assert.Null(await replicas[1].Reads.TakeAsync("c1"));

        redis.Kill();
        foreach (var replica in replicas) Assert.Equal(burst, await CountAsync(replica.Messages, "c3", 40));
    }

    private static async Task<int> CountAsync(Throttle throttle, string key, int tries)
    {
        var passed = 0;
        for (var n = 0; n < tries; n++) passed += await throttle.TakeAsync(key) is null ? 1 : 0;
        return passed;
    }
}
