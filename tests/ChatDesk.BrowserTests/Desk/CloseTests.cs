using ChatDesk.BrowserTests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Closing: with an outcome, undone for five seconds, and honest about what the contact gets.</summary>
public sealed class CloseTests(Chromium chromium)
{
    [Fact]
    public async Task Closing_needs_an_outcome_can_be_undone_and_stands_in_the_history()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await officer.SayAsync("เรียบร้อยแล้วค่ะ");
        var seen = scene.SeenBy(contact).Count;

        await officer.Act("close").ClickAsync();
        await Expect(officer.Dialog.Locator("[type=submit]")).ToBeDisabledAsync();
        await Expect(officer.Dialog).ToContainTextAsync("1–5");
        await officer.Dialog.GetByText("ตอบแล้ว").ClickAsync();
        await officer.Visit.PictureAsync("close-light");
        await officer.Visit.AssertAccessibleAsync();
        await officer.Dialog.Locator("[type=submit]").ClickAsync();
        await officer.Act("undo").ClickAsync();
        await Expect(officer.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        Assert.Equal(seen, scene.SeenBy(contact).Count);

        await officer.Act("close").ClickAsync();
        await officer.Dialog.GetByText("ตอบแล้ว").ClickAsync();
        await officer.Dialog.Locator("[type=submit]").ClickAsync();
        await scene.Desk.UntilAsync(() => scene.Row(contact) is null, "closed");
        await Expect(officer.Page.Locator("desk-composer[reply=on]")).ToHaveCountAsync(0);
        await officer.Act("tab-4").ClickAsync();
        await Expect(officer.Row("ธนกฤต")).ToBeVisibleAsync();
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_survey_that_cannot_be_sent_says_why()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await scene.Desk.PostAsync(scene.Desk.Events.Unfollow(contact));
        await Expect(officer.Page.Locator(".banner.bad")).ToBeVisibleAsync();

        await officer.Act("close").ClickAsync();
        await Expect(officer.Dialog.GetByRole(AriaRole.Checkbox)).ToBeDisabledAsync();
        await Expect(officer.Dialog).ToContainTextAsync("ไม่ส่งแบบประเมิน เพราะผู้ติดต่อบล็อกบัญชี");
    }
}
