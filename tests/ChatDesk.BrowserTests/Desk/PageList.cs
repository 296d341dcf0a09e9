using ChatDesk.BrowserTests.Casework;
using ChatDesk.Handover;
using ChatDesk.People.Accounts;
using ChatDesk.Returns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using Officer = ChatDesk.People.Officer;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>One page as one person sees it.</summary>
/// <param name="Name">The name of its pictures.</param>
/// <param name="Route">The route that draws it, as the desk maps it.</param>
/// <param name="Who">Who is signed in; null is nobody.</param>
/// <param name="Path">The address to open.</param>
internal sealed record PageLook(string Name, string Route, string? Who, string Path)
{
    public int Status { get; init; } = 200;

    /// <summary>What is done there before the picture: a dialog opened, a form filled wrongly.</summary>
    public Func<IPage, Task>? Act { get; init; }
}

/// <summary>Every page that the desk can show, new and at work. A route without a line here fails <see cref="EveryPageTests"/>.</summary>
internal static class PageList
{
    /// <summary>Routes that draw nothing for people: machines, files, scripts.</summary>
    public static IReadOnlyList<string> NoPages { get; } =
    [
        "/files/{seal}", "/healthz", "/readyz", "/_blazor", "/_framework", "/openapi/", "/open311/", "/api/", "/v3/directline/", "/line/", "/web/", "/widget.js", "/cases/track.css",
        "/desk/awake", "/desk/api/", "/desk/files/", "/desk/cases/export", "/desk/cases/{id:long}/files/", "/return/",
    ];

    /// <summary>A desk on its first morning: nobody has written, nothing has happened.</summary>
    public static IReadOnlyList<PageLook> New { get; } =
    [
        new("new-console", "/desk", "somchai", "/desk"),
        new("new-cases", "/desk/cases", "wipa", "/desk/cases"),
        new("new-law", "/desk/cases/law", "wipa", "/desk/cases/law"),
        new("new-promises", "/desk/promises", "wipa", "/desk/promises"),
        new("new-dashboard", "/desk/dashboard", "wipa", "/desk/dashboard"),
    ];

    public static async Task<IReadOnlyList<PageLook>> FilledAsync(DeskScene scene)
    {
        var (complaint, delay) = await CaseScene.FillAsync(scene);
        await scene.WaitingAsync("วิภาดา");
        await scene.WaitingAsync("John Smith", "how do I pay signboard tax", "talk to an officer");
        var held = await HeldAsync(scene);
        var (officer, word) = await InvitedAsync(scene);
        var stop = new Uri(scene.Desk.Get<ReturnLinks>().Stop(held.Conversation)!).AbsolutePath;
        return
        [
            // Nobody.
            new("sign-in", "/desk/sign-in", null, "/desk/sign-in"),
            new("sign-in-wrong", "/desk/sign-in", null, "/desk/sign-in") { Act = page => SendAsync(page, ("#user", "somchai"), ("#password", "not-the-password")) },
            new("code", "/desk/sign-in/code", null, "/desk/sign-in/code"),
            new("first", "/desk/first", null, "/desk/first"),
            new("join", "/desk/join", null, $"/desk/join?word={word}"),
            new("join-spent", "/desk/join", null, "/desk/join?word=spent"),
            // Contacts.
            new("chat", "/", null, "/") { Act = GreetedAsync },
            new("chat-agency", "/chat/{agency}", null, "/chat/demo") { Act = GreetedAsync },
            new("chat-frame", "/chat/{agency}/frame", null, "/chat/demo/frame") { Act = GreetedAsync },
            new("stop", "/return/stop/{seal}", null, stop),
            new("track", "/cases/track/{agency?}", null, "/cases/track/demo"),
            new("track-case", "/cases/track/{agency?}", null, "/cases/track/demo") { Act = page => SendAsync(page, ("#number", complaint.Number), ("#code", complaint.Code)) },
            new("track-english", "/cases/track/{agency?}", null, "/cases/track/demo?lang=en"),
            // Officers: the console and what opens over it.
            new("console", "/desk", "somchai", "/desk"),
            new("console-chat", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}"),
            new("console-close", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = page => OverlayAsync(page, "Alt+KeyX") },
            new("console-transfer", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = page => OverlayAsync(page, "Alt+KeyT") },
            new("console-search", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = page => OverlayAsync(page, "Control+KeyK") },
            new("console-keys", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = page => OverlayAsync(page, "Alt+Slash") },
            new("console-canned", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = CannedAsync },
            new("console-menu", "/desk/{HandoverId:long}", "somchai", $"/desk/{held.Id}") { Act = page => page.Locator("header > .menu > summary").ClickAsync() },
            new("console-gone", "/desk/{HandoverId:long}", "somchai", "/desk/99999"),
            new("account", "/desk/account", "somchai", "/desk/account"),
            new("authenticator", "/desk/account/authenticator", "somchai", "/desk/account/authenticator"),
            new("forbidden", "/desk/people", "somchai", "/desk/people") { Status = 403 },
            new("not-found", "/desk/cases/{Id:long}", "somchai", "/desk/cases/99999") { Status = 404 },
            // Supervisors.
            new("cases", "/desk/cases", "wipa", "/desk/cases"),
            new("cases-none", "/desk/cases", "wipa", "/desk/cases?q=ไม่มีคำนี้"),
            new("case", "/desk/cases/{Id:long}", "wipa", $"/desk/cases/{complaint.Id}"),
            new("law-list", "/desk/cases/law", "wipa", "/desk/cases/law"),
            new("law", "/desk/cases/{Id:long}/law", "wipa", $"/desk/cases/{delay.Id}/law"),
            new("promises", "/desk/promises", "wipa", "/desk/promises"),
            new("dashboard", "/desk/dashboard", "wipa", "/desk/dashboard"),
            new("hours", "/desk/hours", "wipa", "/desk/hours"),
            new("audit", "/desk/audit", "wipa", "/desk/audit"),
            new("audit-none", "/desk/audit", "wipa", "/desk/audit?officer=ไม่มีคนนี้"),
            // Editors.
            new("editor", "/desk", "nida", "/desk"),
            new("editor-hours", "/desk/hours", "nida", "/desk/hours"),
            // Administrators.
            new("people", "/desk/people", "anong", "/desk/people"),
            new("people-taken", "/desk/people", "anong", "/desk/people") { Act = page => SendAsync(page, ("#user", "somchai"), ("#name", "สมชาย อีกคน")) },
            new("officer", "/desk/people/{id}", "anong", $"/desk/people/{officer.Id}"),
            new("officer-link", "/desk/people/{id}", "anong", $"/desk/people/{officer.Id}") { Act = page => PressAsync(page, page.Locator("main .row form .button").First) },
        ];
    }

    /// <summary>A conversation that somchai holds, with a note and words of both sides in it.</summary>
    private static async Task<HandoverRow> HeldAsync(DeskScene scene)
    {
        var contact = await scene.WaitingAsync("ธนกฤต พงษ์ไพบูลย์");
        var row = await scene.RowAsync(contact, _ => true);
        // Somebody who leaves gives everything back: this window stays to the end.
        var window = await scene.OfficerAsync();
        await window.ClaimAsync("ธนกฤต");
        await scene.SaysAsync(contact, "ขอบคุณค่ะ จะส่งรูปใบเสร็จใบเก่าไปให้ดูก่อนได้ไหมคะ");
        await window.SayAsync("รบกวนส่งภาพใบเสร็จเดิมมาในแชตนี้ได้เลยค่ะ");
        await window.Act("tab-note").ClickAsync();
        await window.Box.FillAsync("โทรกลับพรุ่งนี้ รอเลขที่แปลง");
        await window.Send.ClickAsync();
        await Expect(window.Page.Locator(".memo")).ToBeVisibleAsync();
        return row;
    }

    private static async Task<(Officer Officer, string Word)> InvitedAsync(DeskScene scene)
    {
        await using var scope = scene.Desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        await using var database = scene.Desk.Get<ChatDesk.Data.DeskDatabase>().Open("demo");
        var suda = await database.Set<Officer>().SingleAsync(o => o.UserName == "suda", CaseScene.Stop);
        return (suda, await scope.ServiceProvider.GetRequiredService<OfficerInvites>().IssueAsync("demo", suda.Id));
    }

    private static Task GreetedAsync(IPage page) => new Chat.ChatScene(page).GreetedAsync();

    /// <summary>Fills fields and sends the form that holds the first of them.</summary>
    private static async Task SendAsync(IPage page, params (string Field, string Words)[] fields)
    {
        foreach (var (field, words) in fields) await page.FillAsync(field, words);
        await PressAsync(page, page.Locator("form", new() { Has = page.Locator(fields[0].Field) }).Locator("button").Last);
    }

    /// <summary>Presses what leads to a new document, and waits for that.</summary>
    private static Task PressAsync(IPage page, ILocator button) => page.RunAndWaitForRequestFinishedAsync(() => button.ClickAsync(), new() { Predicate = request => request.Method == "POST" });

    private static async Task OverlayAsync(IPage page, string keys)
    {
        await page.Keyboard.PressAsync(keys);
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
    }

    private static async Task CannedAsync(IPage page)
    {
        await page.Locator("desk-composer textarea").FocusAsync();
        await page.Keyboard.PressAsync("Slash");
        await Expect(page.Locator(".canned li[aria-selected]").First).ToBeVisibleAsync();
    }
}
