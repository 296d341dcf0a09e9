using System.Text.RegularExpressions;
using ChatDesk.BrowserTests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Every size, both themes, both languages.</summary>
public sealed class LooksTests(Chromium chromium)
{
    [Fact]
    public async Task On_a_phone_list_conversation_and_panel_are_three_screens_with_a_way_back()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync(visitor: Visitor.Phone);
        var contact = await scene.WaitingAsync("ธนกฤต พงษ์ไพบูลย์");
        await scene.WaitingAsync("วิภาดา");
        await Expect(officer.Row("วิภาดา")).ToBeVisibleAsync();
        await officer.Visit.PictureAsync("phone-list-light");
        Assert.True((await officer.Page.Locator("header.bar").BoundingBoxAsync())!.Height < 70, "the header is one line");

        await officer.ClaimAsync("ธนกฤต");
        await scene.SaysAsync(contact, "ขอบคุณค่ะ");
        await officer.SayAsync("รบกวนส่งภาพใบเสร็จเดิมมาในแชตนี้ได้เลยค่ะ");
        await officer.Visit.PictureAsync("phone-chat-light");
        Assert.True(await officer.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling");
        await officer.Visit.AssertAccessibleAsync();

        await officer.Act("panel").ClickAsync();
        await Expect(officer.Page.Locator(".pane-panel dl").First).ToBeVisibleAsync();
        await officer.Visit.PictureAsync("phone-panel-light");
        await officer.Page.Locator(".pane-panel .back").ClickAsync();
        await Expect(officer.Box).ToBeVisibleAsync();
        await officer.Page.GoBackAsync();
        await Expect(officer.Rows.First).ToBeVisibleAsync();

        // The bar has no room for the other places: the menu has them.
        await officer.Page.Locator("header > .menu > summary").ClickAsync();
        await officer.Page.Locator(".menu .places a[href='/desk/cases']").ClickAsync();
        await Expect(officer.Page).ToHaveURLAsync(scene.Desk.Url + "/desk/cases");
        await officer.Visit.AssertHealthyAsync();
    }

    [Theory]
    [InlineData(1366, 820)]
    [InlineData(390, 844)]
    public async Task Dark_is_as_readable_as_light(int width, int height)
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync(visitor: new Visitor { Width = width, Height = height, Theme = ColorScheme.Dark });
        var contact = await scene.WaitingAsync("ธนกฤต พงษ์ไพบูลย์");
        await scene.WaitingAsync("วิภาดา");
        await Expect(officer.Row("วิภาดา")).ToBeVisibleAsync();
        await officer.Visit.PictureAsync($"dark-{width}-list");
        await officer.Visit.AssertAccessibleAsync();
        await officer.ClaimAsync("ธนกฤต");
        await scene.SaysAsync(contact, "ขอบคุณค่ะ");
        await officer.SayAsync("รบกวนส่งภาพใบเสร็จเดิมมาในแชตนี้ได้เลยค่ะ");
        await officer.Act("tab-note").ClickAsync();
        await officer.Box.FillAsync("โทรกลับพรุ่งนี้");
        await officer.Send.ClickAsync();
        await Expect(officer.Page.Locator(".memo")).ToBeVisibleAsync();
        await officer.Visit.PictureAsync($"dark-{width}-chat");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task In_English_no_Thai_is_left_and_language_and_theme_stay_over_a_reload()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await scene.WaitingAsync("John Smith", "how do I pay signboard tax", "talk to an officer");
        await officer.Page.Locator("header > .menu > summary").ClickAsync();
        await officer.Page.Locator("button[name=language][value=en]").ClickAsync();
        await officer.LiveAsync();
        await officer.Page.Locator("header > .menu > summary").ClickAsync();
        await officer.Page.Locator("button[name=theme][value=dark]").ClickAsync();
        await officer.LiveAsync();
        await officer.Page.ReloadAsync();
        await officer.LiveAsync();
        await Expect(officer.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await officer.OpenAsync("John Smith");
        await Expect(officer.Act("claim")).ToContainTextAsync("Take it");
        var words = await officer.Page.EvaluateAsync<string>(
            "() => { const own = document.querySelector('.console').cloneNode(true); own.querySelectorAll('.thread, .suggestion, .pane-panel dd').forEach(e => e.remove()); return own.textContent + [...own.querySelectorAll('[title],[aria-label],[placeholder]')].map(e => e.title + e.ariaLabel + e.getAttribute('placeholder')).join(' '); }");
        Assert.DoesNotMatch(new Regex("[\u0E01-\u0E5B]"), words);
        await officer.Visit.PictureAsync("english-dark");
        await officer.Visit.AssertHealthyAsync();
    }
}
