using System.Net;
using System.Net.Sockets;
using ChatDesk.Channels.Line.Sending;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>The calls that are not messages, and how far a call that failed had come.</summary>
public sealed class LineClientTests : IAsyncLifetime
{
    private LineBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Marking_as_read_sends_the_token()
    {
        var answer = await _bench.Client.MarkAsReadAsync("demo", "read-token", Stop);

        Assert.True(answer.Success);
        var request = Assert.Single(_bench.Line.Requests);
        Assert.Equal("""POST /v2/bot/chat/markAsRead {"markAsReadToken":"read-token"}""", $"{request.Method} {request.Path} {request.Body}");
    }

    [Fact]
    public async Task The_account_tells_who_it_is()
    {
        _bench.Line.On("/v2/bot/info", 200, """{"userId":"Ub9","basicId":"@216","displayName":"กรม","chatMode":"chat","markAsReadMode":"manual","new":{}}""");

        var (answer, info) = await _bench.Client.BotInfoAsync("demo", Stop);

        Assert.Equal(200, answer.Status);
        Assert.Equal(new("Ub9", "@216", "กรม", "chat", "manual"), info);
        Assert.Equal("GET", Assert.Single(_bench.Line.Requests).Method);
    }

    [Fact]
    public async Task A_base_address_may_have_a_path()
    {
        await using var bench = await LineBench.StartAsync(change: o => o with { ApiBaseUrl = new(o.ApiBaseUrl, "/sim/") });

        await bench.Client.MarkAsReadAsync("demo", "t", Stop);

        Assert.Equal("/sim/v2/bot/chat/markAsRead", Assert.Single(bench.Line.Requests).Path);
    }

    [Fact]
    public async Task No_trace_header_of_ours_goes_out()
    {
        using var activity = new System.Diagnostics.Activity("turn").Start();

        await _bench.Client.MarkAsReadAsync("demo", "t", Stop);

        Assert.DoesNotContain("traceparent", Assert.Single(_bench.Line.Requests).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_has_sent_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        // The clock of the bench stands still, so only the time allowed for connecting can end this call.
        await using var bench = await LineBench.StartAsync(
            change: o => o with { ApiBaseUrl = new($"https://127.0.0.1:{port}"), RequestTimeout = TimeSpan.FromMilliseconds(200) });

        var answer = await bench.Client.MarkAsReadAsync("demo", "t", Stop);

        Assert.Equal((LineReach.NotSent, "unreachable"), (answer.Reach, answer.Word));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_token()
    {
        _bench.Line.On("/v2/bot/chat/markAsRead", 307, "", ("Location", "/elsewhere"));

        var answer = await _bench.Client.MarkAsReadAsync("demo", "t", Stop);

        Assert.Equal(307, answer.Status);
        Assert.Single(_bench.Line.Requests);
    }

    [Fact]
    public async Task Bodies_lent_out_at_the_same_time_never_mix()
    {
        var calls = Enumerable.Range(0, 300).Select(n => _bench.Client.MarkAsReadAsync("demo", $"token-{n}-{new string('x', n * 7)}", Stop).AsTask());

        Assert.All(await Task.WhenAll(calls), a => Assert.True(a.Success));
        var sent = _bench.Line.Requests.Select(r => r.Json.GetProperty("markAsReadToken").GetString()!).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"token-{n}-{new string('x', n * 7)}").ToHashSet(), sent);
    }
}
