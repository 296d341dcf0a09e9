using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Handover;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>Asked on the page at night, answered elsewhere in the morning.</summary>
public sealed class ReturnTests(Chromium chromium)
{
    private static readonly LocatorAssertionsToContainTextOptions Patience = new() { Timeout = 15_000 };
    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = 15_000 };

    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1366, 820, ColorScheme.Dark)]
    public async Task A_contact_takes_the_answer_along_to_LINE(int width, int height, ColorScheme theme)
    {
        var name = $"{theme}-{width}".ToLowerInvariant();
        await using var desk = await TestDesk.StartAsync(Simulated);
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], new() { Width = width, Height = height, Theme = theme });
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();
        await chat.SayAsync("คุยกับเจ้าหน้าที่");
        await Assertions.Expect(chat.Find(".offer")).ToBeVisibleAsync(Visible);
        await visit.PictureAsync($"return-1-offer-{name}");
        await visit.AssertHealthyAsync();

        await chat.Find(".offer button").ClickAsync();
        await chat.Find(".way h3 button").First.ClickAsync();
        await Assertions.Expect(chat.Find(".code strong")).ToBeVisibleAsync(Visible);
        await visit.PictureAsync($"return-2-code-{name}");
        await visit.AssertHealthyAsync();
        var link = await chat.Find(".returns a.go").GetAttributeAsync("href");

        // The link opens LINE with the words ready; here, the page that plays LINE.
        await using var phone = await Visit.OpenAsync(chromium, [desk.Url]);
        await phone.GoAsync(link!);
        var line = phone.Page.Locator(".phone:visible");
        await line.GetByRole(AriaRole.Button, new() { Name = "เพิ่มเพื่อน" }).ClickAsync();
        await Assertions.Expect(line.Locator(".write input")).ToBeVisibleAsync(Visible);
        await Assertions.Expect(line.Locator(".write input")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("รับคำตอบจากหน้าเว็บ .{5}-.{5}$"));
        await line.Locator(".write .go").ClickAsync();
        await Assertions.Expect(line.Locator(".theirs").Last).ToContainTextAsync("จะส่งมาที่แชตนี้ด้วย", Patience);

        await Assertions.Expect(chat.Find(".places")).ToContainTextAsync("LINE", Patience);
        await visit.PictureAsync($"return-3-bound-{name}");
        await visit.AssertHealthyAsync();
        var speak = await OfficerAsync(desk);
        await visit.Page.CloseAsync();
        await speak("ใบอนุญาตเสร็จแล้วค่ะ");

        await Assertions.Expect(line.Locator(".theirs").Filter(new() { HasText = "ใบอนุญาตเสร็จแล้วค่ะ" })).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await phone.PictureAsync($"return-4-line-{name}");
        await phone.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_contact_confirms_an_address_on_the_page_and_stops_it_there()
    {
        await using var post = new CatchAllMail();
        await using var desk = await StartKnowingItsAddressAsync(post);
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();
        await chat.Find(".bar .follow").ClickAsync();
        // The browser notes the refusal of the wrong address, which the page explains.
        visit.Expected.Add("400");
        var way = chat.Find(".way").Last;
        await way.Locator("h3 button").ClickAsync();
        await way.Locator("input").FillAsync("somchai@example");
        await way.Locator("button.go").ClickAsync();
        await Assertions.Expect(chat.Find(".returns .trouble")).ToContainTextAsync("อีเมลนี้ไม่ถูกต้อง", Patience);
        await way.Locator("input").FillAsync("somchai@example.go.th");
        await way.Locator("button.go").ClickAsync();
        await Assertions.Expect(way).ToContainTextAsync("ส่งรหัสไปที่", Patience);
        await desk.UntilAsync(() => post.Letters.Count == 1, "the letter");
        var code = System.Text.RegularExpressions.Regex.Match(post.Letters[0].TextBody!, "[2-9B-Z]{5}-[2-9B-Z]{5}").Value;
        await way.Locator("input").FillAsync(code);
        await visit.PictureAsync("return-5-mail-light-390");
        await visit.AssertHealthyAsync();
        await way.Locator("button.go").ClickAsync();
        await Assertions.Expect(chat.Find(".places")).ToContainTextAsync("so•••@example.go.th", Patience);
        await chat.Find(".places button").ClickAsync();
        await Assertions.Expect(chat.Find(".places li")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Whoever_comes_back_finds_what_was_said_meanwhile_under_a_mark()
    {
        await using var desk = await TestDesk.StartAsync(Simulated);
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();
        await chat.SayAsync("คุยกับเจ้าหน้าที่");
        await Assertions.Expect(chat.Find(".offer")).ToBeVisibleAsync(Visible);
        var speak = await OfficerAsync(desk);
        await chat.HeardAsync("สุดา");
        await Assertions.Expect(chat.Find(".event.new")).ToHaveCountAsync(0);
        await visit.Page.CloseAsync();
        await speak("ใบอนุญาตเสร็จแล้วค่ะ");
        await desk.SettledAsync();

        // Another tab of the same browser, the next morning.
        var page = await visit.Context.NewPageAsync();
        var back = new ChatScene(page);
        await page.GotoAsync($"{desk.Url}/");
        await back.HeardAsync("ใบอนุญาตเสร็จแล้วค่ะ");
        await Assertions.Expect(back.Find(".event.new + .message, .event.new + .event + .message")).ToContainTextAsync("ใบอนุญาตเสร็จแล้วค่ะ", Patience);
        await page.ReloadAsync();
        await back.HeardAsync("ใบอนุญาตเสร็จแล้วค่ะ");
        await Assertions.Expect(back.Find(".event.new")).ToHaveCountAsync(0);
    }

    /// <summary>A desk with LINE played inside it, that waits for nobody before it carries an answer on.</summary>
    private static void Simulated(Dictionary<string, string?> settings)
    {
        foreach (var key in settings.Keys.Where(k => k.StartsWith("Agencies:", StringComparison.Ordinal) || k.StartsWith("Line:", StringComparison.Ordinal)).ToList()) settings.Remove(key);
        settings["Returns:Patience"] = "00:00:00";
    }

    /// <summary>A desk that sends letters must know its public address, here the one that the browser uses: a free port, chosen before the start.</summary>
    private static async Task<TestDesk> StartKnowingItsAddressAsync(CatchAllMail post)
    {
        for (var tries = 1; ; tries++)
        {
            using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            probe.Start();
            var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            try
            {
                return await TestDesk.StartAsync(s =>
                {
                    Simulated(s);
                    post.Configure(s);
                    (s["Urls"], s["Agencies:demo:Web:PublicUrl"]) = (url, url);
                });
            }
            catch (IOException) when (tries < 5)
            {
                // Somebody else was given that port meanwhile.
            }
        }
    }

    private static async Task<Func<string, Task>> OfficerAsync(TestDesk desk)
    {
        var queue = desk.Get<IOfficerQueue>();
        var officer = new Officer("demo", "id-suda", "สุดา");
        await queue.ArriveAsync(new OfficerCard { Officer = officer, Capacity = 4, Languages = [] });
        var waiting = (await queue.SnapshotAsync("demo")).Rows.Values.Single();
        var row = (await queue.ClaimAsync(officer, waiting.Id)).Row!;
        await desk.SettledAsync();
        return async text =>
        {
            var seq = (await queue.SnapshotAsync("demo")).Seq;
            Assert.Equal(QueueStatus.Done, (await queue.SayAsync(officer, new SayOrder(row.Id, Guid.NewGuid().ToString("N"), seq, text))).Status);
        };
    }
}
