using ChatDesk.BrowserTests.Browsing;
using ChatDesk.BrowserTests.Chat;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Widget;

/// <summary>The chat on somebody else's page.</summary>
public sealed class WidgetTests(Chromium chromium)
{
    private const string HostileStyle = """
        * { all: unset; font-family: serif !important; font-size: 40px !important; color: red !important; display: inline !important; opacity: 0.3 !important; transform: rotate(9deg) !important; }
        button, iframe, chatdesk-widget { display: none !important; visibility: hidden !important; position: static !important; width: 1px !important; }
        """;

    [Theory]
    [InlineData("plain", "", ColorScheme.Light)]
    [InlineData("hostile", HostileStyle, ColorScheme.Dark)]
    public async Task One_script_tag_puts_the_chat_on_a_page_whatever_its_styles(string name, string style, ColorScheme theme)
    {
        await using var site = await ForeignSite.StartAsync();
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = site.Url);
        site.Policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src {desk.Url}; frame-src {desk.Url}";
        site.Html = Page(desk.Url, style);
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url, site.Url], new() { Theme = theme });
        await visit.GoAsync(site.Url);
        var button = visit.Page.Locator("chatdesk-widget button");
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "เปิดแชตกับสำนักงาน");
        var place = (await button.BoundingBoxAsync())!;
        Assert.Equal((60, 60), ((int)place.Width, (int)place.Height));
        await visit.PictureAsync($"widget-{name}-closed");

        await button.ClickAsync();
        var chat = new ChatScene(selector => visit.Page.FrameLocator("chatdesk-widget iframe").Locator(selector));
        await chat.GreetedAsync();
        await Assertions.Expect(chat.Box).ToBeFocusedAsync(new() { Timeout = 15_000 });
        await chat.TapAsync("ต้องขอใบอนุญาตอะไร");
        await chat.HearsAsync("ประเภทไหน");
        await visit.PictureAsync($"widget-{name}-open");
        await visit.AssertHealthyAsync(axe: style.Length == 0);
        if (style.Length > 0) await AssertFrameAccessibleAsync(desk, visit);

        await chat.Box.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator("chatdesk-widget iframe")).ToBeHiddenAsync();
        Assert.Equal("CHATDESK-WIDGET", await visit.Page.EvaluateAsync<string>("document.activeElement.tagName"));

        // Opened again, on another page of the site too, it is the same conversation.
        await visit.GoAsync($"{site.Url}/another");
        await button.ClickAsync();
        await chat.HearsAsync("ประเภทไหน");
        Assert.Single(await chat.OwnTextsAsync());
    }

    [Fact]
    public async Task A_site_that_is_not_listed_gets_no_frame()
    {
        await using var site = await ForeignSite.StartAsync();
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = "https://www.agency.example");
        site.Html = Page(desk.Url, "");
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url, site.Url]);
        await visit.GoAsync(site.Url);

        var refused = visit.Page.WaitForConsoleMessageAsync(new() { Predicate = m => m.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await visit.Page.Locator("chatdesk-widget button").ClickAsync();

        await refused;
        await Assertions.Expect(visit.Page.FrameLocator("chatdesk-widget iframe").Locator("chatdesk-chat")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_the_chat_fills_the_screen()
    {
        await using var site = await ForeignSite.StartAsync();
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = site.Url);
        site.Html = Page(desk.Url, "");
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url, site.Url], Visitor.Phone);
        await visit.GoAsync(site.Url);
        await visit.Page.Locator("chatdesk-widget button").ClickAsync();
        var chat = new ChatScene(selector => visit.Page.FrameLocator("chatdesk-widget iframe").Locator(selector));
        await chat.GreetedAsync();
        await visit.PictureAsync("widget-phone");

        await chat.Find("button.close").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("chatdesk-widget iframe")).ToBeHiddenAsync();
        await visit.AssertHealthyAsync();
    }

    private static string Page(string desk, string style) => $"""
        <!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Agency</title><style>{style}</style></head>
        <body><main><h1>www.agency.example</h1><p>Lorem ipsum</p></main><script src="{desk}/widget.js" data-agency="demo" async></script></body></html>
        """;

    /// <summary>The hostile page itself is no concern of ours; what is in the frame is.</summary>
    private async Task AssertFrameAccessibleAsync(TestDesk desk, Visit outer)
    {
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], new() { Width = 410, Height = 660, Theme = ColorScheme.Dark });
        await visit.GoAsync(outer.Page.Frames.First(f => f.Url.Contains("/frame", StringComparison.Ordinal)).Url);
        await new ChatScene(visit.Page).GreetedAsync();
        await visit.AssertHealthyAsync();
    }
}
