using ChatDesk.BrowserTests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Supervisors' own pages: plain documents without a live line, readable at every size.</summary>
public sealed class SupervisorTests(Chromium chromium)
{
    [Theory]
    [InlineData(1366, 820, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task The_overview_counts_who_waits_and_how_matters_ended(int width, int height, ColorScheme theme)
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var somchai = await scene.OfficerAsync();
        await scene.WaitingAsync("วิภาดา");
        var contact = await scene.WaitingAsync("ธนกฤต");
        await somchai.ClaimAsync("ธนกฤต");
        await somchai.SayAsync("เรียบร้อยแล้วค่ะ");
        var row = (await scene.Queue.SnapshotAsync("demo")).Rows.Values.Single(r => r.IsHeld);
        await scene.Queue.CloseAsync(new ChatDesk.Handover.Officer("demo", row.OfficerId!, row.OfficerName!), row.Id, "tax", "answered", survey: false);
        await scene.Desk.UntilAsync(() => scene.Row(contact) is null, "closed");

        var wipa = await scene.OfficerAsync("wipa", new Visitor { Width = width, Height = height, Theme = theme });
        var sockets = 0;
        wipa.Page.WebSocket += (_, _) => sockets++;
        await wipa.Page.GotoAsync(scene.Desk.Url + "/desk/dashboard");
        await Expect(wipa.Page.Locator(".tile").First).ToContainTextAsync("1");
        await Expect(wipa.Page.Locator(".ranks").First).ToContainTextAsync("ตอบแล้ว");
        await Expect(wipa.Page.Locator(".ranks").Last).ToContainTextAsync("สมชาย");
        await wipa.Page.Locator("details", new() { HasText = "ดูเป็นตาราง" }).Locator("summary").ClickAsync();
        var sum = await wipa.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('.chart .scroll td')].reduce((sum, cell) => sum + Number(cell.textContent), 0)");
        Assert.Equal(2, sum);
        await wipa.Visit.PictureAsync($"dashboard-{width}-{theme}");
        Assert.True(await wipa.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling");
        await wipa.Visit.AssertHealthyAsync();

        await wipa.Page.GotoAsync(scene.Desk.Url + "/desk/hours");
        await wipa.Visit.PictureAsync($"hours-{width}-{theme}");
        Assert.True(await wipa.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "no horizontal scrolling");
        Assert.Equal(0, sockets);
        await wipa.Visit.AssertHealthyAsync();
    }
}
