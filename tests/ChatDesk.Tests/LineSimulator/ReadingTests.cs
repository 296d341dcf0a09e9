using System.Text;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Tests.LineSimulator;

public class ReadingTests
{
    private static readonly ChatSource Source = ChatSource.User(LineSite.Friend);

    [Fact]
    public async Task A_film_is_202_until_it_is_ready_and_410_once_taken_back()
    {
        await using var line = await LineSite.OpenAsync();
        var id = line.Events.Message.Video(Source, bytes: 300_000, preparing: TimeSpan.FromSeconds(10)).MessageId!;

        Assert.Equal(202, (await line.GetAsync($"/v2/bot/message/{id}/content")).Status);
        Assert.Equal("processing", (await line.GetAsync($"/v2/bot/message/{id}/content/transcoding")).Json.GetProperty("status").GetString());

        line.Time.Advance(TimeSpan.FromSeconds(10));
        var film = await line.GetAsync($"/v2/bot/message/{id}/content");
        Assert.Equal((200, 300_000), (film.Status, film.Body.Length));
        Assert.Equal(252 % 251, film.Body[252]);
        Assert.Equal("succeeded", (await line.GetAsync($"/v2/bot/message/{id}/content/transcoding")).Json.GetProperty("status").GetString());

        line.Events.Unsend(Source, id);
        var gone = await line.GetAsync($"/v2/bot/message/{id}/content");
        Assert.Equal((410, "The content is gone"), (gone.Status, gone.Message));
    }

    [Fact]
    public async Task A_failed_preparation_says_so()
    {
        await using var line = await LineSite.OpenAsync();
        var id = line.Events.Message.Audio(Source, preparing: TimeSpan.FromSeconds(10)).MessageId!;
        line.Channel.Content.Fail(id);

        Assert.Equal("failed", (await line.GetAsync($"/v2/bot/message/{id}/content/transcoding")).Json.GetProperty("status").GetString());
        Assert.Equal(404, (await line.GetAsync($"/v2/bot/message/{id}/content")).Status);
    }

    [Fact]
    public async Task A_picture_is_not_transcoded_and_a_document_has_no_preview()
    {
        await using var line = await LineSite.OpenAsync();
        var picture = line.Events.Message.Image(Source).MessageId!;
        var document = line.Events.Message.Document(Source, "a.pdf").MessageId!;

        Assert.Equal("Transcoding status doesn't support this type of content", (await line.GetAsync($"/v2/bot/message/{picture}/content/transcoding")).Message);
        Assert.Equal(200, (await line.GetAsync($"/v2/bot/message/{picture}/content/preview")).Status);
        Assert.Equal("The content can not be previewed", (await line.GetAsync($"/v2/bot/message/{document}/content/preview")).Message);
        Assert.Equal((404, "not found"), ((await line.GetAsync("/v2/bot/message/1/content")).Status, (await line.GetAsync("/v2/bot/message/1/content")).Message));
    }

    [Fact]
    public async Task Only_friends_have_a_profile()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal("สมชาย", (await line.GetAsync($"/v2/bot/profile/{LineSite.Friend}")).Json.GetProperty("displayName").GetString());
        foreach (var other in (string[])[LineSite.Blocked, LineSite.Stranger, LineSite.Nobody])
        {
            var answer = await line.GetAsync($"/v2/bot/profile/{other}");
            Assert.Equal((404, "Not found"), (answer.Status, answer.Message));
        }
    }

    [Fact]
    public async Task Groups_tell_their_members()
    {
        await using var line = await LineSite.OpenAsync();
        line.Channel.People.Add(new LineGroup("C1", "กลุ่ม", [LineSite.Friend, LineSite.Stranger]));

        Assert.Equal(2, (await line.GetAsync("/v2/bot/group/C1/members/count")).Json.GetProperty("count").GetInt32());
        Assert.Equal("กลุ่ม", (await line.GetAsync("/v2/bot/group/C1/summary")).Json.GetProperty("groupName").GetString());
        Assert.Equal(200, (await line.GetAsync($"/v2/bot/group/C1/member/{LineSite.Stranger}")).Status);
        Assert.Equal(200, (await line.PostAsync("/v2/bot/group/C1/leave", "")).Status);
        Assert.Equal(404, (await line.GetAsync("/v2/bot/group/C1/summary")).Status);
    }

    [Fact]
    public async Task The_bot_learns_who_it_is()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(line.Channel.Setup.BotUserId, (await line.GetAsync("/v2/bot/info")).Json.GetProperty("userId").GetString());
    }

    [Fact]
    public async Task Loading_is_for_persons_and_in_fives()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(202, (await line.PostAsync("/v2/bot/chat/loading/start", $$"""{"chatId":"{{LineSite.Friend}}"}""")).Status);
        Assert.Equal(20, Assert.Single(line.Channel.Loading.All()).Seconds);
        var wrong = await line.PostAsync("/v2/bot/chat/loading/start", $$"""{"chatId":"{{LineSite.Friend}}","loadingSeconds":63}""");
        Assert.Equal("The request body has 2 error(s)", wrong.Message);
        Assert.Equal(400, (await line.PostAsync("/v2/bot/chat/loading/start", """{"chatId":"C1"}""")).Status);
    }

    [Fact]
    public async Task A_message_is_marked_as_read_by_its_token_only()
    {
        await using var line = await LineSite.OpenAsync();
        var webhook = line.Events.Message.Text(Source, "ถาม");
        var token = System.Text.Json.JsonDocument.Parse(webhook.Json(false)).RootElement.GetProperty("message").GetProperty("markAsReadToken").GetString();

        Assert.Equal(400, (await line.PostAsync("/v2/bot/chat/markAsRead", """{"markAsReadToken":"x"}""")).Status);
        Assert.False(line.Channel.ReadMarks.IsRead(webhook.MessageId!));
        Assert.Equal(200, (await line.PostAsync("/v2/bot/chat/markAsRead", $$"""{"markAsReadToken":"{{token}}"}""")).Status);
        Assert.True(line.Channel.ReadMarks.IsRead(webhook.MessageId!));
    }

    [Fact]
    public async Task A_stateless_token_is_issued_for_the_secret_and_dies_after_fifteen_minutes()
    {
        await using var line = await LineSite.OpenAsync(new() { AccessToken = null });
        Assert.Equal(401, (await line.GetAsync("/v2/bot/info")).Status);
        Assert.Equal("invalid client_secret", (await IssueAsync(line, "wrong")).Json.GetProperty("error_description").GetString());

        var issued = await IssueAsync(line, line.Channel.Setup.Secret);
        line.Token = issued.Json.GetProperty("access_token").GetString();
        Assert.Equal(899, issued.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal(200, (await line.GetAsync("/v2/bot/info")).Status);
        line.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(401, (await line.GetAsync("/v2/bot/info")).Status);
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own_and_every_request_is_recorded()
    {
        await using var line = await LineSite.OpenAsync();
        var ids = new[] { await line.GetAsync("/v2/bot/info"), await line.GetAsync("/no/such/path"), await line.PushAsync(LineSite.Nobody) }.Select(a => a.RequestId).ToList();

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, line.Api.Requests.All().Select(r => r.RequestId));
        Assert.Equal([LineEndpoint.BotInfo, LineEndpoint.Unknown, LineEndpoint.Push], line.Api.Requests.All().Select(r => r.Endpoint));
        Assert.Equal([200, 404, 400], line.Api.Requests.All().Select(r => r.Status));
    }

    [Fact]
    public async Task A_body_over_two_megabytes_is_too_large()
    {
        await using var line = await LineSite.OpenAsync();

        Assert.Equal(413, (await line.PostAsync("/v2/bot/message/push", new string(' ', LineApi.MostBodyBytes + 1))).Status);
    }

    private static Task<LineReply> IssueAsync(LineSite line, string secret) => line.SendAsync(new(HttpMethod.Post, "/oauth2/v3/token")
    {
        Content = new StringContent($"grant_type=client_credentials&client_id={line.Channel.Setup.Id}&client_secret={secret}", Encoding.UTF8, "application/x-www-form-urlencoded"),
    });
}
