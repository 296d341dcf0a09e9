using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace ChatDesk.Tests.Delivery;

/// <summary>Session state, in memory and in a real redis-server: only ever the state of exactly the turn asked for, and never missed when it is gone.</summary>
public sealed class SessionStoreTests
{
    private static readonly ConversationKey Somchai = new("demo", "line", "U1");

    [Fact]
    public async Task Memory_keeps_the_state_of_exactly_one_turn_and_drops_the_oldest_when_full()
    {
        var store = new MemorySessionStore(capacity: 10);
        store.Write(Somchai, 4, [4]);
        Assert.Null(await store.ReadAsync(Somchai, 3));
        Assert.Null(await store.ReadAsync(Somchai, 5));
        Assert.Equal([4], await store.ReadAsync(Somchai, 4));

        for (var n = 0; n < 30; n++) store.Write(new("demo", "line", $"X{n}"), 1, [1]);
        Assert.Null(await store.ReadAsync(Somchai, 4));
        Assert.Equal([1], await store.ReadAsync(new("demo", "line", "X29"), 1));
    }

    [Fact]
    public async Task Redis_keeps_the_state_of_exactly_one_turn_and_a_flush_or_a_killed_server_only_says_none()
    {
        using var server = await RedisServer.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Configuration + ",allowAdmin=true");
        var store = new RedisSessionStore(Task.FromResult<IConnectionMultiplexer>(redis), TimeProvider.System, NullLogger<RedisSessionStore>.Instance);
        store.Write(Somchai, 4, [4, 5, 6]);
        Assert.Equal([4, 5, 6], await store.ReadAsync(Somchai, 4));
        Assert.Null(await store.ReadAsync(Somchai, 3));

        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        Assert.Null(await store.ReadAsync(Somchai, 4));
        store.Write(Somchai, 5, [5]);
        server.Kill();
        Assert.Null(await store.ReadAsync(Somchai, 5));
    }

    [Fact]
    public async Task A_conversation_goes_on_where_it_was_when_redis_is_emptied_or_gone()
    {
        using var server = await RedisServer.StartAsync();
        await using var desk = await TestDesk.StartAsync(settings => settings["Redis:Configuration"] = server.Configuration);
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "english");
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(server.Configuration + ",allowAdmin=true")) await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        Assert.StartsWith("What can we do", (await desk.SayAsync(somchai, "เมนู"))[^1].Text, StringComparison.Ordinal);

        server.Kill();
        Assert.Contains("will answer", (await desk.SayAsync(somchai, "6"))[^1].Text, StringComparison.Ordinal);
    }
}
