using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.Tests.LineSimulator;

public class FaultTests
{
    [Fact]
    public async Task A_script_is_played_in_order()
    {
        await using var line = await LineSite.OpenAsync(faults: new FaultPlan().Script(LineEndpoint.Push, FaultKind.RateLimited, FaultKind.ServerError));

        Assert.Equal(429, (await line.PushAsync(LineSite.Friend)).Status);
        Assert.Equal(500, (await line.PushAsync(LineSite.Friend)).Status);
        Assert.Equal(200, (await line.PushAsync(LineSite.Friend)).Status);
        Assert.Single(line.SeenBy(LineSite.Friend));
    }

    [Fact]
    public async Task Accept_then_drop_is_seen_though_the_bot_hears_nothing()
    {
        await using var line = await LineSite.OpenAsync(faults: new FaultPlan().Script(LineEndpoint.Push, FaultKind.AcceptThenDrop));
        var key = Guid.NewGuid().ToString();

        await Assert.ThrowsAsync<HttpRequestException>(() => line.PushAsync(LineSite.Friend, key));
        Assert.Single(line.SeenBy(LineSite.Friend));
        Assert.Equal(409, (await line.PushAsync(LineSite.Friend, key)).Status);
    }

    [Fact]
    public async Task Drop_before_accept_is_seen_by_nobody()
    {
        await using var line = await LineSite.OpenAsync(faults: new FaultPlan().Script(LineEndpoint.Push, FaultKind.DropBeforeAccept));

        await Assert.ThrowsAsync<HttpRequestException>(() => line.PushAsync(LineSite.Friend));
        Assert.Empty(line.SeenBy(LineSite.Friend));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hang_answers_only_after_its_time(bool acceptedFirst)
    {
        await using var line = await LineSite.OpenAsync();
        line.Faults.Script(LineEndpoint.Push, acceptedFirst ? FaultKind.AcceptThenHang : FaultKind.HangBeforeAccept);
        var accepted = new TaskCompletionSource();
        line.Channel.Accepted += _ => accepted.TrySetResult();

        var push = line.PushAsync(LineSite.Friend);
        if (acceptedFirst) await accepted.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(acceptedFirst, line.SeenBy(LineSite.Friend).Any());
        while (!push.IsCompleted)
        {
            line.Time.Advance(line.Faults.HangFor);
            await Task.Yield();
        }

        Assert.Equal(200, (await push).Status);
        Assert.Single(line.SeenBy(LineSite.Friend));
    }

    [Fact]
    public void The_same_seed_gives_the_same_fate_however_endpoints_interleave()
    {
        static FaultPlan Plan(int seed) => new FaultPlan(seed).With(FaultMix.Blend(0.3), FaultPlan.Sends);
        var (one, two, other) = (Plan(1), Plan(1), Plan(2));

        var expected = Enumerable.Range(0, 1000).Select(_ => one.Next(LineEndpoint.Push)).ToList();
        var mixed = Enumerable.Range(0, 1000).Select(_ => (two.Next(LineEndpoint.Reply), two.Next(LineEndpoint.Push)).Item2).ToList();

        Assert.Equal(expected, mixed);
        Assert.NotEqual(expected, Enumerable.Range(0, 1000).Select(_ => other.Next(LineEndpoint.Push)));
        Assert.InRange(expected.Count(f => f != FaultKind.None), 240, 360);
        Assert.Equal(6, expected.Where(f => f != FaultKind.None).Distinct().Count());
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(FaultKind.None, one.Next(LineEndpoint.Profile)));
    }
}
