using System.Text.Json;
using System.Text.Json.Nodes;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.LineSimulator;

public class WebhookEventTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
    private readonly LineChannel channel;

    public WebhookEventTests() => channel = new LineCloud(time).Open(new());

    [Fact]
    public void Every_event_fits_the_document_of_webhooks()
    {
        var document = LineOpenApi.Load(Shared.LinePath("webhook.yml"));
        var events = All(new(channel, time)).ToList();

        foreach (var webhook in events)
        {
            Assert.Empty(document.ValidateSchema("Event", webhook.Json(isRedelivery: false)).Select(p => $"{webhook.Type}: {p}"));
        }

        Assert.Equal(19, events.Select(e => e.Type).Distinct().Count());
        Assert.Empty(document.ValidateSchema("CallbackRequest", System.Text.Encoding.UTF8.GetString(WebhookEvent.Body("U" + new string('0', 32), events, false))));
    }

    [Fact]
    public void Captured_examples_have_the_same_fields_as_ours()
    {
        var examples = Directory.GetFiles(Shared.LinePath("webhook-examples"), "message-*.json").SelectMany(ExampleEvents).ToList();
        var ours = All(new(channel, time)).Where(e => e.Type == "message").Select(e => JsonNode.Parse(e.Json(false))!.AsObject()).ToList();

        foreach (var kind in examples.Select(KindOf).Distinct())
        {
            var fields = ours.Where(o => KindOf(o) == kind).SelectMany(o => o.Select(p => p.Key)).ToHashSet();
            Assert.Subset(examples.Where(e => KindOf(e) == kind).SelectMany(e => e.Select(p => p.Key)).ToHashSet(), fields);
        }
    }

    [Fact]
    public void A_redelivery_changes_one_word_only()
    {
        var webhook = new WebhookEvents(channel, time).Message.Text(ChatSource.User("U1"), "\"isRedelivery\":false");
        var (first, again) = (webhook.Json(false), webhook.Json(true));

        Assert.Equal(first.Length - 1, again.Length);
        Assert.True(JsonDocument.Parse(again).RootElement.GetProperty("deliveryContext").GetProperty("isRedelivery").GetBoolean());
        Assert.Equal("\"isRedelivery\":false", JsonDocument.Parse(again).RootElement.GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public void Standby_and_pushes_only_come_without_a_reply_token()
    {
        var source = ChatSource.User("U1");

        Assert.Null(new WebhookEvents(channel, time) { Standby = true }.Message.Text(source, "a").ReplyToken);
        Assert.Null(new WebhookEvents(channel, time) { WithReplyToken = false }.Message.Text(source, "a").ReplyToken);
        Assert.Null(new WebhookEvents(channel, time).AccountLink(source, "n", ok: false).ReplyToken);
        Assert.NotNull(new WebhookEvents(channel, time).Message.Text(source, "a").ReplyToken);
    }

    [Fact]
    public void Ids_sort_by_time_and_never_repeat()
    {
        var ids = Enumerable.Range(0, 1000).Select(n => Ulid.At(time.GetUtcNow().AddMilliseconds(n))).ToList();

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", id));
    }

    private static IEnumerable<WebhookEvent> All(WebhookEvents make)
    {
        var (user, group) = (ChatSource.User("U1"), ChatSource.Group("C1", "U1"));
        return
        [
            make.Message.Text(user, "a", "1", new Mention(0, 1, "U2", IsSelf: true), new Mention(2, 1, null)), make.Message.Image(user, album: ("A", 1, 2)),
            make.Message.Video(user), make.Message.Audio(user), make.Message.Document(user, "a.pdf"), make.Message.Location(user, 13.75, 100.5, "t", "a"),
            make.Message.Sticker(user), make.Unsend(user, "1"), make.Follow(user), make.Unfollow(user), make.Join(group), make.Leave(group),
            make.MemberJoined(group, "U2"), make.MemberLeft(group, "U2"), make.Postback(user, "d", ("date", "2026-11-22")), make.VideoPlayComplete(user, "t"),
            make.Beacon(user, "d41d8cd98f"), make.AccountLink(user, "n"), make.AccountLink(user, "n", ok: false), make.Membership(user, "joined"),
            make.ModuleAttached("message:send"), make.ModuleDetached(), make.Activated(user, DateTimeOffset.UnixEpoch), make.Deactivated(user),
            make.BotSuspended(), make.BotResumed(), make.Delivery("hash"),
        ];
    }

    private static IEnumerable<JsonObject> ExampleEvents(string file) => JsonNode.Parse(File.ReadAllText(file))!["events"]!.AsArray().Select(e => e!.AsObject());

    private static string KindOf(JsonObject webhook) => webhook["message"]!["type"]!.GetValue<string>();
}
