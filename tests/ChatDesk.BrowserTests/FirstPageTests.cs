using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.BrowserTests;

/// <summary>The desk answers a real browser.</summary>
public sealed class FirstPageTests(Chromium chromium)
{
    [Fact]
    public async Task The_desk_answers_a_browser()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);

        await visit.GoAsync($"{desk.Url}/");

        await visit.PictureAsync("first-phone");
        await visit.Page.SetViewportSizeAsync(1366, 820);
        await visit.PictureAsync("first-wide");
        visit.Expected.Add("404");
        await visit.AssertHealthyAsync();
    }
}
