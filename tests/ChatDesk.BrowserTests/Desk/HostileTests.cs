using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Handover;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Words that try to be code, and officers who try what they may not.</summary>
public sealed class HostileTests(Chromium chromium)
{
    private static readonly string[] Seeds =
    [
        "<script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>", "\"><script>window.hit=1</script>", "'\"--></style></script><script>window.hit=1</script>",
        "<iframe srcdoc='<script>parent.hit=1</script>'>", "javascript:window.hit=1", "<a href=\"javascript:window.hit=1\">x</a>", "<body onload=window.hit=1>", "<details open ontoggle=window.hit=1>",
        "<input autofocus onfocus=window.hit=1>", "<math><mtext></mtext><script>window.hit=1</script></math>", "{{constructor.constructor('window.hit=1')()}}", "<link rel=stylesheet href=//evil.test/x.css>",
        "<meta http-equiv=refresh content=0;url=//evil.test>", "<base href=//evil.test/>", "<form action=//evil.test><input type=submit autofocus>", "<object data=javascript:window.hit=1>",
        "<style>@import '//evil.test/x.css';</style>", "<div style=\"background:url(javascript:window.hit=1)\">",
    ];

    [Fact]
    public async Task Eighty_attempts_in_names_messages_file_names_notes_and_tags_are_only_words()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync(Seeds[1], "คุยกับเจ้าหน้าที่");
        var row = await scene.RowAsync(contact, r => r.State == HandoverState.Waiting);
        await officer.Rows.First.ClickAsync();
        await officer.Act("claim").ClickAsync();
        await Expect(officer.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await officer.Page.EvaluateAsync("() => { window.reports = []; document.addEventListener('securitypolicyviolation', e => window.reports.push(e.violatedDirective + ' ' + e.blockedURI)); }");

        // 20 messages, 20 file names, 20 notes, 20 tags; the name is in the row already.
        foreach (var seed in Seeds)
        {
            await scene.SaysAsync(contact, seed);
            await scene.Desk.PostAsync(scene.Desk.Events.Message.Document(contact, seed + ".pdf"));
            await scene.Queue.NoteAsync(new("demo", "x", Seeds[0]), row.Conversation, Guid.NewGuid().ToString("N"), seed);
        }
        await scene.Queue.TagAsync(new("demo", "x", Seeds[0]), row.Conversation, [.. Seeds.Select(s => s[..Math.Min(60, s.Length)])]);
        await scene.Desk.SettledAsync();
        await Expect(officer.Page.Locator(".memo")).ToHaveCountAsync(Seeds.Length);
        await Expect(officer.Line(Seeds[^1]).First).ToBeVisibleAsync();
        await officer.Page.ReloadAsync();
        await officer.LiveAsync();
        await Expect(officer.Page.Locator(".label-tag")).ToHaveCountAsync(Seeds.Length);
        await Expect(officer.Line(Seeds[0]).First).ToBeVisibleAsync();
        await officer.Page.Keyboard.PressAsync("Control+KeyK");
        await officer.Page.Keyboard.TypeAsync("window.hit");
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Dialog.Locator(".hit").First).ToBeVisibleAsync();

        Assert.False(await officer.Page.EvaluateAsync<bool>("() => 'hit' in window"));
        Assert.Empty(await officer.Page.EvaluateAsync<string[]>("() => window.reports ?? []"));
        await officer.Visit.AssertHealthyAsync(axe: false);
    }

    [Fact]
    public async Task An_officer_is_refused_what_supervisors_have_and_a_stranger_sees_nothing()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        officer.Visit.Expected.Add("403");
        officer.Visit.Expected.Add("404");
        officer.Visit.Expected.Add("400");
        var refused = await officer.Page.GotoAsync(scene.Desk.Url + "/desk/audit");
        Assert.Equal(403, refused!.Status);
        await officer.Visit.AssertHealthyAsync();

        await using var stranger = await Visit.OpenAsync(chromium, [scene.Desk.Url]);
        await stranger.Page.GotoAsync(scene.Desk.Url + "/desk/1");
        Assert.Contains("/desk/sign-in", stranger.Page.Url, StringComparison.Ordinal);
        foreach (var path in (string[])["/desk/api/canned", "/desk/files/demo/aa/bb"])
        {
            var answer = await stranger.Page.APIRequest.GetAsync(scene.Desk.Url + path, new() { MaxRedirects = 0 });
            Assert.True(answer.Status is 302 or 401, $"{path} answered {answer.Status}");
        }
        // Without the page's token nothing is sent, even for an officer who is signed in.
        var forged = await officer.Page.APIRequest.PostAsync(scene.Desk.Url + "/desk/api/line~U1/say", new() { DataObject = new { clientId = "a", text = "x", note = true, seen = 0 } });
        Assert.Equal(400, forged.Status);
        var foreign = await officer.Page.APIRequest.GetAsync(scene.Desk.Url + "/desk/files/other/aa/" + new string('a', 64));
        Assert.Equal(404, foreign.Status);
    }
}
