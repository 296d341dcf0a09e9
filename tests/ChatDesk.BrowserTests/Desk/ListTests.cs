using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>The four lists beside the open conversation.</summary>
public sealed class ListTests(Chromium chromium)
{
    [Fact]
    public async Task After_a_reload_the_list_is_the_one_in_which_the_open_conversation_stands()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var somchai = await scene.OfficerAsync();
        await scene.WaitingAsync("วิภาดา");
        await scene.WaitingAsync("ธนกฤต");
        await somchai.ClaimAsync("ธนกฤต");
        await somchai.Page.ReloadAsync();
        await somchai.LiveAsync();
        await AssertStandsInAsync(somchai, "tab-Mine", "ธนกฤต");

        // A colleague who reads it finds it among the team's.
        var suda = await scene.OfficerAsync("suda", path: new Uri(somchai.Page.Url).AbsolutePath);
        await AssertStandsInAsync(suda, "tab-Team", "ธนกฤต");

        // One that nobody has yet stands where it waits.
        await suda.Act("tab-1").ClickAsync();
        await suda.OpenAsync("วิภาดา");
        await suda.Act("tab-2").ClickAsync();
        await suda.Page.ReloadAsync();
        await suda.LiveAsync();
        await AssertStandsInAsync(suda, "tab-Waiting", "วิภาดา");
        await suda.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_row_that_its_own_officer_closed_keeps_its_place_under_the_pointer_and_names_nobody_who_took_it()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await officer.Row("ธนกฤต").HoverAsync();

        // Closed in another window of the same officer, where the pointer is not.
        var row = await scene.RowAsync(contact, r => r.IsHeld);
        await scene.Queue.CloseAsync(new ChatDesk.Handover.Officer("demo", row.OfficerId!, row.OfficerName!), row.Id, "tax", "answered", survey: false);
        await Expect(officer.Page.Locator(".qrow[data-gone]")).ToContainTextAsync("ออกจากรายการแล้ว");
        await Expect(officer.Page.Locator(".qrow[data-gone]")).Not.ToContainTextAsync("รับไปแล้ว");
        await officer.Visit.AssertHealthyAsync();
    }

    private static async Task AssertStandsInAsync(OfficerWindow officer, string tab, string name)
    {
        await Expect(officer.Head.Locator("h2")).ToContainTextAsync(name);
        await Expect(officer.Page.Locator($"#{tab}")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(officer.Page.Locator(".qrow[aria-current=true]")).ToContainTextAsync(name);
    }
}
