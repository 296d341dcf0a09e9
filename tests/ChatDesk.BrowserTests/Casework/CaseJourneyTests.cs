using System.Text.RegularExpressions;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.BrowserTests.Chat;
using ChatDesk.BrowserTests.Desk;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Casework;

/// <summary>One complaint from the chat page to the desk and back, until the citizen contests it.</summary>
public sealed class CaseJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_complaint_is_filed_answered_not_closed_on_paper_closed_properly_contested_and_open_again()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        await using var visit = await Visit.OpenAsync(chromium, [scene.Desk.Url], Visitor.Phone);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{scene.Desk.Url}/");
        var number = await FileAsync(chat);

        var officer = await scene.OfficerAsync("suda");
        var page = officer.Page;
        await page.GotoAsync($"{scene.Desk.Url}/desk/cases");
        // It arrives by itself; the list is a plain page and is asked again.
        await CaseScene.ReloadUntilAsync(page, $"[data-open]:text(\"{number}\")");
        await officer.Visit.PictureAsync("case-1-arrived");
        await page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(number);
        await Expect(page.Locator(".facts")).ToContainTextAsync("เจ้าหน้าที่ให้รอสามเดือนแล้ว");

        await ActAsync(page, "Answer", "รับเรื่องแล้ว กำลังเร่งตรวจเอกสารให้ค่ะ");
        await Expect(page.Locator(".good")).ToContainTextAsync("ตอบประชาชน");
        await chat.HeardAsync("เจ้าหน้าที่ตอบแล้ว");
        await chat.HeardAsync("กำลังเร่งตรวจเอกสาร");

        var refused = await page.RunAndWaitForResponseAsync(() => ActAsync(page, "Fix", ""), answer => answer.Request.Method == "POST");
        Assert.Equal(422, refused.Status);
        officer.Visit.Expected.Add("422");
        await Expect(page.Locator("#refused")).ToContainTextAsync("ปิดเรื่องบนกระดาษไม่ได้");
        await Expect(page.Locator("h1")).ToContainTextAsync("ตอบแล้ว");
        await officer.Visit.PictureAsync("case-2-refused");
        await officer.Visit.AssertHealthyAsync();

        await ActAsync(page, "Fix", "ออกใบอนุญาตแล้ว เลขที่ 12/2569", ("evidence.png", Pixel));
        await Expect(page.Locator("h1")).ToContainTextAsync("ดำเนินการแล้ว");
        var file = await page.Context.APIRequest.GetAsync(scene.Desk.Url + await page.Locator(".timeline .files a").First.GetAttributeAsync("href"));
        Assert.Equal(("image/png", Pixel.Length), (file.Headers["content-type"], (await file.BodyAsync()).Length));
        await chat.HeardAsync("ออกใบอนุญาตแล้ว");

        await chat.TapAsync("ยังไม่เรียบร้อย");
        await chat.HeardAsync("ขึ้นใหม่แล้ว");
        await CaseScene.ReloadUntilAsync(page, "h1 .state.reopened");
        await Expect(page.Locator(".timeline li").First).ToContainTextAsync("โต้แย้ง");
        await Expect(page.Locator(".facts")).ToContainTextAsync("เปิดใหม่ 1 ครั้ง");
        await officer.Visit.PictureAsync("case-3-reopened");
        await officer.Visit.AssertHealthyAsync();
    }

    /// <summary>Files a complaint as a visitor of the chat page.</summary>
    /// <returns>The case's number, as the desk said it.</returns>
    private static async Task<string> FileAsync(ChatScene chat)
    {
        await chat.GreetedAsync();
        await chat.SayAsync("ร้องเรียน");
        await chat.HearsAsync("ประเภทไหน");
        await chat.TapAsync("การขอใบอนุญาต");
        await chat.HearsAsync("เกิดอะไรขึ้น");
        await chat.SayAsync("เจ้าหน้าที่ให้รอสามเดือนแล้วยังไม่ได้ใบอนุญาต");
        await chat.HearsAsync("ที่ไหน");
        await chat.SayAsync("เทศบาลเมืองขอนแก่น");
        await chat.HearsAsync("เมื่อไร");
        await chat.SayAsync("เมื่อวาน");
        await chat.HearsAsync("หลักฐาน");
        await chat.TapAsync("ข้าม");
        await chat.HearsAsync("อยากให้หน่วยงานทำอะไร");
        await chat.TapAsync("ข้าม");
        await chat.HearsAsync("ไม่เปิดเผยตัว");
        await chat.SayAsync("เปิดเผยได้");
        await chat.HearsAsync("เบอร์โทรศัพท์");
        await chat.TapAsync("ข้าม");
        await chat.HearsAsync("ข้อมูลถูกต้องไหม");
        await chat.TapAsync("ส่งเรื่อง");
        await chat.HeardAsync("รับเรื่องแล้วค่ะ");
        var said = await chat.Messages.Filter(new() { HasText = "รับเรื่องแล้วค่ะ" }).Last.InnerTextAsync();
        var match = Regex.Match(said, "เลขเรื่อง ([0-9A-Z-]+)", RegexOptions.NonBacktracking);
        Assert.True(match.Success, said);
        return match.Groups[1].Value;
    }

    private static async Task ActAsync(IPage page, string deed, string words, (string Name, byte[] Bytes)? file = null)
    {
        var act = page.Locator($"details:has(#text-{deed})");
        if (await act.GetAttributeAsync("open") is null) await act.Locator("summary").ClickAsync();
        await act.Locator("textarea").FillAsync(words);
        if (file is { } evidence) await act.Locator("[type=file]").SetInputFilesAsync(new FilePayload { Name = evidence.Name, MimeType = "image/png", Buffer = evidence.Bytes });
        await act.Locator("[type=submit]").ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>The smallest picture that is one.</summary>
    private static byte[] Pixel => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
