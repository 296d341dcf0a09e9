using System.Text.Json;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>Small windows, keyboards, screen readers, two languages, pictures and places.</summary>
public sealed class ComfortTests(Chromium chromium)
{
    /// <summary>360 px is the narrowest phone in use; 320 x 256 is a screen of 1280 x 1024 enlarged to 400 % (WCAG 1.4.10).</summary>
    [Theory]
    [InlineData(360, 640)]
    [InlineData(320, 256)]
    public async Task It_fits_narrow_and_enlarged_screens(int width, int height)
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], new() { Width = width, Height = height });
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();
        await chat.SayAsync("ใบอนุญาตร้านอาหารต้องใช้เอกสารอะไรบ้างคะ");
        await Assertions.Expect(chat.Find("article.message.bot")).Not.ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await visit.PictureAsync($"chat-small-{width}");

        Assert.False(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "scrolls sideways");
        await Assertions.Expect(chat.Box).ToBeInViewportAsync();
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_keyboard_and_a_screen_reader_are_enough()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url]);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        // What comes is spoken, what was there before is not; every message says whose it is.
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Log)).ToHaveAttributeAsync("aria-live", "polite");
        await Assertions.Expect(chat.Messages.First).ToContainTextAsync("ระบบอัตโนมัติ");
        await Assertions.Expect(chat.Box).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("พิมพ์ข้อความถึงสำนักงาน")).ToBeFocusedAsync();

        // From the box back to the last choices, and a choice taken by Enter.
        for (var n = 0; n < 12 && !await FocusIsOnAsync(visit.Page, "ต้องขอใบอนุญาตอะไร"); n++) await visit.Page.Keyboard.PressAsync("Shift+Tab");
        Assert.True(await FocusIsOnAsync(visit.Page, "ต้องขอใบอนุญาตอะไร"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await chat.HearsAsync("ประเภทไหน");
        await Assertions.Expect(chat.Box).ToBeFocusedAsync();

        await visit.Page.Keyboard.TypeAsync("บรรทัดแรก");
        await visit.Page.Keyboard.PressAsync("Shift+Enter");
        await visit.Page.Keyboard.TypeAsync("บรรทัดสอง");
        Assert.Equal("บรรทัดแรก\nบรรทัดสอง", await chat.Box.InputValueAsync());
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Language_and_colours_are_kept_and_there_before_the_first_paint()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url]);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await chat.HearsAsync("answers are in English");
        await visit.Page.Locator("button.theme").ClickAsync();
        await visit.Page.Locator("button.theme").ClickAsync();
        await visit.Page.ReloadAsync();
        await chat.HearsAsync("answers are in English");

        Assert.Equal("en dark", await visit.Page.EvaluateAsync<string>("document.documentElement.lang + ' ' + document.documentElement.dataset.theme"));
        await Assertions.Expect(chat.Box).ToHaveAttributeAsync("placeholder", "Type your question");
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Permit service desk");
        await visit.PictureAsync("chat-english-dark");
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task An_identity_number_is_not_sent_without_a_word()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        await chat.SayAsync("เลขบัตรของฉันคือ 1-1017-00203-45-0 ค่ะ");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("เลขบัตรประชาชน");
        await visit.PictureAsync("chat-identity");
        await Assertions.Expect(chat.Own).ToHaveCountAsync(0);
        await visit.AssertAccessibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "ซ่อนเลขแล้วส่ง" }).ClickAsync();

        await Assertions.Expect(chat.Own.Last).ToContainTextAsync("•-••••-•••••-••-•");
        // A company's number looks alike, but is no secret.
        await chat.SayAsync("ทะเบียนนิติบุคคล 0105536000315");
        await Assertions.Expect(chat.Own).ToHaveCountAsync(2);
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_picture_and_a_place_are_sent()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone with
        {
            Change = o => (o.Geolocation, o.Permissions) = (new() { Latitude = 16.4419f, Longitude = 102.8360f }, ["geolocation"]),
        });
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "ป้ายร้าน.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Picture) });
        await Assertions.Expect(chat.Own.Last.Locator("img")).ToBeVisibleAsync();
        await chat.HearsAsync("ได้รับไฟล์แล้ว");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "ส่งตำแหน่งที่อยู่ตอนนี้" }).ClickAsync();
        await chat.HearsAsync("ได้รับตำแหน่ง");
        await Assertions.Expect(chat.Own.Last).ToContainTextAsync("16.44190, 102.83600");
        await visit.PictureAsync("chat-files");
        await visit.Page.ReloadAsync();

        await Assertions.Expect(chat.Own).ToHaveCountAsync(2, new() { Timeout = 15_000 });
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task When_an_officer_takes_over_the_page_says_who_speaks()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var chat = new ChatScene(visit.Page);
        await visit.Page.RouteAsync("**/activities?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = route.Request.Url.Contains("watermark=told", StringComparison.Ordinal) ? """{"activities":[],"watermark":"told"}""" : Officer,
        }));
        await visit.GoAsync($"{desk.Url}/");

        await Assertions.Expect(chat.Find(".event:not(.day)").First).ToContainTextAsync("สุดา เจ้าหน้าที่ กำลังคุยกับคุณ");
        await Assertions.Expect(chat.Find(".message.officer .who")).ToHaveTextAsync("สุดา");
        await Assertions.Expect(chat.Find(".event:not(.day)").Last).ToContainTextAsync("ระบบอัตโนมัติรับช่วงต่อ");
        await Assertions.Expect(chat.Find(".message.officer li")).ToHaveCountAsync(2);
        await visit.PictureAsync("chat-officer");
        await visit.AssertHealthyAsync();
    }

    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==";

    private static readonly string Officer = JsonSerializer.Serialize(new
    {
        watermark = "told",
        activities = new object[]
        {
            new { type = "message", id = "1", timestamp = "2026-11-23T03:00:00Z", from = new { id = "demo", role = "bot" }, text = "สวัสดีค่ะ รอสักครู่นะคะ" },
            new { type = "message", id = "2", timestamp = "2026-11-23T03:01:00Z", from = new { id = "demo", name = "สุดา", role = "bot" }, channelData = new { speaker = "officer" }, textFormat = "markdown", text = "ขอ **สองอย่าง** ค่ะ\n- ชื่อร้าน\n- ที่ตั้ง ดู [แผนที่](https://www.dbd.go.th/) โทร tel:1570" },
            new { type = "message", id = "3", timestamp = "2026-11-23T03:02:00Z", from = new { id = "demo", role = "bot" }, text = "มีเรื่องอื่นให้ช่วยไหมคะ https://www.dbd.go.th/" },
        },
    });

    private static Task<bool> FocusIsOnAsync(IPage page, string words) => page.EvaluateAsync<bool>("words => document.activeElement?.textContent === words", words);
}
