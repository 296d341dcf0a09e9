using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Tests.LineSimulator;

public class ReplyTests
{
    [Fact]
    public async Task A_reply_is_seen_is_free_and_uses_its_token_up()
    {
        await using var line = await LineSite.OpenAsync(new() { MonthlyQuota = 0 });
        var token = Token(line);

        var first = await line.ReplyAsync(token, "หนึ่ง");
        var second = await line.ReplyAsync(token, "สอง");

        Assert.Equal(200, first.Status);
        Assert.Equal(1, first.Json.GetProperty("sentMessages").GetArrayLength());
        Assert.NotEmpty(first.RequestId);
        Assert.Equal((400, "Invalid reply token"), (second.Status, second.Message));
        Assert.Equal(["หนึ่ง"], line.SeenBy(LineSite.Friend));
        Assert.Equal(0, line.Channel.Quota.Used);
    }

    [Theory]
    [InlineData(59, 200)]
    [InlineData(60, 400)]
    public async Task A_token_lives_for_a_minute(int seconds, int status)
    {
        await using var line = await LineSite.OpenAsync();
        var token = Token(line);
        line.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (await line.ReplyAsync(token)).Status);
    }

    [Theory]
    [InlineData(19, 59, 200)]
    [InlineData(19, 60, 400)]
    [InlineData(20, 0, 400)]
    public async Task A_redelivery_gives_another_minute_within_twenty(int minutes, int seconds, int status)
    {
        await using var line = await LineSite.OpenAsync();
        var token = Token(line);
        line.Time.Advance(TimeSpan.FromMinutes(minutes));
        line.Channel.ReplyTokens.Redelivered(token);
        line.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (await line.ReplyAsync(token)).Status);
    }

    [Fact]
    public async Task A_redelivery_does_not_revive_a_used_token()
    {
        await using var line = await LineSite.OpenAsync();
        var token = Token(line);
        await line.ReplyAsync(token);
        line.Channel.ReplyTokens.Redelivered(token);

        Assert.Equal(400, (await line.ReplyAsync(token)).Status);
    }

    [Fact]
    public async Task A_refused_body_leaves_the_token_good()
    {
        await using var line = await LineSite.OpenAsync();
        var token = Token(line);

        var refused = await line.PostAsync("/v2/bot/message/reply", LineBodies.Reply("""{"type":"text"}""", token));

        Assert.Equal("The request body has 1 error(s)", refused.Message);
        Assert.Equal("messages[0].text", refused.Json.GetProperty("details")[0].GetProperty("property").GetString());
        Assert.Equal(200, (await line.ReplyAsync(token)).Status);
    }

    [Fact]
    public async Task A_retry_key_on_a_reply_is_refused()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(400, (await line.PostAsync("/v2/bot/message/reply", LineBodies.Reply("""{"type":"text","text":"a"}""", Token(line)), Guid.NewGuid().ToString())).Status);
    }

    [Fact]
    public async Task A_body_that_is_no_object_is_refused()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(400, (await line.PostAsync("/v2/bot/message/reply", "[]")).Status);
        Assert.Equal(400, (await line.PostAsync("/v2/bot/message/reply", "{")).Status);
    }

    private static string Token(LineSite line) => line.Events.Message.Text(ChatSource.User(LineSite.Friend), "ถาม").ReplyToken!;
}
