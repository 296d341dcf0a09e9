using ChatDesk.BrowserTests.Browsing;
using ChatDesk.BrowserTests.Desk;
using ChatDesk.Cases.Model;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Casework;

/// <summary>The case pages by key and in both languages; every look of them is in EveryPageTests.</summary>
public sealed class CaseLooksTests(Chromium chromium)
{
    [Fact]
    public async Task An_officer_works_through_cases_by_key_alone()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        await CaseScene.FillAsync(scene);
        var officer = await scene.OfficerAsync("wipa");
        var page = officer.Page;
        await page.GotoAsync($"{scene.Desk.Url}/desk/cases");
        var links = page.Locator("[data-row] [data-open]");

        // By the place of the key: on a Thai layout these print other letters.
        await page.Keyboard.PressAsync("Alt+KeyJ");
        await Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Alt+KeyX");
        await page.Keyboard.PressAsync("Alt+KeyJ");
        await page.Keyboard.PressAsync("Alt+KeyX");
        await Expect(page.Locator("[data-count]")).ToContainTextAsync("2");
        await page.Keyboard.PressAsync("Alt+KeyT");
        await page.Keyboard.TypeAsync("permits");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".good")).ToContainTextAsync("2");
        await Expect(page.Locator("[data-row]").Nth(0)).ToContainTextAsync("permits");

        await page.Keyboard.PressAsync("Control+KeyK");
        await page.Keyboard.TypeAsync("หน้าโรงเรียน");
        await page.Keyboard.PressAsync("Enter");
        await Expect(links).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Alt+KeyJ");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".timeline")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Alt+KeyP");
        await Expect(page.Locator("#text-Note")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("โทรถามเขตแล้ว");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".deed-note")).ToContainTextAsync("โทรถามเขตแล้ว");
        await page.Keyboard.PressAsync("Alt+KeyU");
        await Expect(page.Locator(".tabs")).ToBeVisibleAsync();
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Overdue_decisions_are_listed_explained_and_their_notice_drafted()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var (_, delay) = await CaseScene.FillAsync(scene);
        var officer = await scene.OfficerAsync();
        var page = officer.Page;
        await page.GotoAsync($"{scene.Desk.Url}/desk/cases/law");
        await Expect(page.Locator(".note")).ToContainTextAsync("ไม่ใช่คำวินิจฉัยทางกฎหมาย");
        await Expect(page.Locator("[data-row].overdue")).ToContainTextAsync(delay.Number);
        await Expect(page.Locator("[data-row].overdue")).ToContainTextAsync("ฉบับที่");

        await page.Locator("[data-row].overdue .button").ClickAsync();
        await Expect(page.Locator(".law .label")).ToContainTextAsync("ไม่ใช่คำวินิจฉัยทางกฎหมาย");
        Assert.True(await page.Locator(".law li").CountAsync() >= 5);
        await page.FillAsync("#reason", "รอผลตรวจแบบจากวิศวกร");
        await page.FillAsync("#new", "31/12/2570");
        await page.Locator("form[method=get] .button").Last.ClickAsync();
        var draft = await page.Locator("#text").InputValueAsync();
        Assert.Contains("รอผลตรวจแบบจากวิศวกร", draft, StringComparison.Ordinal);
        Assert.Contains("31 ธันวาคม 2570", draft, StringComparison.Ordinal);
        Assert.Contains("สำนักงาน ก.พ.ร.", draft, StringComparison.Ordinal);
        Assert.Contains("ไม่ใช่คำวินิจฉัยทางกฎหมาย", draft, StringComparison.Ordinal);

        // Given today: the explanation says so, and it is an event of the case.
        await page.Locator("form[method=post] .button", new() { HasText = "บันทึกว่าออกหนังสือวันนี้" }).ClickAsync();
        await Expect(page.Locator(".good")).ToBeVisibleAsync();
        await Expect(page.Locator(".steps .notice_given")).ToHaveCountAsync(1);

        await page.FillAsync("#decided", "วันนี้");
        await page.Locator("form[method=post] .button", new() { HasText = "บันทึกข้อมูล" }).ClickAsync();
        await Expect(page.Locator(".fault")).ToContainTextAsync("อ่านวันที่ไม่ได้");
        officer.Visit.Expected.Add("422");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task In_English_no_Thai_is_left_beside_what_people_wrote()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var opening = CaseScene.Opening("english", CaseKind.Complaint, "Street light is out", "Main road") with { Language = "en", PromisedBy = scene.Desk.Get<TimeProvider>().GetUtcNow().AddDays(3) };
        var row = await CaseScene.OpenAsync(scene, "english", opening);
        var officer = await scene.OfficerAsync("wipa", new Visitor { Locale = "en-GB" });
        await officer.Page.Locator("header > .menu > summary").ClickAsync();
        await officer.Page.Locator("button[name=language][value=en]").ClickAsync();
        await officer.LiveAsync();
        foreach (var path in (string[])["/desk/cases", $"/desk/cases/{row.Id}", "/desk/cases/law", "/desk/promises"])
        {
            await officer.Visit.GoAsync(scene.Desk.Url + path);
            // Names of officers are names.
            var words = await officer.Page.EvaluateAsync<string>("() => { const own = document.querySelector('main').cloneNode(true); own.querySelectorAll('select[name=officer], .timeline .quiet').forEach(e => e.remove()); return own.textContent; }");
            Assert.DoesNotMatch("[\u0E01-\u0E5B]", words);
        }
        await officer.Visit.AssertHealthyAsync();
    }
}
