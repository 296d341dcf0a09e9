using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Simulator;

/// <summary>LINE without a LINE account: everything through signed webhooks and the simulated API, seen on the phone and in the log.</summary>
public sealed class SimulatorTests(Chromium chromium)
{
    private static readonly LocatorAssertionsToContainTextOptions Patience = new() { Timeout = 15_000 };

    [Fact]
    public async Task A_person_on_the_drawn_phone_talks_to_the_desk()
    {
        await using var desk = await StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url]);
        await visit.GoAsync($"{desk.Url}/simulator");
        var phone = visit.Page.Locator(".phone:visible");
        var wire = visit.Page.Locator(".entries");
        await visit.PictureAsync("simulator-1-new");
        await visit.AssertHealthyAsync();

        await phone.GetByRole(AriaRole.Button, new() { Name = "เพิ่มเพื่อน" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".theirs").First).ToContainTextAsync("สวัสดี", Patience);
        await Assertions.Expect(wire).ToContainTextAsync("ลายเซ็นถูกตรวจแล้ว", Patience);
        await Assertions.Expect(wire.Locator(".call .tag.good").Last).ToContainTextAsync("ฟรี", Patience);

        await phone.Locator(".richmenu button").First.ClickAsync();
        await Assertions.Expect(phone.Locator(".theirs").Last).ToContainTextAsync("ประเภทไหน", Patience);
        await phone.Locator(".quick").GetByRole(AriaRole.Button, new() { Name = "ร้านอาหาร" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".theirs").Last).ToContainTextAsync("อยู่ที่ไหน", Patience);
        await SayAsync(phone, "ยกเลิก");
        await SayAsync(phone, "ใบอนุญาตร้านอาหารต้องใช้เอกสารอะไรบ้าง");
        await Assertions.Expect(phone.Locator(".flex, .theirs .bubble").Last).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await visit.PictureAsync("simulator-2-talk");

        await phone.Locator(".tool.sticker").ClickAsync();
        await phone.Locator(".tool.location").ClickAsync();
        await phone.Locator(".tool.image").ClickAsync();
        await Assertions.Expect(wire).ToContainTextAsync("ดึงไฟล์", Patience);
        await Assertions.Expect(phone.Locator(".theirs").Last).ToContainTextAsync("ได้รับไฟล์แล้ว", Patience);
        await visit.PictureAsync("simulator-3-files");
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task What_can_go_wrong_on_LINE_goes_wrong_here_and_the_desk_copes()
    {
        await using var desk = await StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], new() { Theme = ColorScheme.Dark });
        await visit.GoAsync($"{desk.Url}/simulator/demo");
        var phone = visit.Page.Locator(".phone:visible");
        var wire = visit.Page.Locator(".entries");
        await phone.GetByRole(AriaRole.Button, new() { Name = "เพิ่มเพื่อน" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".theirs")).ToHaveCountAsync(1, new() { Timeout = 15_000 });

        // Too late for the reply token: the answer is pushed, and counted.
        await Press(visit.Page, "reply token หมดอายุ");
        await SayAsync(phone, "ภาษาไทย");
        await Assertions.Expect(wire).ToContainTextAsync("นับโควตา −1", Patience);
        await Assertions.Expect(visit.Page.Locator(".left")).ToContainTextAsync("499", Patience);

        // 429: LINE refuses once, the answer still comes.
        var before = await phone.Locator(".theirs").CountAsync();
        await Press(visit.Page, "429");
        await SayAsync(phone, "เมนู");
        await Assertions.Expect(phone.Locator(".theirs")).ToHaveCountAsync(before + 1, new() { Timeout = 20_000 });
        await Assertions.Expect(wire.Locator(".call.bad .tag.bad").First).ToContainTextAsync("429", Patience);

        // The same webhook again: taken, and not answered twice.
        await Press(visit.Page, "webhook ล่าสุดซ้ำ");
        await Assertions.Expect(wire).ToContainTextAsync("ส่งซ้ำ", Patience);
        await desk.SettledAsync();
        await Assertions.Expect(phone.Locator(".theirs")).ToHaveCountAsync(before + 1);

        await Press(visit.Page, "ยกเลิกข้อความล่าสุด");
        await Assertions.Expect(phone).ToContainTextAsync("คุณยกเลิกข้อความ", Patience);
        await visit.PictureAsync("simulator-4-trouble-dark");
        await Press(visit.Page, "บล็อกบัญชี");
        await Assertions.Expect(phone).ToContainTextAsync("คุณบล็อกบัญชีนี้อยู่", Patience);
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task On_a_small_screen_the_phone_comes_first_and_people_are_apart()
    {
        await using var desk = await StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        await visit.GoAsync($"{desk.Url}/simulator");
        await visit.Page.Locator(".phone:visible").GetByRole(AriaRole.Button, new() { Name = "เพิ่มเพื่อน" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".phone:visible .theirs")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await visit.PictureAsync("simulator-5-small");

        await visit.Page.GetByRole(AriaRole.Tab).Nth(1).ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".phone:visible .theirs")).ToHaveCountAsync(0);
        Assert.False(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await visit.AssertHealthyAsync();
    }

    private static Task<TestDesk> StartAsync() => TestDesk.StartAsync(settings =>
    {
        foreach (var key in settings.Keys.Where(k => k.StartsWith("Line:", StringComparison.Ordinal) || k.StartsWith("Agencies:", StringComparison.Ordinal)).ToList()) settings.Remove(key);
    });

    private static async Task SayAsync(ILocator phone, string text)
    {
        await phone.Locator("input").FillAsync(text);
        await phone.Locator("input").PressAsync("Enter");
        await Assertions.Expect(phone.Locator(".mine").Last).ToContainTextAsync(text, Patience);
    }

    private static Task Press(IPage page, string words) => page.Locator(".trouble button").Filter(new() { HasText = words }).ClickAsync();
}
