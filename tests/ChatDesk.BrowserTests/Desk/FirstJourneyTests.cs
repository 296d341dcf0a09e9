using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>The one journey everything else is built around.</summary>
public sealed class FirstJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task An_officer_signs_in_takes_a_waiting_contact_answers_and_closes()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var contact = await scene.WaitingAsync("ธนกฤต");
        var officer = await scene.OfficerAsync();

        await Expect(officer.Row("ธนกฤต")).ToBeVisibleAsync();
        await officer.ClaimAsync("ธนกฤต");
        await officer.Visit.PictureAsync("console-light");
        await officer.SayAsync("ขอเลขที่แปลงด้วยค่ะ");
        await scene.UntilSeenAsync(contact, "ขอเลขที่แปลงด้วยค่ะ");
        await Expect(officer.Line("ขอเลขที่แปลงด้วยค่ะ").Locator(".delivery")).ToContainTextAsync("ส่งแล้ว");

        await officer.Act("close").ClickAsync();
        await officer.Dialog.GetByText("ตอบแล้ว").ClickAsync();
        await officer.Dialog.Locator("[type=submit]").ClickAsync();
        await scene.Desk.UntilAsync(() => scene.Row(contact) is null, "closed");
        await officer.Visit.AssertHealthyAsync();
    }
}
