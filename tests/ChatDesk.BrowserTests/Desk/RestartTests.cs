using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>The desk stops in the middle of typing and comes back.</summary>
public sealed class RestartTests(Chromium chromium)
{
    /// <summary>For a page that is asked for again after eight seconds, on a busy machine.</summary>
    private const float Patience = 45_000;

    [Fact]
    public async Task Typing_goes_on_while_the_desk_is_away_and_what_was_typed_is_sent_once_when_it_is_back()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        officer.Visit.Expected.AddRange(["ERR_CONNECTION", "WebSocket", "Error", "ERR_SOCKET", "503"]);
        await officer.Box.FillAsync("พิมพ์ก่อนดับ");

        await scene.Desk.StopDeskAsync();
        await Expect(officer.Page.Locator("#desk-line")).ToContainTextAsync("จะไม่หาย");
        await Expect(officer.Send).ToBeDisabledAsync();
        await officer.Box.PressAsync("End");
        await officer.Page.Keyboard.TypeAsync(" และระหว่างดับ");

        await scene.StartAgainAsync();
        await officer.LiveAsync();
        await Expect(officer.Box).ToHaveValueAsync("พิมพ์ก่อนดับ และระหว่างดับ");
        await Expect(officer.Send).ToBeEnabledAsync();
        await officer.Send.ClickAsync();
        await scene.UntilSeenAsync(contact, "พิมพ์ก่อนดับ และระหว่างดับ");
        await scene.Desk.SettledAsync();
        Assert.Single(scene.SeenBy(contact), m => m.Text == "พิมพ์ก่อนดับ และระหว่างดับ");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_console_whose_first_connection_fails_says_so_and_begins_again_by_itself()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        using var front = new RoundRobin(new Uri(scene.Desk.Url).Port) { SocketsToRefuse = 1 };
        await using var officer = new OfficerWindow(await Visit.OpenAsync(chromium, [front.Url]), front.Url);
        officer.Visit.Expected.AddRange(["WebSocket", "Error"]);

        var signingIn = officer.SignInAsync("somchai", patience: Patience);
        await Expect(officer.Page.Locator("#desk-line")).ToContainTextAsync("กำลังเชื่อมต่อกับระบบ", new() { Timeout = Patience });
        await signingIn;
        await Expect(officer.Page.Locator("#desk-line")).ToBeHiddenAsync();
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task The_page_of_an_editor_who_has_no_console_is_left_alone()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        await using var editor = new OfficerWindow(await Visit.OpenAsync(chromium, [scene.Desk.Url]), scene.Desk.Url);
        await editor.SignInAsync("nida");
        await editor.Page.Clock.InstallAsync();
        await editor.Page.GotoAsync(scene.Desk.Url + "/desk");
        var asked = 0;
        editor.Page.Request += (_, request) => asked += request.Url.EndsWith("/desk", StringComparison.Ordinal) ? 1 : 0;

        await editor.Page.Clock.FastForwardAsync(60_000);
        // A request behind the one that must not be made: by its answer that one would have been seen.
        await editor.Page.EvaluateAsync("() => fetch('/healthz')");
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_console_whose_script_does_not_come_begins_again_by_itself()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        await using var officer = new OfficerWindow(await Visit.OpenAsync(chromium, [scene.Desk.Url]), scene.Desk.Url);
        officer.Visit.Expected.AddRange(["ERR_FAILED", "Failed to load"]);
        var asked = 0;
        await officer.Page.RouteAsync("**/desk/live*.js", route => Interlocked.Increment(ref asked) == 1 ? route.AbortAsync() : route.ContinueAsync());

        await officer.SignInAsync("somchai", patience: Patience);
        Assert.Equal(2, asked);
        await officer.Visit.AssertHealthyAsync();
    }
}
