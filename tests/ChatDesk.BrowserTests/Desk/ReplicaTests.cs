using System.Diagnostics;
using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Two desks behind a balancer without memory: any of them takes any request, and one that dies takes nothing with it.</summary>
public sealed class ReplicaTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_lives_over_two_desks_and_goes_on_at_the_other_with_its_draft_when_its_own_is_killed()
    {
        await using var scene = await ReplicaScene.StartAsync(chromium);
        await using var officer = await scene.OfficerAsync();
        Assert.NotEqual(scene.Front.PageFrom, scene.Front.SocketAt);
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await officer.Box.FillAsync("ร่างที่พิมพ์ค้างไว้");
        officer.Visit.Expected.AddRange(["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET", "WebSocket", "Error"]);

        // The page of before carries a mark: what is alive without it is the new one.
        await officer.Page.EvaluateAsync("() => { document.documentElement.dataset.before = ''; }");
        var killed = scene.Front.SocketAt;
        await scene.KillHolderAsync();
        var away = Stopwatch.StartNew();
        await Expect(officer.Page.Locator("html:not([data-before])[data-line=up] .console")).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"alive at the other desk after {away.Elapsed.TotalSeconds:0.0} s (wanted: under 5 s on a machine that is not busy)");
        Assert.NotEqual(killed, scene.Front.SocketAt);
        await Expect(officer.Box).ToHaveValueAsync("ร่างที่พิมพ์ค้างไว้");

        await scene.SaysAsync(contact, "ยังอยู่ไหมคะ");
        await Expect(officer.Line("ยังอยู่ไหมคะ")).ToBeVisibleAsync();
        await Expect(officer.Send).ToBeEnabledAsync();
        await officer.Send.ClickAsync();
        Assert.Equal(1, await scene.SeenAsync(contact, "ร่างที่พิมพ์ค้างไว้"));
        await Expect(officer.Box).ToHaveValueAsync("");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_live_page_shows_what_comes_while_Redis_is_away_and_after_it_is_back_without_a_reload()
    {
        await using var scene = await ReplicaScene.StartAsync(chromium);
        await using var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await scene.SaysAsync(contact, "ก่อนดับ");
        await Expect(officer.Line("ก่อนดับ")).ToBeVisibleAsync();
        await officer.Page.EvaluateAsync("() => { document.documentElement.dataset.before = ''; }");

        await scene.KillRedisAsync();
        // One for each desk: the balancer gives every request to the next.
        foreach (var words in new[] { "ตอนดับ หนึ่ง", "ตอนดับ สอง" })
        {
            await scene.SaysAsync(contact, words);
            await Expect(officer.Line(words)).ToBeVisibleAsync();
        }

        await scene.StartRedisAsync();
        var back = Stopwatch.StartNew();
        foreach (var words in new[] { "กลับมาแล้ว หนึ่ง", "กลับมาแล้ว สอง" })
        {
            await scene.SaysAsync(contact, words);
            await Expect(officer.Line(words)).ToBeVisibleAsync();
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"both messages after Redis came back were drawn within {back.Elapsed.TotalSeconds:0.0} s (wanted: under 5 s on a machine that is not busy)");
        await officer.SayAsync("ยังอยู่ครับ");
        Assert.Equal(1, await scene.SeenAsync(contact, "ยังอยู่ครับ"));
        await Expect(officer.Page.Locator("html[data-before]")).ToBeAttachedAsync();
        foreach (var words in new[] { "ก่อนดับ", "ตอนดับ หนึ่ง", "ตอนดับ สอง", "กลับมาแล้ว หนึ่ง", "กลับมาแล้ว สอง" }) await Expect(officer.Line(words)).ToHaveCountAsync(1);
        await officer.Visit.AssertHealthyAsync();
    }
}
