using System.Net;
using System.Text;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.People;
using ChatDesk.Tests.People;

namespace ChatDesk.Tests.Desk.Casework;

/// <summary>The case pages as plain pages: what a form does, what it refuses and how it says so, and what stands in the log.</summary>
public sealed class CasePagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_is_refused_by_its_status_keeps_what_was_typed_and_is_carried_out_once()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        var row = await OpenAsync(desk, "one", CaseKind.Complaint, "ไฟทางดับ");
        var path = $"/desk/cases/{row.Id}";

        var refused = await browser.SubmitAsync(path, "do-Fix", ("text", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("ปิดเรื่องบนกระดาษไม่ได้", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(path, "do-Reject", ("text", ""))).Status);

        // Both windows were open; the second is told, and keeps its words.
        var opened = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(opened, path, "do-Ask", ("text", "เสาไฟหมายเลขอะไรคะ"))).Status);
        var late = await browser.SubmitAsync(opened, path, "do-Note", ("text", "ถามเทศบาลแล้ว"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("ถามเทศบาลแล้ว", late.Text, StringComparison.Ordinal);

        // The same form sent twice, as a doubled click does.
        var again = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(again, path, "do-Note", ("text", "ครั้งเดียว"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(again, path, "do-Note", ("text", "ครั้งเดียว"))).Status);
        var view = await desk.Desk.Get<CaseDesk>().ReadAsync("demo", row.Id, Viewer, Stop);
        Assert.Equal([CaseDeed.Ask, CaseDeed.Note], view!.Timeline.Select(l => l.Deed).Where(d => d is CaseDeed.Ask or CaseDeed.Note));
        Assert.NotEmpty(await desk.AuditAsync("case.read"));
        Assert.Single(await desk.AuditAsync("case.ask"));
    }

    [Fact]
    public async Task Cases_are_found_inside_unspaced_Thai_filtered_kept_as_views_assigned_together_and_merged()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        var light = await OpenAsync(desk, "light", CaseKind.Complaint, "ไฟทางหน้าโรงเรียนวัดดับมาสามคืน");
        var again = await OpenAsync(desk, "again", CaseKind.Complaint, "ไฟทางหน้าโรงเรียนวัดยังดับอยู่");
        var question = await OpenAsync(desk, "question", CaseKind.Question, "ต่อใบอนุญาตที่ไหน");

        var found = await browser.GetAsync("/desk/cases?q=โรงเรียนวัด");
        Assert.Contains(light.Number, found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(question.Number, found.Text, StringComparison.Ordinal);
        var asked = await browser.GetAsync("/desk/cases?kind=Question");
        Assert.Contains(question.Number, asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(light.Number, asked.Text, StringComparison.Ordinal);

        var kept = await browser.SubmitAsync("/desk/cases?q=โรงเรียนวัด", "save-view", ("name", "ไฟทาง"));
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        Assert.Contains("★ ไฟทาง", (await browser.GetAsync("/desk/cases")).Text, StringComparison.Ordinal);

        var nobody = await browser.SubmitAsync("/desk/cases", "assign", ("unit", "lights"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
        var assigned = await browser.SubmitAsync("/desk/cases", "assign", ("unit", "lights"), ("ids", $"{light.Id}"), ("ids", $"{again.Id}"));
        Assert.Contains("มอบหมายแล้ว 2 เรื่อง", assigned.Text, StringComparison.Ordinal);
        Assert.Single(await desk.AuditAsync("case.assign"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync($"/desk/cases/{again.Id}", "do-Merge", ("other", "XXXX-XXXX"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/desk/cases/{again.Id}", "do-Merge", ("other", light.Number))).Status);
        Assert.Contains("ปิดเรื่อง", (await browser.GetAsync($"/desk/cases/{again.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_holds_what_the_list_shows_begins_with_a_mark_for_spreadsheets_and_starts_no_formula()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        await OpenAsync(desk, "formula", CaseKind.Complaint, "=HYPERLINK(\"http://evil\",\"ไฟทาง\")");
        await OpenAsync(desk, "other", CaseKind.Question, "ต่อใบอนุญาตที่ไหน");

        var file = await browser.GetAsync("/desk/cases/export?kind=Complaint");
        var bytes = await file.Response.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Equal(2, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"'=HYPERLINK(", text, StringComparison.Ordinal);
        Assert.Contains("attachment", file.Response.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(await desk.AuditAsync("case.export"));
        Assert.Contains("kind=Complaint", line.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complaints_about_officers_are_there_for_supervisors_of_their_unit_only_and_no_case_for_another_agency()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        await desk.AddAsync("boss", OfficerRole.Supervisor);
        await desk.AddAsync("stranger", OfficerRole.Administrator, "other");
        var conduct = await OpenAsync(desk, "conduct", CaseKind.Conduct, "เรียกเงินใต้โต๊ะ");
        var plain = await OpenAsync(desk, "plain", CaseKind.Complaint, "ไฟทางดับ");
        using var officer = await desk.SignInAsync("malee");
        using var boss = await desk.SignInAsync("boss");
        using var stranger = await desk.SignInAsync("stranger");

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/desk/cases/{conduct.Id}")).Status);
        Assert.DoesNotContain("ใต้โต๊ะ", (await officer.GetAsync("/desk/cases")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ใต้โต๊ะ", (await officer.GetAsync("/desk/cases/export?state=all")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/desk/cases/{conduct.Id}")).Status);
        foreach (var path in (string[])[$"/desk/cases/{plain.Id}", $"/desk/cases/{plain.Id}/law"]) Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).Status);
        Assert.DoesNotContain(plain.Number, (await stranger.GetAsync("/desk/cases?state=all")).Text, StringComparison.Ordinal);
    }

    private static CaseViewer Viewer => new("test", "ทดสอบ", SeesProtected: true);

    private static Task<Case> OpenAsync(PeopleDesk desk, string key, CaseKind kind, string summary) => desk.Desk.Get<CaseBook>().OpenAsync("demo", key, new CaseOpening
    {
        Number = CaseNumber.Of(key),
        Code = CaseNumber.CodeOf(key),
        Kind = kind,
        Summary = summary,
        What = summary,
        Contact = "0812345678",
    }, Stop);
}
