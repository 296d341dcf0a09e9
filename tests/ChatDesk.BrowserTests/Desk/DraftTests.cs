using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>What is typed: reply and note apart, one conversation apart from another, kept over everything.</summary>
public sealed class DraftTests(Chromium chromium)
{
    [Fact]
    public async Task A_note_never_becomes_a_reply()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");

        await officer.Act("tab-note").ClickAsync();
        await officer.Box.FillAsync("สงสัยว่าเอกสารปลอม");
        await officer.Act("tab-reply").ClickAsync();
        await Expect(officer.Box).ToHaveValueAsync("");
        await officer.Act("tab-note").ClickAsync();
        await Expect(officer.Box).ToHaveValueAsync("สงสัยว่าเอกสารปลอม");
        await Expect(officer.Send).ToHaveTextAsync("บันทึก (ประชาชนไม่เห็น)");
        await officer.Visit.AssertAccessibleAsync();
        await officer.Send.ClickAsync();
        await Expect(officer.Page.Locator(".memo")).ToContainTextAsync("สงสัยว่าเอกสารปลอม");
        await scene.Desk.SettledAsync();
        Assert.DoesNotContain(scene.SeenBy(contact), m => m.Text?.Contains("ปลอม", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_draft_belongs_to_its_conversation_and_survives_reload_and_a_new_sign_in()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await scene.WaitingAsync("ธนกฤต");
        await scene.WaitingAsync("วิภาดา");
        await officer.ClaimAsync("ธนกฤต");
        await officer.Act("tab-1").ClickAsync();
        await officer.ClaimAsync("วิภาดา");
        await officer.OpenAsync("ธนกฤต");
        await officer.Box.FillAsync("ร่างถึงธนกฤต");

        await officer.OpenAsync("วิภาดา");
        await Expect(officer.Box).ToHaveValueAsync("");
        await Expect(officer.Row("ธนกฤต").Locator("desk-draft-mark")).ToBeVisibleAsync();
        await Expect(officer.Row("วิภาดา").Locator("desk-draft-mark")).ToBeHiddenAsync();
        await officer.OpenAsync("ธนกฤต");
        await Expect(officer.Box).ToHaveValueAsync("ร่างถึงธนกฤต");

        await officer.Page.ReloadAsync();
        await Expect(officer.Box).ToHaveValueAsync("ร่างถึงธนกฤต");

        await officer.Page.Locator("header > .menu > summary").ClickAsync();
        await officer.Page.Locator("form[action='/desk/sign-out'] button").ClickAsync();
        await officer.Page.WaitForURLAsync("**/desk/sign-in**");
        await officer.SignInAsync("somchai");
        await officer.Act("tab-2").ClickAsync();
        await officer.OpenAsync("ธนกฤต");
        await Expect(officer.Box).ToHaveValueAsync("ร่างถึงธนกฤต");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Canned_replies_are_found_by_key_or_Thai_words_filled_in_and_not_sent_with_gaps()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");

        await officer.Box.PressAsync("/");
        await Expect(officer.Page.Locator(".canned input")).ToBeFocusedAsync();
        await officer.Page.Keyboard.TypeAsync("hello");
        await Expect(officer.Page.Locator(".canned [aria-selected=true]")).ToContainTextAsync("/hello");
        await officer.Visit.PictureAsync("canned-light");
        await officer.Visit.AssertAccessibleAsync();
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Box).ToHaveValueAsync("สวัสดีค่ะ คุณธนกฤต ดิฉันสมชาย ใจดี เจ้าหน้าที่ยินดีให้บริการค่ะ กำลังอ่านเรื่องของท่าน ขอเวลาสักครู่นะคะ");

        await officer.Box.FillAsync("");
        await officer.Page.Keyboard.PressAsync("Alt+KeyR");
        await officer.Page.Keyboard.TypeAsync("ถ่ายภาพ");
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Box).ToHaveValueAsync("รบกวนส่งเอกสารเพิ่มเติม {ชื่อเอกสาร} โดยถ่ายภาพให้เห็นตัวหนังสือชัดเจน ส่งมาในแชตนี้ได้เลยค่ะ");
        await Expect(officer.Send).ToBeDisabledAsync();
        await Expect(officer.Why).ToContainTextAsync("{ชื่อเอกสาร}");
        // The gap is selected: typing fills it.
        await officer.Page.Keyboard.TypeAsync("สำเนาทะเบียนบ้าน");
        await Expect(officer.Send).ToBeEnabledAsync();
        await officer.Visit.AssertHealthyAsync();
    }
}
