using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Handover;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace ChatDesk.Tests.Startup;

/// <summary>Who types and who looks on is seen at every replica.</summary>
public sealed class RedisSignsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.FromHours(7)));
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task A_sign_at_one_replica_is_seen_at_the_other_and_never_comes_back()
    {
        using var server = await RedisServer.StartAsync();
        await using var first = new Replica(server, _time);
        await using var second = new Replica(server, _time);
        var malee = new DeskSign(new ConversationKey("demo", "line", "U1"), "viewing", "7", "มาลี", DateTimeOffset.UnixEpoch);

        // Until both listen nothing arrives; a sign is said again and again anyway.
        var seen = await SayUntilSeenAsync(first, malee, second);
        Assert.Equal(malee with { At = _time.GetUtcNow(), FromElsewhere = true }, seen);
        var contact = await SayUntilSeenAsync(second, new DeskSign(malee.Conversation, "typing", null, null, DateTimeOffset.UnixEpoch), first);
        Assert.Equal(("typing", null), (contact.Kind, contact.OfficerId));

        // What was told of is not told on: everything the first one ever heard was said by itself, or by the second.
        Assert.All(first.Heard.Where(s => s.OfficerId == "7"), s => Assert.False(s.FromElsewhere));
        Assert.All(second.Heard.Where(s => s.OfficerId is null), s => Assert.False(s.FromElsewhere));
    }

    public void Dispose() => _patience.Dispose();

    private async Task<DeskSign> SayUntilSeenAsync(Replica from, DeskSign sign, Replica at)
    {
        while (true)
        {
            from.Feed.Sign(sign);
            await Task.Delay(20, _patience.Token);
            if (at.Heard.FirstOrDefault(s => s.FromElsewhere && s.OfficerId == sign.OfficerId) is { } seen) return seen;
        }
    }

    private sealed class Replica : IAsyncDisposable
    {
        private readonly RedisConnection _redis;
        private readonly RedisSigns _signs;
        private readonly System.Collections.Concurrent.ConcurrentQueue<DeskSign> _heard = new();

        public Replica(RedisServer server, TimeProvider time)
        {
            _redis = new RedisConnection(ConfigurationOptions.Parse(server.Configuration));
            Feed.Signed += _heard.Enqueue;
            _signs = new RedisSigns(_redis, Feed, time, NullLogger<RedisSigns>.Instance);
            _ = _signs.StartAsync(CancellationToken.None);
        }

        public DeskFeed Feed { get; } = new();

        public IEnumerable<DeskSign> Heard => _heard;

        public async ValueTask DisposeAsync()
        {
            await _signs.StopAsync(CancellationToken.None);
            _signs.Dispose();
            await _redis.DisposeAsync();
        }
    }
}
