using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Streaming;
using ChatDesk.Delivery;
using ChatDesk.Tests.Fixtures;
using StackExchange.Redis;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>A stream ticket opens one stream, whichever replica it is shown to.</summary>
public sealed class SpentTicketTests
{
    [Fact]
    public async Task A_ticket_spent_at_one_replica_is_spent_at_the_other_and_without_redis_at_least_at_its_own()
    {
        using var server = await RedisServer.StartAsync();
        await using var first = new RedisConnection(ConfigurationOptions.Parse(server.Configuration));
        await using var second = new RedisConnection(ConfigurationOptions.Parse(server.Configuration));
        await Task.WhenAll(first.Connecting, second.Connecting);
        var (here, there) = (new SpentTickets(TimeProvider.System, first), new SpentTickets(TimeProvider.System, second));

        Assert.True(await here.SpendAsync(Ticket("a")));
        Assert.False(await here.SpendAsync(Ticket("a")));
        Assert.False(await there.SpendAsync(Ticket("a")));
        Assert.True(await there.SpendAsync(Ticket("b")));

        server.Kill();
        Assert.True(await here.SpendAsync(Ticket("c")));
        Assert.False(await here.SpendAsync(Ticket("c")));
    }

    private static StreamTicket Ticket(string nonce) => new("demo", "conversation", 0, nonce, TimeProvider.System.GetUtcNow().AddMinutes(1), "");
}
