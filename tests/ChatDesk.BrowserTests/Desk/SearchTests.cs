using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Finding people and words inside unspaced Thai.</summary>
public sealed class SearchTests(Chromium chromium)
{
    [Fact]
    public async Task People_and_words_are_found_and_a_hit_opens_at_its_message()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("สมหญิง ภาษีเจริญ", "อยากทราบวิธีจ่ายภาษีที่ดินออนไลน์");
        await officer.ClaimAsync("สมหญิง");
        for (var n = 0; n < 12; n++) await scene.SaysAsync(contact, $"ข้อความต่อมาที่ {n}\n\n\n.");
        await Expect(officer.Line("ข้อความต่อมาที่ 11")).ToBeVisibleAsync();

        await officer.Page.Keyboard.PressAsync("Control+KeyK");
        await officer.Page.Keyboard.TypeAsync("ภาษี");
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Dialog.Locator("[data-hit=person]").First).ToContainTextAsync("ภาษีเจริญ");
        var hit = officer.Dialog.Locator("[data-hit=message]").Filter(new() { HasText = "จ่ายภาษีที่ดิน" });
        await Expect(hit).ToContainTextAsync("ภาษี");
        await officer.Visit.PictureAsync("search-light");
        await officer.Visit.AssertAccessibleAsync();
        await hit.FocusAsync();
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Dialog).ToHaveCountAsync(0);
        await Expect(officer.Line("จ่ายภาษีที่ดิน").First).ToBeInViewportAsync();

        await officer.Page.Keyboard.PressAsync("Control+KeyK");
        await officer.Page.Keyboard.TypeAsync("ไม่มีคำนี้แน่");
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Dialog.Locator(".empty")).ToHaveTextAsync("ไม่พบ “ไม่มีคำนี้แน่”");
        await officer.Visit.AssertHealthyAsync();
    }
}
