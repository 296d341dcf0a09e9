using ChatDesk.BrowserTests.Browsing;
using ChatDesk.BrowserTests.Chat;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>A contact in a browser and an officer in another: each sees the other, words, typing and a picture.</summary>
public sealed class WebContactTests(Chromium chromium)
{
    /// <summary>One pixel.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Asking_waiting_the_officers_name_words_typing_and_a_picture_pass_both_ways()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        await using var visit = await Visit.OpenAsync(chromium, [scene.Desk.Url], Visitor.Phone);
        await visit.GoAsync(scene.Desk.Url + "/chat/demo");
        var contact = new ChatScene(visit.Page);
        await contact.GreetedAsync();
        await contact.SayAsync("คุยกับเจ้าหน้าที่");
        await contact.HeardAsync("เจ้าหน้าที่");

        await officer.Rows.First.ClickAsync();
        await officer.Act("claim").ClickAsync();
        await Expect(officer.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await contact.HeardAsync("สมชาย");

        // Typing is a fleeting sign on both sides: asked for again until it was seen.
        await SeenWhileAsync(() => contact.Box.PressSequentiallyAsync("ก"), officer.Page.Locator(".chat-foot .typing"));
        await SeenWhileAsync(() => officer.Box.PressSequentiallyAsync("ข"), contact.Find(".typing"));

        await officer.Box.FillAsync("ดูตามภาพนี้ได้เลยค่ะ");
        await officer.Page.Locator("desk-composer [type=file]").SetInputFilesAsync(new FilePayload { Name = "แผนที่.png", MimeType = "image/png", Buffer = Picture });
        await Expect(officer.Page.Locator(".composer-files li")).ToHaveCountAsync(1);
        await officer.Send.ClickAsync();
        await contact.HeardAsync("ดูตามภาพนี้ได้เลยค่ะ");
        await Expect(contact.Find(".picture img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await contact.SayAsync("ขอบคุณครับ");
        await Expect(officer.Line("ขอบคุณครับ")).ToBeVisibleAsync();
        await visit.PictureAsync("web-contact-light");
        await visit.AssertHealthyAsync();
        await officer.Visit.AssertHealthyAsync();
    }

    /// <summary>Does it again and again until the sign was seen.</summary>
    private static async Task SeenWhileAsync(Func<Task> act, ILocator sign)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            await act();
            try
            {
                await sign.WaitForAsync(new() { Timeout = 1000 });
                return;
            }
            catch (TimeoutException)
            {
                // Once more: the sign fades by itself.
            }
        }
        Assert.Fail("the sign was never seen");
    }
}
