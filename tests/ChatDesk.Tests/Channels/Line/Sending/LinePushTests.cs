using ChatDesk.Activities;
using ChatDesk.Channels.Line.Sending;
using ChatDesk.Delivery;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>Pushes: their retry keys, what may be repeated, what holds the channel back and what ends a message.</summary>
public sealed class LinePushTests : IAsyncLifetime
{
    private LineBench _bench = null!;

    private FakeLine Line => _bench.Line;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private OutboxItem Item(int messages = 1) => _bench.Item(messages) with { ReplyHandle = null };

    [Fact]
    public async Task Without_a_token_it_is_pushed_with_its_key_from_the_first_try()
    {
        var result = await _bench.SendAsync(Item());

        var request = Assert.Single(Line.Requests);
        Assert.True(request.IsPush);
        Assert.Equal(LineBench.User, request.Json.GetProperty("to").GetString());
        Assert.Equal(LineRetryKey.For("event-1:0", 0), request.RetryKey);
        Assert.Equal(new(SendStatus.Sent) { PartsDone = 1, ProviderId = "request-1", Counted = 1 }, result);
    }

    [Fact]
    public async Task Groups_are_pushed_to_the_same_way()
    {
        await _bench.SendAsync(Item() with { Conversation = new("demo", "line", "C0123") });

        Assert.Equal("C0123", Assert.Single(Line.Requests).Json.GetProperty("to").GetString());
    }

    [Fact]
    public void The_key_is_a_uuid_of_item_and_part_alone()
    {
        var keys = new[] { LineRetryKey.For("a:0", 0), LineRetryKey.For("a:0", 1), LineRetryKey.For("a:1", 0), LineRetryKey.For(new string('ก', 900), 0) };

        Assert.Equal(4, keys.Distinct().Count());
        Assert.All(keys, k => Assert.True(Guid.TryParseExact(k, "D", out _)));
        Assert.Equal(keys[0], LineRetryKey.For("a:0", 0));
    }

    [Fact]
    public async Task Every_part_has_its_own_key_and_a_later_try_goes_on_where_it_stopped()
    {
        Line.On(LineBench.Push, 200).On(LineBench.Push, 500);
        var item = Item(messages: 11);

        var first = await _bench.SendAsync(item);
        var second = await _bench.SendAsync(item with { PartsDone = first.PartsDone, Attempts = 1 });

        Assert.Equal((SendStatus.Deferred, "http-500", 1, 1), (first.Status, first.Reason, first.PartsDone, first.Counted));
        Assert.Equal((SendStatus.Sent, 3, 2), (second.Status, second.PartsDone, second.Counted));
        Assert.Equal([0, 1, 1, 2], Line.Requests.Select(r => Enumerable.Range(0, 3).Single(p => LineRetryKey.For(item.Id, p) == r.RetryKey)));
        Assert.Equal("m6", Line.Requests[1].Json.GetProperty("messages")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_conflict_that_names_the_accepted_call_is_success()
    {
        Line.On(LineBench.Push, 409, """{"message":"The retry key is already accepted"}""", ("x-line-accepted-request-id", "earlier"));

        Assert.Equal(new(SendStatus.Sent) { PartsDone = 1, ProviderId = "earlier", Counted = 1 }, await _bench.SendAsync(Item()));
    }

    [Fact]
    public async Task A_conflict_that_names_none_is_not()
    {
        Line.On(LineBench.Push, 409, """{"message":"The retry key is already accepted"}""");

        Assert.Equal((SendStatus.Deferred, "http-409"), await StatusAsync(Item()));
    }

    [Fact]
    public async Task Whatever_is_unclear_is_pushed_again_with_the_same_key()
    {
        Line.Drop(LineBench.Push).On(LineBench.Push, 502);

        Assert.Equal((SendStatus.Deferred, "broken"), await StatusAsync(Item()));
        Assert.Equal((SendStatus.Deferred, "http-502"), await StatusAsync(Item()));
        Assert.Equal((SendStatus.Sent, null), await StatusAsync(Item()));
        Assert.Single(Line.Requests.Select(r => r.RetryKey).Distinct());
    }

    [Fact]
    public async Task No_answer_in_time_is_left_for_later()
    {
        Line.Hang(LineBench.Push);

        var sending = _bench.SendAsync(Item());
        await Line.HangingAsync();
        _bench.Time.Advance(_bench.Options.RequestTimeout);

        var result = await sending;
        Assert.Equal((SendStatus.Deferred, "timeout"), (result.Status, result.Reason));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(40, 150)]
    public async Task Waits_double_up_to_five_minutes_and_are_drawn_from_below(int attempts, double seconds)
    {
        Line.On(LineBench.Push, 500);

        var result = await _bench.SendAsync(Item() with { Attempts = attempts });

        Assert.Equal(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds), result.RetryAt);
    }

    [Fact]
    public async Task Near_the_end_of_the_keys_life_a_person_must_look()
    {
        var item = Item();
        _bench.Time.Advance(TimeSpan.FromHours(23));

        Assert.Equal((SendStatus.Blocked, "retry-window-over"), await StatusAsync(item));
        Assert.Empty(Line.Requests);
    }

    [Fact]
    public async Task A_used_up_month_blocks_and_does_not_hold_others_back()
    {
        Line.On(LineBench.Push, 429, LineBench.MonthlyLimit);

        Assert.Equal((SendStatus.Blocked, "quota"), await StatusAsync(Item()));
        Assert.Equal((SendStatus.Sent, null), await StatusAsync(_bench.Item()));
    }

    [Fact]
    public async Task Too_fast_holds_the_whole_agency_back_without_a_call_and_no_other()
    {
        Line.On(LineBench.Push, 429, LineBench.RateLimit);

        var first = await _bench.SendAsync(Item());
        var held = await _bench.SendAsync(_bench.Item());
        var other = await _bench.SendAsync(_bench.Item(agency: "other"));
        await _bench.Sender.ShowWorkingAsync(_bench.Item().Conversation, TestContext.Current.CancellationToken);

        Assert.Equal((SendStatus.Deferred, "rate"), (first.Status, first.Reason));
        Assert.Equal((SendStatus.Deferred, "rate", ReplyTrace.Unused), (held.Status, held.Reason, held.Reply));
        Assert.True(held.RetryAt > _bench.Time.GetUtcNow());
        Assert.Equal(SendStatus.Sent, other.Status);
        Assert.Equal(2, Line.Requests.Count);
    }

    [Fact]
    public async Task Two_calls_under_way_that_are_both_too_fast_count_once()
    {
        var both = new CountdownEvent(2);
        var go = new TaskCompletionSource();
        for (var i = 0; i < 2; i++)
            Line.On(LineBench.Push, async context =>
            {
                if (both.Signal()) go.SetResult();
                await go.Task;
                context.Response.StatusCode = 429;
                await context.Response.WriteAsync(LineBench.RateLimit);
            });

        var results = await Task.WhenAll(_bench.SendAsync(Item()), _bench.SendAsync(Item()));

        Assert.All(results, r => Assert.Equal(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(0.75), r.RetryAt));
        _bench.Time.Advance(TimeSpan.FromSeconds(0.5));
        Line.On(LineBench.Push, 429, LineBench.RateLimit);
        Assert.Equal(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(1.5), (await _bench.SendAsync(Item())).RetryAt);
    }

    [Fact]
    public async Task Being_too_fast_again_doubles_the_hold_and_success_ends_it()
    {
        Line.On(LineBench.Push, 429, LineBench.RateLimit).On(LineBench.Push, 429, LineBench.RateLimit).On(LineBench.Push, 200).On(LineBench.Push, 429, LineBench.RateLimit);
        var holds = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            var result = await _bench.SendAsync(Item());
            if (result.Status != SendStatus.Deferred) continue;
            // The hold itself and then as much again as half of it, since every draw here is one half.
            holds.Add((result.RetryAt!.Value - _bench.Time.GetUtcNow()).TotalSeconds);
            _bench.Time.Advance(TimeSpan.FromSeconds(holds[^1]));
        }

        Assert.Equal([0.75, 1.5, 0.75], holds);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task Other_refusals_are_final_and_logged_without_words(int status)
    {
        Line.On(LineBench.Push, status, """{"message":"สวัสดี is not welcome","details":[{"message":"bad","property":"messages[0].text"}]}""");

        Assert.Equal((SendStatus.Blocked, $"http-{status}"), await StatusAsync(Item()));
        Assert.Contains(_bench.Log, l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains("messages[0].text", StringComparison.Ordinal));
        Assert.DoesNotContain(_bench.Log, l => l.Contains("สวัสดี", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"message":17,"details":"x"}""")]
    [InlineData("""{"details":[1,{"property":2},null]}""")]
    public async Task Strange_error_bodies_do_no_harm(string body)
    {
        Line.On(LineBench.Push, 400, body);

        Assert.Equal((SendStatus.Blocked, "http-400"), await StatusAsync(Item()));
    }

    [Fact]
    public async Task An_agency_without_an_account_is_blocked() =>
        Assert.Equal((SendStatus.Blocked, "no-account"), await StatusAsync(_bench.Item(agency: "nobody")));

    [Fact]
    public async Task What_says_nothing_needs_no_call()
    {
        var result = await _bench.SendAsync(Item() with { Activities = [OutboundActivity.Say(" \n")] });

        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Empty(Line.Requests);
    }

    [Fact]
    public async Task The_loading_sign_is_for_single_users()
    {
        const string loading = "/v2/bot/chat/loading/start";
        Line.On(loading, 500);

        await _bench.Sender.ShowWorkingAsync(new("demo", "line", "C0123"), TestContext.Current.CancellationToken);
        await _bench.Sender.ShowWorkingAsync(new("demo", "line", LineBench.User), TestContext.Current.CancellationToken);

        var request = Assert.Single(Line.Requests);
        Assert.Equal(loading, request.Path);
        Assert.Equal(LineBench.User, request.Json.GetProperty("chatId").GetString());
        Assert.Equal(0, request.Json.GetProperty("loadingSeconds").GetInt32() % 5);
    }

    [Fact]
    public async Task Logs_hold_the_request_id_and_no_words_and_no_secrets()
    {
        Line.On(LineBench.Reply, 400, LineBench.InvalidReplyToken).Drop(LineBench.Push);
        await _bench.SendAsync(_bench.Item("ความลับของประชาชน"));
        await _bench.SendAsync(_bench.Item("ความลับของประชาชน"));

        Assert.Contains(_bench.Log, l => l.Contains("POST /v2/bot/message/reply: 400 request-1", StringComparison.Ordinal));
        Assert.Contains(_bench.Log, l => l.Contains("POST /v2/bot/message/reply: 200 request-3", StringComparison.Ordinal));
        Assert.DoesNotContain(_bench.Log, l => l.Contains("ความลับ", StringComparison.Ordinal));
        Assert.DoesNotContain(_bench.Log, l => l.Contains("-token", StringComparison.Ordinal) || l.Contains("topsecret", StringComparison.Ordinal));
    }

    private async Task<(SendStatus, string?)> StatusAsync(OutboxItem item)
    {
        var result = await _bench.SendAsync(item);
        return (result.Status, result.Reason);
    }
}
