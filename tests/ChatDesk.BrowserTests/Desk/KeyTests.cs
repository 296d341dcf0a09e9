using ChatDesk.BrowserTests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>The whole of an officer's work without a pointer.</summary>
public sealed class KeyTests(Chromium chromium)
{
    [Fact]
    public async Task Sign_in_take_answer_and_close_with_keys_alone_on_a_Thai_layout()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var contact = await scene.WaitingAsync("ธนกฤต");
        await scene.WaitingAsync("วิภาดา");
        await using var visit = await Visit.OpenAsync(chromium, [scene.Desk.Url]);
        var (page, keys) = (visit.Page, visit.Page.Keyboard);
        await page.GotoAsync(scene.Desk.Url + "/desk");
        await Expect(page.Locator("#user")).ToBeFocusedAsync();
        await keys.TypeAsync("somchai");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("somchai-at-the-desk");
        await keys.PressAsync("Enter");
        var officer = new OfficerWindow(visit, scene.Desk.Url);
        await officer.LiveAsync();

        await PressThaiAsync(page, "KeyJ", "่");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("ธนกฤต");
        await PressThaiAsync(page, "KeyJ", "่");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("วิภาดา");
        await PressThaiAsync(page, "KeyK", "า");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("ธนกฤต");
        await keys.PressAsync("Alt+KeyE");
        await Expect(page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await Expect(officer.Box).ToBeFocusedAsync();
        await Expect(officer.Box).ToHaveCSSAsync("outline-style", "solid");
        // A letter in the box is a letter.
        await keys.TypeAsync("j ได้รับแล้วค่ะ");
        await Expect(officer.Box).ToHaveValueAsync("j ได้รับแล้วค่ะ");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("รอสักครู่");
        await keys.PressAsync("Enter");
        await scene.UntilSeenAsync(contact, "j ได้รับแล้วค่ะ\nรอสักครู่");

        await keys.PressAsync("Alt+KeyX");
        await Expect(officer.Dialog).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(officer.Dialog).ToHaveCountAsync(0);
        await Expect(officer.Box).ToBeFocusedAsync();
        await keys.PressAsync("Alt+KeyX");
        await keys.PressAsync("Digit1");
        await keys.PressAsync("Enter");
        await scene.Desk.UntilAsync(() => scene.Row(contact) is null, "closed");

        await Expect(page.Locator(".thread")).ToHaveAttributeAsync("aria-live", "polite");
        await visit.AssertHealthyAsync();
    }

    /// <summary>Over a slow line the dialog comes late. What is typed for it must not become an answer to the contact.</summary>
    [Fact]
    public async Task Keys_typed_before_their_dialog_is_there_reach_the_dialog_and_never_the_contact()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var keys = officer.Page.Keyboard;
        await scene.WaitingAsync("วิภาดา");
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("วิภาดา");
        await officer.Act("tab-1").ClickAsync();
        await officer.ClaimAsync("ธนกฤต");
        await SlowAsync(officer.Page, 1500);

        // Words for another conversation do not go out in this one.
        await officer.Box.FillAsync("ขอบคุณค่ะ");
        await keys.PressAsync("Alt+ArrowUp");
        await keys.PressAsync("Enter");
        await Expect(officer.Why).ToHaveTextAsync("กำลังเปิดบทสนทนาที่เลือก…");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("วิภาดา");
        await keys.PressAsync("Alt+ArrowDown");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("ธนกฤต");
        await Expect(officer.Box).ToHaveValueAsync("ขอบคุณค่ะ");
        await officer.Box.FillAsync("");

        var seen = scene.SeenBy(contact).Count;
        await keys.PressAsync("Control+KeyK");
        await keys.TypeAsync("ไม่มีคำนี้แน่");
        await keys.PressAsync("Enter");
        await Expect(officer.Page.Locator(".ahead")).ToBeVisibleAsync();
        await Expect(officer.Dialog.Locator(".empty")).ToHaveTextAsync("ไม่พบ “ไม่มีคำนี้แน่”");
        // The first empties a search box, as everywhere; the second closes.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        await Expect(officer.Dialog).ToHaveCountAsync(0);

        await officer.Box.FocusAsync();
        await keys.PressAsync("Alt+KeyX");
        await keys.PressAsync("Escape");
        await Expect(officer.Box).ToBeFocusedAsync();
        await keys.PressAsync("Alt+KeyX");
        await keys.PressAsync("Digit1");
        await keys.PressAsync("Enter");
        await scene.Desk.UntilAsync(() => scene.Row(contact) is null, "closed");
        Assert.DoesNotContain(scene.SeenBy(contact).Skip(seen), m => m.Text == "1");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Single_letters_act_only_when_switched_on_and_the_next_who_waits_is_one_key_away()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await scene.WaitingAsync("ธนกฤต");
        await Expect(officer.Row("ธนกฤต")).ToBeVisibleAsync();
        await officer.Page.Keyboard.PressAsync("KeyJ");
        await Expect(officer.Head).ToHaveCountAsync(0);

        await officer.Page.Keyboard.PressAsync("Alt+Slash");
        await officer.Visit.PictureAsync("help-light");
        await officer.Visit.AssertAccessibleAsync();
        await officer.Dialog.Locator("[data-setting=letters]").CheckAsync();
        await officer.Page.Keyboard.PressAsync("Escape");
        await Expect(officer.Dialog).ToHaveCountAsync(0);
        await officer.Page.Keyboard.PressAsync("KeyJ");
        await Expect(officer.Head.Locator("h2")).ToHaveTextAsync("ธนกฤต");

        await officer.Page.Keyboard.PressAsync("Alt+KeyQ");
        await Expect(officer.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await officer.Visit.AssertHealthyAsync();
    }

    /// <summary>Everything that goes from the page to the desk over the live line takes longer.</summary>
    private static Task SlowAsync(IPage page, int milliseconds) => page.EvaluateAsync(
        "ms => { const send = WebSocket.prototype.send; WebSocket.prototype.send = function (data) { setTimeout(() => send.call(this, data), ms); }; }", milliseconds);

    /// <summary>What a Thai layout makes of a key: another character, the same code.</summary>
    private static Task PressThaiAsync(IPage page, string code, string key) => page.EvaluateAsync(
        "([code, key]) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { code, key, altKey: true, bubbles: true, cancelable: true }))",
        new[] { code, key });
}
