namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class LineQuotaTests : IAsyncLifetime
{
    private const string Quota = "/v2/bot/message/quota";
    private const string Consumption = "/v2/bot/message/quota/consumption";

    private LineBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync(change: o => o with
    {
        Agencies = new Dictionary<string, ChatDesk.Channels.Line.LineAgencyOptions> { ["demo"] = LineBench.FixedToken },
    });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task<bool> RefreshAsync(string quota, int used)
    {
        _bench.Line.On(Quota, 200, quota).On(Consumption, 200, $$"""{"totalUsage":{{used}}}""");
        return await _bench.Quota.RefreshAsync(TestContext.Current.CancellationToken);
    }

    private int Warnings => _bench.Log.Count(l => l.StartsWith("Warning demo has used", StringComparison.Ordinal));

    [Fact]
    public async Task The_last_figures_are_kept_with_their_time()
    {
        Assert.Null(_bench.Quota.Read("demo"));
        Assert.True(await RefreshAsync("""{"type":"limited","value":300}""", 30));

        Assert.Equal(new(300, 30, _bench.Time.GetUtcNow()), _bench.Quota.Read("demo"));
        Assert.Equal(10, _bench.Quota.Read("demo")!.Percent);
    }

    [Fact]
    public async Task Each_step_warns_once()
    {
        const string limit = """{"type":"limited","value":100}""";
        var warnings = new List<int>();
        foreach (var used in new[] { 79, 80, 90, 100, 120, 3, 85 })
        {
            await RefreshAsync(limit, used);
            warnings.Add(Warnings);
        }

        Assert.Equal([0, 1, 1, 2, 2, 2, 3], warnings);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_ever_used_up()
    {
        await RefreshAsync("""{"type":"none"}""", 1_000_000);

        Assert.Equal(0, Warnings);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"totalUsage":"many"}""")]
    public async Task A_failed_reading_keeps_the_figures_before(int status, string body)
    {
        await RefreshAsync("""{"type":"limited","value":100}""", 10);
        _bench.Line.On(Quota, 200, """{"type":"limited","value":100}""").On(Consumption, status, body);

        Assert.False(await _bench.Quota.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(10, _bench.Quota.Read("demo")!.Used);
    }
}
