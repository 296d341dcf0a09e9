using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>Whatever happens to the line, nothing that was said is lost and nothing is said twice.</summary>
public sealed class LostLineTests(Chromium chromium)
{
    /// <summary>What the browser itself complains of while there is no line.</summary>
    private static readonly string[] WithoutLine = ["net::ERR_", "WebSocket connection to", "status of 5", "status of 403"];

    [Fact]
    public async Task Cut_in_the_middle_of_typing_and_of_answers_nothing_is_lost_or_doubled()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "1000");
        using var line = new CuttableLine(() => desk.Url);
        await using var visit = await Visit.OpenAsync(chromium, [line.Url], Visitor.Phone);
        visit.Expected.AddRange(WithoutLine);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{line.Url}/");
        await chat.GreetedAsync();

        List<string> said = [];
        for (var n = 0; n < 6; n++)
        {
            var words = $"คำถามแปลก ๆ ข้อที่ {n}";
            said.Add(words);
            // In turn: while the words are being typed, right after Enter, and once the desk has them.
            await chat.Box.FillAsync(words[..8]);
            if (n % 3 == 0) line.Cut();
            await chat.Box.FillAsync(words);
            await chat.Box.PressAsync("Enter");
            if (n % 3 == 1) line.Cut();
            if (n % 3 == 2)
            {
                await Assertions.Expect(chat.Own.Last).ToHaveAttributeAsync("data-fate", "sent", new() { Timeout = 15_000 });
                line.Cut();
            }
            if (n == 0)
            {
                await Assertions.Expect(chat.Banner).ToContainTextAsync("การเชื่อมต่อขาดหาย", new() { Timeout = 15_000 });
                await Assertions.Expect(chat.Own.Last).ToContainTextAsync("รอสัญญาณ", new() { Timeout = 15_000 });
                await visit.PictureAsync("chat-line-cut");
            }
            line.Mend();
            await Assertions.Expect(chat.Own.Last).ToHaveAttributeAsync("data-fate", "sent", new() { Timeout = 20_000 });
        }

        Assert.Equal(said, await chat.OwnTextsAsync());
        await desk.SettledAsync();
        Assert.Equal(said.Count, Texts(desk));
        Assert.InRange(Said(desk), said.Count + 1, 2 * (said.Count + 1));
        await AnswersSettleAsync(chat, desk);
        var seen = await chat.DeskTextsAsync();
        await visit.Page.ReloadAsync();
        await chat.GreetedAsync();
        await AnswersSettleAsync(chat, desk);
        Assert.Equal(said, await chat.OwnTextsAsync());
        Assert.Equal(seen, await chat.DeskTextsAsync());
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task After_a_restart_of_the_desk_the_conversation_goes_on()
    {
        await using var desk = await TestDesk.StartAsync();
        using var line = new CuttableLine(() => desk.Url);
        await using var visit = await Visit.OpenAsync(chromium, [line.Url]);
        visit.Expected.AddRange(WithoutLine);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{line.Url}/");
        await chat.GreetedAsync();
        await chat.TapAsync("ต้องขอใบอนุญาตอะไร");
        await chat.HearsAsync("ประเภทไหน");

        line.Cut();
        await desk.StopDeskAsync();
        await chat.SayAsync("ร้านอาหาร");
        await Assertions.Expect(chat.Own.Last).ToContainTextAsync("รอสัญญาณ", new() { Timeout = 15_000 });
        await desk.StartDeskAsync();
        line.Mend();

        await chat.HearsAsync("อยู่ที่ไหน");
        await visit.Page.ReloadAsync();
        await chat.HearsAsync("อยู่ที่ไหน");
        Assert.Equal(2, (await chat.OwnTextsAsync()).Count);
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_says_so_and_is_sent_once_when_tried_again()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        visit.Expected.AddRange(WithoutLine);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        await visit.Page.RouteAsync("**/activities", r => r.Request.Method == "POST" ? r.FulfillAsync(new() { Status = 503, Body = "{}" }) : r.ContinueAsync());
        await chat.SayAsync("ใบอนุญาตร้านอาหารต้องใช้เอกสารอะไร");
        await Assertions.Expect(chat.Own.Last).ToContainTextAsync("ส่งไม่สำเร็จ", new() { Timeout = 15_000 });
        await visit.PictureAsync("chat-not-sent");
        await visit.AssertAccessibleAsync();
        await visit.Page.UnrouteAllAsync();
        await chat.Own.Last.GetByRole(AriaRole.Button, new() { Name = "ลองอีกครั้ง" }).ClickAsync();

        await Assertions.Expect(chat.Own.Last).ToHaveAttributeAsync("data-fate", "sent", new() { Timeout = 15_000 });
        await desk.SettledAsync();
        Assert.Single(await chat.OwnTextsAsync());
        Assert.Equal(1, Texts(desk));
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task When_the_conversation_is_gone_a_new_one_begins_and_says_so()
    {
        await using var desk = await TestDesk.StartAsync();
        using var line = new CuttableLine(() => desk.Url);
        await using var visit = await Visit.OpenAsync(chromium, [line.Url], Visitor.Phone);
        visit.Expected.AddRange(WithoutLine);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{line.Url}/");
        await chat.GreetedAsync();

        // Without its keys the desk knows neither token nor cookie any more.
        line.Cut();
        await desk.StopDeskAsync();
        Directory.Delete(Path.Combine(desk.DataDirectory, "keys"), recursive: true);
        await desk.StartDeskAsync();
        line.Mend();
        await chat.SayAsync("ต้องขอใบอนุญาตอะไรบ้าง");

        await Assertions.Expect(chat.Find(".event").Filter(new() { HasText = "เริ่มการสนทนาใหม่" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await chat.HeardAsync("ประเภทไหน");
        Assert.Single(await chat.OwnTextsAsync());
        await visit.AssertHealthyAsync();
    }

    /// <summary>Waits until everything the desk has said is there, each once: how many bubbles that is, only the ledger knows.</summary>
    private static async Task AnswersSettleAsync(ChatScene chat, TestDesk desk) =>
        await Assertions.Expect(chat.Find("article.message.bot")).ToHaveCountAsync((int)Said(desk), new() { Timeout = 20_000 });

    private static long Said(TestDesk desk) => desk.Count("SELECT sum(json_array_length(CAST(body AS TEXT))) FROM transcript WHERE outgoing");

    private static long Texts(TestDesk desk) => desk.Count("SELECT count(*) FROM inbox WHERE CAST(activity AS TEXT) LIKE '%\"kind\":\"Text\"%'");
}
