using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatDesk.Activities;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Channels.Web.Streaming;
using ChatDesk.Tests.Fixtures;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>The stream: live, after a cut, after a restart. Nothing lost, nothing doubled.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task An_open_page_gets_its_own_message_and_the_answer_without_asking()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var page = await visitor.OpenAsync();
        await page.SeeAsync(a => a.Count == 1);

        var posted = await visitor.SayAsync("อยากเปิดร้านกาแฟ");
        var seen = await page.SeeAsync(a => a.Count >= 3);

        Assert.Equal(posted.Id, (string?)seen[1]["id"]);
        Assert.Equal("user", (string?)seen[1]["from"]!["role"]);
        Assert.Equal("bot", (string?)seen[2]["from"]!["role"]);
    }

    [Fact]
    public async Task What_needs_no_answer_comes_back_all_the_same()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var page = await visitor.OpenAsync();
        var png = UploadTests.Png;

        // Pictures of one post after the first have a silent turn.
        var posted = await visitor.UploadAsync(null, ("a.png", "image/png", png), ("b.png", "image/png", png));

        var seen = await page.SeeAsync(a => a.Any(x => (string?)x["id"] == posted.Id));
        Assert.Equal(2, seen.Single(a => (string?)a["id"] == posted.Id)["attachments"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_stream_address_opens_one_stream_once_and_only_for_a_minute()
    {
        var time = new ShiftedTime();
        await using var desk = await TestDesk.StartAsync(change: b => b.Services.AddSingleton<TimeProvider>(time));
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var used = visitor.StreamUrl;
        await using var page = await visitor.OpenAsync();
        await visitor.ReconnectAsync("0");
        var late = visitor.StreamUrl;

        await Assert.ThrowsAsync<WebSocketException>(() => WebPage.OpenAsync(used, visitor.Origin));
        time.Ahead = TimeSpan.FromSeconds(61);
        await Assert.ThrowsAsync<WebSocketException>(() => WebPage.OpenAsync(late, visitor.Origin));
    }

    [Fact]
    public async Task Without_a_watermark_only_what_comes_from_now_on_is_brought()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await visitor.SayAsync("คำถามแรก");
        await visitor.SeeAsync(3);
        await desk.SettledAsync();

        await visitor.ReconnectAsync(watermark: null);
        await using var page = await visitor.OpenAsync();
        var posted = await visitor.SayAsync("คำถามที่สอง");
        var seen = await page.SeeAsync(a => a.Count >= 2);

        Assert.Equal(posted.Id, (string?)seen[0]["id"]);
    }

    [Fact]
    public async Task Cuts_at_any_moment_lose_nothing_and_double_nothing_and_change_no_order()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "100000");

        // true: say something; false: cut the line and come back with the watermark.
        await Gen.Bool.List[1, 12].SampleAsync(async steps =>
        {
            using var visitor = await WebVisitor.ArriveAsync(desk);
            var got = new List<JsonObject>();
            var said = new List<string>();
            var page = await visitor.OpenAsync();
            foreach (var say in steps)
            {
                if (say)
                {
                    said.Add((await visitor.SayAsync($"ข้อความ {said.Count}")).Id);
                    continue;
                }
                page = await ComeBackAsync(visitor, page, got);
            }
            page = await ComeBackAsync(visitor, page, got);
            await page.SeeAsync(_ => got.Concat(page.Activities).Count(a => (string?)a["replyToId"] is not null || (string?)a["from"]!["role"] == "bot") > said.Count);
            await desk.SettledAsync();
            var whole = await visitor.SeeAsync(1);
            await page.SeeAsync(_ => got.Count + page.Activities.Count >= whole.Count);
            got.AddRange(page.Activities);
            await page.DisposeAsync();

            Assert.Equal(whole.Select(a => (string)a["id"]!), got.Select(a => (string)a["id"]!));
            Assert.Equal(said, got.Where(a => (string?)a["from"]!["role"] == "user").Select(a => (string)a["id"]!));
        }, iter: 12, threads: 1);
    }

    [Fact]
    public async Task Any_watermark_divides_the_conversation_without_rest()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        for (var n = 0; n < 8; n++) await visitor.SayAsync($"ข้อความ {n}");
        await desk.SettledAsync();
        var last = int.Parse((await visitor.ReadAsync()).Watermark, System.Globalization.CultureInfo.InvariantCulture);
        var whole = (await visitor.ReadAsync()).Activities.Select(a => (string)a["id"]!).ToList();

        for (var place = 0; place <= last; place++)
        {
            var after = (await visitor.ReadAsync($"{place}")).Activities.Select(a => (string)a["id"]!).ToList();
            Assert.Equal(whole.Skip(whole.Count - after.Count), after);
        }
    }

    [Fact]
    public async Task A_restart_of_the_desk_in_the_middle_loses_nothing_and_the_page_goes_on()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var page = await visitor.OpenAsync();
        var first = await visitor.SayAsync("คำถามแรก");
        await page.SeeAsync(a => a.Count >= 3);
        var answered = await visitor.SayAsync("คำถามที่สอง");

        await desk.RestartAsync();
        await desk.UntilAsync(() => page.Ended, "the stream ended with the desk");
        var got = page.Activities.ToList();
        visitor.Origin = desk.Url;
        await visitor.ReconnectAsync(page.Watermark);
        await page.DisposeAsync();
        await using var next = await visitor.OpenAsync();
        var third = await visitor.SayAsync("คำถามที่สาม");
        await next.SeeAsync(a => a.Any(x => (string?)x["replyToId"] == third.Id));
        got.AddRange(next.Activities);

        Assert.Equal([first.Id, answered.Id, third.Id], got.Where(a => (string?)a["from"]!["role"] == "user").Select(a => (string)a["id"]!));
        Assert.Equal((await visitor.SeeAsync(got.Count)).Select(a => (string)a["id"]!), got.Select(a => (string)a["id"]!));
    }

    [Fact]
    public async Task That_somebody_writes_is_shown_and_leaves_nothing_behind()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var page = await visitor.OpenAsync();
        await page.SeeAsync(a => a.Count == 1);

        desk.Get<WebTyping>().Show(new ConversationKey("demo", "web", visitor.Conversation), "คุณสุดา");
        var seen = await page.SeeAsync(a => a.Count == 2);

        Assert.Equal("typing", (string?)seen[1]["type"]);
        Assert.Equal("คุณสุดา", (string?)seen[1]["from"]!["name"]);
        Assert.Single((await visitor.ReadAsync()).Activities);
    }

    [Fact]
    public async Task Noise_on_the_stream_is_passed_over_and_too_long_a_frame_ends_it()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var page = await visitor.OpenAsync();
        var random = new Random(5);
        for (var n = 0; n < 2_000; n++)
        {
            var noise = new byte[random.Next(0, 200)];
            random.NextBytes(noise);
            await page.Socket.SendAsync(noise, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        }
        var posted = await visitor.SayAsync("สวัสดี");
        await page.SeeAsync(a => a.Any(x => (string?)x["id"] == posted.Id));

        await page.Socket.SendAsync(new byte[5_000], WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        await desk.UntilAsync(() => page.Ended, "the stream ended");
    }

    [Fact]
    public async Task A_conversation_holds_so_many_streams_and_gives_them_back()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:StreamsPerConversation"] = "2");
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var first = await visitor.OpenAsync();
        await visitor.ReconnectAsync("0");
        await using var second = await visitor.OpenAsync();
        await visitor.ReconnectAsync("0");

        var refused = await Assert.ThrowsAsync<WebSocketException>(visitor.OpenAsync);
        await first.CutAsync();
        await desk.UntilAsync(() => desk.Get<WebFeed>().Count == 1, "its place is free");
        await visitor.ReconnectAsync("0");
        await using var third = await visitor.OpenAsync();

        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        await third.SeeAsync(a => a.Count == 1);
    }

    private static async Task<WebPage> ComeBackAsync(WebVisitor visitor, WebPage page, List<JsonObject> got)
    {
        await page.CutAsync();
        got.AddRange(page.Activities);
        if (page.Watermark.Length > 0) visitor.Watermark = page.Watermark;
        await page.DisposeAsync();
        await visitor.ReconnectAsync(visitor.Watermark.Length > 0 ? visitor.Watermark : "0");
        return await visitor.OpenAsync();
    }
}
