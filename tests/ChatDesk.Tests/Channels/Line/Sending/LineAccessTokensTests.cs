using ChatDesk.Delivery;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class LineAccessTokensTests : IAsyncLifetime
{
    private LineBench _bench = null!;

    private FakeLine Line => _bench.Line;

    private int Issued => Line.Requests.Count(r => r.Path == LineBench.Token);

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync(LineBench.IssuedToken);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private FakeLine Issue(string token, int seconds = 900) =>
        Line.On(LineBench.Token, 200, $$"""{"token_type":"Bearer","access_token":"{{token}}","expires_in":{{seconds}}}""");

    private async Task<string?> GetAsync() => (await _bench.Tokens.GetAsync("demo", TestContext.Current.CancellationToken))?.Authorization;

    [Fact]
    public async Task A_token_is_issued_from_id_and_secret()
    {
        Issue("t1");

        Assert.Equal("Bearer t1", await GetAsync());
        var request = Assert.Single(Line.Requests);
        Assert.Equal("grant_type=client_credentials&client_id=1650000000&client_secret=topsecret", request.Body);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.DoesNotContain(_bench.Log, l => l.Contains("t1", StringComparison.Ordinal) || l.Contains("topsecret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_hundred_callers_make_one_call()
    {
        var go = new TaskCompletionSource();
        Line.On(LineBench.Token, async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("""{"access_token":"t1","expires_in":900}""");
        });

        var callers = Enumerable.Range(0, 200).Select(_ => Task.Run(GetAsync)).ToArray();
        go.SetResult();

        Assert.All(await Task.WhenAll(callers), t => Assert.Equal("Bearer t1", t));
        Assert.Equal(1, Issued);
    }

    [Fact]
    public async Task One_caller_who_gives_up_does_not_end_it_for_the_others()
    {
        var go = new TaskCompletionSource();
        Line.On(LineBench.Token, async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("""{"access_token":"t1","expires_in":900}""");
        });
        using var impatient = new CancellationTokenSource();

        var first = _bench.Tokens.GetAsync("demo", impatient.Token).AsTask();
        var second = GetAsync();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        go.SetResult();

        Assert.Equal("Bearer t1", await second);
    }

    [Fact]
    public async Task It_is_renewed_at_four_fifths_of_its_life_while_nobody_waits()
    {
        Issue("t1", seconds: 1000);
        var asked = new TaskCompletionSource();
        Line.On(LineBench.Token, async context =>
        {
            asked.SetResult();
            await context.Response.WriteAsync("""{"access_token":"t2","expires_in":1000}""");
        });
        await GetAsync();

        _bench.Time.Advance(TimeSpan.FromSeconds(799));
        await GetAsync();
        Assert.Equal(1, Issued);

        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Bearer t1", await GetAsync());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        while (await GetAsync() != "Bearer t2") await Task.Yield();
        Assert.Equal(2, Issued);
    }

    [Fact]
    public async Task A_401_renews_once_and_repeats_the_call()
    {
        Issue("t1");
        Issue("t2");
        Line.On(LineBench.Reply, 401, """{"message":"Authentication failed"}""");

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal(["Bearer t1", "Bearer t2"], Line.Requests.Where(r => r.IsReply).Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_second_401_holds_the_agency_back_and_warns()
    {
        Issue("t1");
        Issue("t2");
        Line.On(LineBench.Reply, 401).On(LineBench.Reply, 401);

        var result = await _bench.SendAsync(_bench.Item());
        var next = await _bench.SendAsync(_bench.Item());

        Assert.Equal((SendStatus.Deferred, "unauthorized", ReplyTrace.Unused), (result.Status, result.Reason, result.Reply));
        Assert.Equal((SendStatus.Deferred, "unauthorized"), (next.Status, next.Reason));
        Assert.Equal(2, Line.Requests.Count(r => r.IsReply));
        Assert.Contains(_bench.Log, l => l.StartsWith("Warning LINE refuses the channel access token of demo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_who_meet_the_same_401_renew_together()
    {
        Issue("t1");
        Issue("t2");
        var stop = TestContext.Current.CancellationToken;
        var refused = (await _bench.Tokens.GetAsync("demo", stop))!;

        var renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await _bench.Tokens.RenewAsync("demo", refused, stop), stop)));

        Assert.All(renewed, t => Assert.Equal("Bearer t2", t?.Authorization));
        Assert.Equal("Bearer t2", (await _bench.Tokens.RenewAsync("demo", refused, stop))?.Authorization);
        Assert.Equal(2, Issued);
    }

    [Fact]
    public async Task A_fixed_token_cannot_be_renewed()
    {
        Line.On(LineBench.Reply, 401);

        var result = await _bench.SendAsync(_bench.Item(agency: "other"));

        Assert.Equal((SendStatus.Deferred, "unauthorized"), (result.Status, result.Reason));
        Assert.Single(Line.Requests);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"invalid client_secret"}""")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"access_token":"","expires_in":900}""")]
    [InlineData(200, """{"access_token":"t","expires_in":0}""")]
    [InlineData(200, """{"access_token":"t","expires_in":"soon"}""")]
    public async Task Without_a_token_nothing_is_sent_and_nothing_is_lost(int status, string body)
    {
        Line.On(LineBench.Token, status, body);

        var result = await _bench.SendAsync(_bench.Item());
        await _bench.SendAsync(_bench.Item());

        Assert.Equal((SendStatus.Deferred, "token", ReplyTrace.Unused), (result.Status, result.Reason, result.Reply));
        Assert.Equal(LineBench.Token, Assert.Single(Line.Requests).Path);
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        Issue("t1");
        Assert.Equal(SendStatus.Sent, (await _bench.SendAsync(_bench.Item())).Status);
    }
}
