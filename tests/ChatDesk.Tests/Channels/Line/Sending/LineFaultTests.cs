using System.Collections.Concurrent;
using ChatDesk.Delivery;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>A LINE that remembers tokens and keys, and fails three calls in ten: everything is seen once, whatever happens.</summary>
public sealed class LineFaultTests : IAsyncLifetime
{
    private const int Items = 400;

    private readonly Random _random = new(20261122);
    private readonly ConcurrentDictionary<string, byte> _used = new();
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private LineBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_message_is_seen_exactly_once(bool byReply)
    {
        for (var i = 0; i < Items * 20; i++) _bench.Line.On(LineBench.Push, AnswerAsync).On(LineBench.Reply, AnswerAsync);
        var waiting = Enumerable.Range(0, Items).Select(n => Item(n, byReply)).ToList();
        var settled = new List<(OutboxItem Item, SendResult Result)>();

        for (var round = 0; waiting.Count > 0 && round < 200; round++)
        {
            var results = await Task.WhenAll(waiting.Select(async item => (Item: item, Result: await _bench.SendAsync(item))));
            settled.AddRange(results.Where(r => r.Result.Status != SendStatus.Deferred));
            waiting = [.. results.Where(r => r.Result.Status == SendStatus.Deferred).Select(r => Next(r.Item, r.Result))];
            if (results.Max(r => r.Result.RetryAt) is { } retryAt) _bench.Time.SetUtcNow(retryAt);
        }

        Assert.Empty(waiting);
        Assert.All(_seen.Values, times => Assert.Equal(1, times));
        Assert.All(settled.Where(s => s.Result.Status == SendStatus.Sent), s => Assert.True(_seen.ContainsKey(s.Item.Id)));
        // Only a reply may end unknown, and then because its token was too old to tell.
        Assert.All(settled.Where(s => s.Result.Status != SendStatus.Sent), s => Assert.Equal((true, SendStatus.Unknown), (byReply, s.Result.Status)));
    }

    private OutboxItem Item(int n, bool byReply) =>
        _bench.Item($"event-{n}") with { Id = $"event-{n}", ReplyHandle = byReply ? $"token-{n}" : null };

    private static OutboxItem Next(OutboxItem item, SendResult result) =>
        item with { Attempts = item.Attempts + 1, PartsDone = result.PartsDone, Reply = result.Reply };

    private async Task AnswerAsync(HttpContext context)
    {
        var luck = Luck();
        if (luck < 0.10) await AnswerAsync(context, 429, LineBench.RateLimit);
        else if (luck < 0.20) await AnswerAsync(context, 500, "{}");
        else if (luck < 0.25) context.Abort();
        else
        {
            var (status, body) = Accept(FakeLine.Taken(context));
            if (luck < 0.30) context.Abort();
            else await AnswerAsync(context, status, body);
        }
    }

    private (int Status, string Body) Accept(Heard request)
    {
        var body = request.Json;
        var once = request.RetryKey ?? body.GetProperty("replyToken").GetString()!;
        if (!_used.TryAdd(once, 0)) return request.IsPush ? (409, "{}") : (400, LineBench.InvalidReplyToken);
        _seen.AddOrUpdate(body.GetProperty("messages")[0].GetProperty("text").GetString()!, 1, (_, times) => times + 1);
        return (200, "{}");
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        if (status == 409) context.Response.Headers["x-line-accepted-request-id"] = "earlier";
        return context.Response.WriteAsync(body);
    }

    private double Luck()
    {
        lock (_random) return _random.NextDouble();
    }
}
