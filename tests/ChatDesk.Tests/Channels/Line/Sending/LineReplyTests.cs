using System.Net;
using System.Net.Sockets;
using ChatDesk.Delivery;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>When a reply token is used, and what each answer to it means.</summary>
public sealed class LineReplyTests : IAsyncLifetime
{
    private LineBench _bench = null!;

    private FakeLine Line => _bench.Line;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_fresh_token_is_replied_to_for_free()
    {
        var result = await _bench.SendAsync(_bench.Item());

        var request = Assert.Single(Line.Requests);
        Assert.True(request.IsReply);
        Assert.Equal("reply-token", request.Json.GetProperty("replyToken").GetString());
        Assert.Equal("สวัสดี", request.Json.GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Equal("Bearer fixed-token", request.Authorization);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Null(request.RetryKey);
        Assert.Equal(new(SendStatus.Sent) { PartsDone = 1, ProviderId = "request-1" }, result);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(49, true)]
    [InlineData(50, false)]
    [InlineData(70, false)]
    [InlineData(600, false)]
    public async Task The_token_is_used_only_while_fresh(int age, bool replies)
    {
        var item = _bench.Item();
        _bench.Time.Advance(TimeSpan.FromSeconds(age));

        var result = await _bench.SendAsync(item);

        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal(replies, Assert.Single(Line.Requests).IsReply);
        Assert.Equal(replies ? 0 : 1, result.Counted);
    }

    [Fact]
    public async Task A_token_refused_on_the_first_try_has_brought_nothing_so_it_is_pushed()
    {
        Line.On(LineBench.Reply, 400, LineBench.InvalidReplyToken);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal([true, false], Line.Requests.Select(r => r.IsReply));
        Assert.Equal(new(SendStatus.Sent) { PartsDone = 1, ProviderId = "request-2", Reply = ReplyTrace.Refused, Counted = 1 }, result);
    }

    [Fact]
    public async Task A_token_once_refused_is_not_tried_again()
    {
        await _bench.SendAsync(_bench.Item() with { Reply = ReplyTrace.Refused });

        Assert.True(Assert.Single(Line.Requests).IsPush);
    }

    [Fact]
    public async Task A_broken_line_is_tried_again_at_once()
    {
        Line.Drop(LineBench.Reply);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal([true, true], Line.Requests.Select(r => r.IsReply));
    }

    [Fact]
    public async Task A_token_used_up_by_the_broken_try_means_that_try_arrived()
    {
        Line.Drop(LineBench.Reply).On(LineBench.Reply, 400, LineBench.InvalidReplyToken);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal(1, result.PartsDone);
        Assert.DoesNotContain(Line.Requests, r => r.IsPush);
    }

    [Fact]
    public async Task A_try_that_LINE_does_not_answer_in_time_is_tried_again_at_once()
    {
        Line.Hang(LineBench.Reply).On(LineBench.Reply, 400, LineBench.InvalidReplyToken);

        var sending = _bench.SendAsync(_bench.Item());
        await Line.HangingAsync();
        _bench.Time.Advance(_bench.Options.RequestTimeout);

        Assert.Equal(SendStatus.Sent, (await sending).Status);
        Assert.Equal(2, Line.Requests.Count);
    }

    [Fact]
    public async Task No_answer_twice_is_left_for_later_and_remembered()
    {
        Line.Drop(LineBench.Reply).Drop(LineBench.Reply);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal(
            new(SendStatus.Deferred) { Reason = "broken", Reply = ReplyTrace.MaybeUsed, RetryAt = _bench.Time.GetUtcNow() + TimeSpan.FromSeconds(0.5) }, result);
        Assert.DoesNotContain(Line.Requests, r => r.IsPush);
    }

    [Fact]
    public async Task A_server_error_is_tried_again_and_then_left_for_later()
    {
        Line.On(LineBench.Reply, 500).On(LineBench.Reply, 503);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal((SendStatus.Deferred, "http-503", ReplyTrace.Failed), (result.Status, result.Reason, result.Reply));
        Assert.DoesNotContain(Line.Requests, r => r.IsPush);
    }

    [Fact]
    public async Task After_nothing_but_server_errors_a_stale_token_is_replaced_by_a_push()
    {
        var item = _bench.Item() with { Reply = ReplyTrace.Failed };
        _bench.Time.Advance(TimeSpan.FromSeconds(51));

        Assert.Equal(SendStatus.Sent, (await _bench.SendAsync(item)).Status);
        Assert.True(Assert.Single(Line.Requests).IsPush);
    }

    [Fact]
    public async Task A_silence_among_server_errors_still_forbids_the_push()
    {
        Line.On(LineBench.Reply, 500).Drop(LineBench.Reply);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal((SendStatus.Deferred, ReplyTrace.MaybeUsed), (result.Status, result.Reply));
    }

    [Fact]
    public async Task A_server_error_that_used_the_token_up_cannot_be_known()
    {
        Line.On(LineBench.Reply, 500).On(LineBench.Reply, 400, LineBench.InvalidReplyToken);

        var result = await _bench.SendAsync(_bench.Item());

        Assert.Equal((SendStatus.Unknown, "reply-unknown"), (result.Status, result.Reason));
        Assert.DoesNotContain(Line.Requests, r => r.IsPush);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(600)]
    public async Task A_token_that_may_have_been_used_is_asked_whatever_its_age(int age)
    {
        var item = _bench.Item() with { Reply = ReplyTrace.MaybeUsed };
        _bench.Time.Advance(TimeSpan.FromSeconds(age));

        var result = await _bench.SendAsync(item);

        Assert.True(Assert.Single(Line.Requests).IsReply);
        Assert.Equal(SendStatus.Sent, result.Status);
    }

    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public async Task Used_or_expired_is_told_apart_by_age(int age, bool arrived)
    {
        Line.On(LineBench.Reply, 400, LineBench.InvalidReplyToken);
        var item = _bench.Item() with { Reply = ReplyTrace.MaybeUsed };
        _bench.Time.Advance(TimeSpan.FromSeconds(age));

        var result = await _bench.SendAsync(item);

        Assert.Equal(arrived ? SendStatus.Sent : SendStatus.Unknown, result.Status);
        Assert.DoesNotContain(Line.Requests, r => r.IsPush);
    }

    [Fact]
    public async Task What_was_made_with_a_stale_token_was_never_a_reply_so_it_may_be_pushed()
    {
        var stale = _bench.Time.GetUtcNow() - TimeSpan.FromMinutes(10);

        await _bench.SendAsync(_bench.Item() with { ReplyHandleAt = stale, Reply = ReplyTrace.MaybeUsed });

        Assert.True(Assert.Single(Line.Requests).IsPush);
    }

    [Fact]
    public async Task A_reply_that_stays_unknown_for_a_day_is_given_to_a_person()
    {
        Line.Drop(LineBench.Reply);
        var item = _bench.Item() with { Reply = ReplyTrace.MaybeUsed };
        _bench.Time.Advance(TimeSpan.FromHours(23));

        Assert.Equal((SendStatus.Unknown, "reply-unknown"), await StatusAsync(item));
    }

    [Fact]
    public async Task A_refused_connection_has_brought_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var bench = await LineBench.StartAsync(change: o => o with { ApiBaseUrl = new($"http://127.0.0.1:{port}") });

        var result = await bench.SendAsync(bench.Item());

        Assert.Equal((SendStatus.Deferred, "unreachable", ReplyTrace.Unused), (result.Status, result.Reason, result.Reply));
    }

    [Fact]
    public async Task Other_refusals_of_a_reply_are_final_and_never_pushed()
    {
        Line.On(LineBench.Reply, 400, """{"message":"The request body has 1 error(s)","details":[{"message":"May not be empty","property":"messages[0].text"}]}""");

        Assert.Equal((SendStatus.Blocked, "http-400"), await StatusAsync(_bench.Item()));
        Assert.Contains(_bench.Log, l => l.Contains("messages[0].text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_first_part_is_a_reply()
    {
        var result = await _bench.SendAsync(_bench.Item(messages: 12));

        Assert.Equal([true, false, false], Line.Requests.Select(r => r.IsReply));
        Assert.Equal([5, 5, 2], Line.Requests.Select(r => r.Json.GetProperty("messages").GetArrayLength()));
        Assert.Equal((SendStatus.Sent, 3, 2), (result.Status, result.PartsDone, result.Counted));
    }

    [Fact]
    public async Task Stopping_is_the_only_exception()
    {
        Line.Hang(LineBench.Reply);
        using var stopping = new CancellationTokenSource();

        var sending = _bench.Sender.SendAsync(_bench.Item(), stopping.Token).AsTask();
        await Line.HangingAsync();
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private async Task<(SendStatus, string?)> StatusAsync(OutboxItem item)
    {
        var result = await _bench.SendAsync(item);
        return (result.Status, result.Reason);
    }
}
