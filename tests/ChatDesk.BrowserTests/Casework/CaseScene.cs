using ChatDesk.BrowserTests.Desk;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Casework;

/// <summary>Cases on a desk, as dialogs and officers would have left them.</summary>
internal static class CaseScene
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<Case> OpenAsync(DeskScene scene, string key, CaseOpening opening) => scene.Desk.Get<CaseBook>().OpenAsync("demo", key, opening, Stop);

    public static Task<Case> DoAsync(DeskScene scene, Case row, CaseDeed deed, string? text = null) => scene.Desk.Get<CaseBook>().DoAsync(
        "demo", row.Id, new CaseOrder(deed, CaseParty.Officer) { Author = "o1", AuthorName = "สุดา แก้วใส", Detail = new CaseDetail { Text = text } }, Stop);

    public static CaseOpening Opening(string key, CaseKind kind, string summary, string? place = null, string? contact = null) => new()
    {
        Number = CaseNumber.Of(key),
        Code = CaseNumber.CodeOf(key),
        Kind = kind,
        Topic = "licence",
        Summary = summary,
        What = summary,
        Place = place,
        Contact = contact,
    };

    /// <summary>A case about a decision that has been late for weeks, as <c>report_delay.yaml</c> opens it.</summary>
    public static CaseOpening Delay(string key, DateOnly filed, int days) => Opening(key, CaseKind.Delay, $"ล่าช้า: ใบอนุญาตก่อสร้าง เกิน {days} วันทำการ", "เทศบาลนครขอนแก่น") with
    {
        What = "ใบอนุญาตก่อสร้างอาคาร",
        Day = filed.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Fields = new Dictionary<string, string> { ["days"] = days.ToString(System.Globalization.CultureInfo.InvariantCulture), ["noticed"] = "no" },
    };

    /// <summary>Cases of every kind: in danger, double, overdue, about conduct, and late by law.</summary>
    public static async Task<(Case Complaint, Case Delay)> FillAsync(DeskScene scene)
    {
        var now = scene.Desk.Get<TimeProvider>().GetUtcNow();
        var complaint = await OpenAsync(scene, "a", Opening("a", CaseKind.Complaint, "ป้ายหน้าร้านล้มขวางทางเท้า เด็กเกือบโดนทับ อันตรายมากค่ะ", "ถนนศรีจันทร์ ขอนแก่น", "0812345678") with { Danger = true, Day = "2026-11-20", Wish = "ขอให้ย้ายป้ายออก", PromisedBy = now.AddDays(15) });
        await OpenAsync(scene, "b", Opening("b", CaseKind.Complaint, "ป้ายร้านล้มขวางทางเท้าหน้าโรงเรียน", "ถนนศรีจันทร์", "0812345678"));
        await OpenAsync(scene, "c", Opening("c", CaseKind.Question, "ต่ออายุใบอนุญาตร้านอาหารต้องใช้เอกสารอะไรบ้าง") with { PromisedBy = now.AddHours(-3) });
        await OpenAsync(scene, "d", Opening("d", CaseKind.Conduct, "เจ้าหน้าที่เรียกรับเงินใต้โต๊ะ"));
        var delay = await OpenAsync(scene, "e", Delay("e", new DateOnly(2026, 1, 5), 30));
        await DoAsync(scene, complaint, CaseDeed.Assess);
        await DoAsync(scene, complaint, CaseDeed.Progress, "ส่งเทศกิจออกตรวจพื้นที่แล้ว จะแจ้งผลภายในวันศุกร์ค่ะ");
        await DoAsync(scene, complaint, CaseDeed.Note, "ร้านเคยถูกเตือนแล้วเมื่อปีก่อน");
        return (complaint, delay);
    }

    /// <summary>A plain page is asked again until it shows what others brought about.</summary>
    public static async Task ReloadUntilAsync(IPage page, string selector)
    {
        var last = TimeProvider.System.GetUtcNow() + (2 * ChatDesk.Tests.Fixtures.TestDesk.Patience);
        while (await page.Locator(selector).CountAsync() == 0)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < last, $"waited in vain for {selector} on {page.Url}");
            await Task.Delay(200, Stop);
            await page.ReloadAsync();
        }
    }

    /// <summary>No page of cases may be wider than its window.</summary>
    public static async Task AssertFitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{page.Url} scrolls sideways");
}
