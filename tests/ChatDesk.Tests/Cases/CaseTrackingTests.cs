using System.Net;
using System.Text.RegularExpressions;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Tracking;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Cases;

/// <summary>Number and code: on LINE, on the public page, and nothing for who has only one of them.</summary>
public sealed class CaseTrackingTests
{
    [Fact]
    public async Task The_page_shows_only_public_fields_and_lets_the_citizen_contest_and_answer()
    {
        await using var desk = await TestDesk.StartAsync();
        var row = await OpenAsync(desk);
        await DoAsync(desk, row, CaseDeed.Note, "บันทึกภายใน");
        await DoAsync(desk, row, CaseDeed.Ask, "ขอ <b>เลขที่</b>");

        var asked = await PostAsync(desk, row.Number.ToLowerInvariant(), row.Code);
        Assert.Contains("รอข้อมูลจากท่าน", asked.Body, StringComparison.Ordinal);
        Assert.Contains("ขอ &lt;b&gt;เลขที่", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("บันทึกภายใน", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("0899999999", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ลับมาก", asked.Body, StringComparison.Ordinal);

        await PostAsync(desk, row.Number, row.Code, ("do", "reply"), ("text", "เลขที่ 9"), ("seen", Seen(asked.Body)));
        await DoAsync(desk, row, CaseDeed.Fix, "เสร็จแล้ว");
        var done = await PostAsync(desk, row.Number, row.Code);
        Assert.Contains("เสร็จแล้ว", done.Body, StringComparison.Ordinal);
        var contested = await PostAsync(desk, row.Number, row.Code, ("do", "contest"), ("text", "ยังไม่เสร็จ"), ("seen", Seen(done.Body)));
        Assert.Contains("เปิดพิจารณาใหม่", contested.Body, StringComparison.Ordinal);
        // The same form once more, as by going back: nothing happens.
        var again = await PostAsync(desk, row.Number, row.Code, ("do", "contest"), ("seen", Seen(done.Body)));
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Fact]
    public async Task A_wrong_number_and_a_wrong_code_get_the_same_answer_and_guessing_is_stopped()
    {
        await using var desk = await TestDesk.StartAsync();
        var row = await OpenAsync(desk);
        var other = CaseNumber.Of("nobody");

        var wrongCode = await PostAsync(desk, row.Number, "22222222");
        var wrongNumber = await PostAsync(desk, other, row.Code);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (wrongCode.Status, wrongNumber.Status));
        Assert.Equal(wrongCode.Body.Replace(row.Number, "#", StringComparison.Ordinal), wrongNumber.Body.Replace(other, "#", StringComparison.Ordinal));

        for (var n = 0; n < 8; n++) await PostAsync(desk, row.Number, "22222222");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(desk, row.Number, "22222222")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(desk, row.Number, row.Code)).Status);
        Assert.Null(await desk.Get<CaseTracking>().FindAsync("demo", "not a number", "x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_dialog_finds_the_case_by_number_and_code()
    {
        await using var desk = await TestDesk.StartAsync();
        var row = await OpenAsync(desk);
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "ติดตามเรื่อง");
        await desk.SayAsync(somchai, row.Number.ToLowerInvariant());

        await desk.SayAsync(somchai, row.Code);
        await desk.SettledAsync();

        Assert.Contains(desk.Channel.Calls.VisibleTo(somchai.ChatId), m => m.Message.ToString().Contains("รับเรื่องแล้ว", StringComparison.Ordinal));
    }

    private static Task<Case> OpenAsync(TestDesk desk)
    {
        var key = CaseNumber.NewKey();
        return desk.Get<CaseBook>().OpenAsync("demo", key, new CaseOpening
        {
            Number = CaseNumber.Of(key),
            Code = CaseNumber.CodeOf(key),
            Kind = CaseKind.Complaint,
            Summary = "ลับมาก",
            Contact = "0899999999",
        }, TestContext.Current.CancellationToken);
    }

    private static Task DoAsync(TestDesk desk, Case row, CaseDeed deed, string text) =>
        desk.Get<CaseBook>().DoAsync("demo", row.Id, new CaseOrder(deed, CaseParty.Officer) { Detail = new CaseDetail { Text = text } }, TestContext.Current.CancellationToken);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestDesk desk, string number, string code, params (string, string)[] more)
    {
        using var form = new FormUrlEncodedContent([new("number", number), new("code", code), .. more.Select(m => new KeyValuePair<string, string>(m.Item1, m.Item2))]);
        using var answer = await desk.Http.PostAsync(new Uri($"{desk.Url}/cases/track/demo"), form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Seen(string page) => Regex.Match(page, "name=\"seen\" value=\"([0-9]+)\"", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).Groups[1].Value;
}
