using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Tests.LineSimulator;

public class PushTests
{
    [Fact]
    public async Task The_same_retry_key_is_seen_once_and_answered_409()
    {
        await using var line = await LineSite.OpenAsync();
        var key = Guid.NewGuid().ToString();

        var first = await line.PushAsync(LineSite.Friend, key);
        var second = await line.PushAsync(LineSite.Friend, key);

        Assert.Equal(200, first.Status);
        Assert.Equal((409, "The retry key is already accepted"), (second.Status, second.Message));
        Assert.Equal(first.RequestId, second.Headers["x-line-accepted-request-id"]);
        Assert.Equal(first.Json.GetProperty("sentMessages")[0].GetProperty("id").GetString(), second.Json.GetProperty("sentMessages")[0].GetProperty("id").GetString());
        Assert.Single(line.SeenBy(LineSite.Friend));
        Assert.Equal(1, line.Channel.Quota.Used);
    }

    [Fact]
    public async Task A_retry_key_is_forgotten_after_a_day()
    {
        await using var line = await LineSite.OpenAsync();
        var key = Guid.NewGuid().ToString();
        await line.PushAsync(LineSite.Friend, key);

        line.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(409, (await line.PushAsync(LineSite.Friend, key)).Status);
        line.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await line.PushAsync(LineSite.Friend, key)).Status);
    }

    [Fact]
    public async Task A_key_whose_call_was_refused_stays_free()
    {
        await using var line = await LineSite.OpenAsync();
        var key = Guid.NewGuid().ToString();

        Assert.Equal(400, (await line.PushAsync(LineSite.Nobody, key)).Status);
        Assert.Equal(200, (await line.PushAsync(LineSite.Friend, key)).Status);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("123e4567e89b12d3a456426614174000")]
    [InlineData("")]
    public async Task A_key_that_is_no_uuid_is_refused(string key)
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(400, (await line.PushAsync(LineSite.Friend, key)).Status);
    }

    [Fact]
    public async Task Blocked_people_see_nothing_and_cost_nothing_though_LINE_says_200()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(200, (await line.PushAsync(LineSite.Blocked)).Status);
        Assert.Empty(line.SeenBy(LineSite.Blocked));
        Assert.Equal(0, line.Channel.Quota.Used);
    }

    [Fact]
    public async Task A_stranger_is_reached_for_a_week_after_writing()
    {
        await using var line = await LineSite.OpenAsync();
        line.Events.Message.Text(ChatSource.User(LineSite.Stranger), "ถาม");

        await line.PushAsync(LineSite.Stranger, text: "ทัน");
        line.Time.Advance(TimeSpan.FromDays(7));
        await line.PushAsync(LineSite.Stranger, text: "ไม่ทัน");

        Assert.Equal(["ทัน"], line.SeenBy(LineSite.Stranger));
    }

    [Fact]
    public async Task Nobody_is_an_error()
    {
        await using var line = await LineSite.OpenAsync();
        var answer = await line.PushAsync(LineSite.Nobody);

        Assert.Equal((400, "Failed to send messages"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_used_up_quota_is_told_apart_from_too_many_calls_and_ends_with_the_month()
    {
        await using var line = await LineSite.OpenAsync(new() { MonthlyQuota = 1 });
        await line.PushAsync(LineSite.Friend);
        var empty = await line.PushAsync(LineSite.Friend);

        Assert.Equal((429, "You have reached your monthly limit."), (empty.Status, empty.Message));
        Assert.Equal(1, (await line.GetAsync("/v2/bot/message/quota")).Json.GetProperty("value").GetInt32());
        Assert.Equal(1, (await line.GetAsync("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt32());
        line.Time.SetUtcNow(new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero));
        Assert.Equal(200, (await line.PushAsync(LineSite.Friend)).Status);
    }

    [Fact]
    public async Task Too_many_calls_in_a_second_are_429_until_the_next()
    {
        await using var line = await LineSite.OpenAsync();
        var body = $$"""{"to":["{{LineSite.Friend}}"],"messages":[{"type":"text","text":"a"}]}""";
        for (var n = 0; n < 200; n++) Assert.Equal(200, (await line.PostAsync("/v2/bot/message/multicast", body)).Status);
        var last = await line.PostAsync("/v2/bot/message/multicast", body);

        Assert.Equal((429, "The API rate limit has been exceeded. Try again later."), (last.Status, last.Message));
        line.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await line.PostAsync("/v2/bot/message/multicast", body)).Status);
    }

    [Fact]
    public async Task Deliveries_are_counted_by_the_day_of_Japan()
    {
        await using var line = await LineSite.OpenAsync();
        await line.PushAsync(LineSite.Friend);

        Assert.Equal(1, (await line.GetAsync("/v2/bot/message/delivery/push?date=20261122")).Json.GetProperty("success").GetInt32());
        Assert.Equal(0, (await line.GetAsync("/v2/bot/message/delivery/reply?date=20261122")).Json.GetProperty("success").GetInt32());
    }
}
