using ChatDesk.BrowserTests.Browsing;
using ChatDesk.People;
using ChatDesk.People.Accounts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>One officer's browser window on the console: where things are, and what an officer does.</summary>
internal sealed class OfficerWindow(Visit visit, string url) : IAsyncDisposable
{
    public Visit Visit => visit;

    public IPage Page => visit.Page;

    public ILocator Rows => Page.Locator(".rows [data-row]");

    public ILocator Lines => Page.Locator(".thread article");

    public ILocator Box => Page.Locator("desk-composer textarea");

    public ILocator Send => Page.Locator("desk-composer .send");

    public ILocator Why => Page.Locator("desk-composer .composer-why");

    public ILocator Head => Page.Locator(".chat-head");

    public ILocator Ring => Page.Locator("desk-ring");

    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>The one visible button that a key would press too.</summary>
    public ILocator Act(string name) => Page.Locator($"[data-act={name}]:visible").First;

    public ILocator Row(string name) => Rows.Filter(new() { HasText = name });

    public ILocator Line(string text) => Lines.Filter(new() { HasText = text });

    /// <param name="user">Of the demo.</param>
    /// <param name="path">Where to.</param>
    /// <param name="patience">Milliseconds for the console, where it takes longer on purpose.</param>
    public async Task SignInAsync(string user, string path = "/desk", float? patience = null)
    {
        var demo = FirstOfficers.Demo.Single(o => o.UserName == user);
        await Page.GotoAsync(url + path);
        await Page.FillAsync("#user", demo.UserName);
        await Page.FillAsync("#password", demo.Password);
        await Page.ClickAsync("form[method=post] .button[type=submit]");
        // Editors have no console.
        if (demo.Role == OfficerRole.Editor) await Expect(Page.Locator("#where")).ToBeVisibleAsync();
        else await LiveAsync(patience);
    }

    /// <summary>Waits until the console is alive; one that stays dead is told with what the browser complained of.</summary>
    public async Task LiveAsync(float? patience = null)
    {
        try
        {
            await Expect(Page.Locator("html[data-line=up] .console")).ToBeVisibleAsync(new() { Timeout = patience });
        }
        catch (PlaywrightException dead)
        {
            throw new InvalidOperationException($"the console did not come to life; the browser said: {string.Join(" | ", visit.Complaints)}", dead);
        }
    }

    public async Task OpenAsync(string name)
    {
        await Row(name).ClickAsync();
        await Expect(Head.Locator("h2")).ToContainTextAsync(name);
    }

    /// <summary>Opens a waiting conversation and takes it.</summary>
    public async Task ClaimAsync(string name)
    {
        await OpenAsync(name);
        await Act("claim").ClickAsync();
        await Expect(Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
    }

    public async Task SayAsync(string words)
    {
        await Box.FillAsync(words);
        await Send.ClickAsync();
        await Expect(Box).ToHaveValueAsync("");
        await Expect(Line(words).Last).ToBeVisibleAsync();
    }

    public ValueTask DisposeAsync() => visit.DisposeAsync();
}
