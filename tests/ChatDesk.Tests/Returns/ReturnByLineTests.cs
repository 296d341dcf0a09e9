using ChatDesk.Cases.Model;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Returns;
using ChatDesk.Tests.Channels.Web;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatDesk.Tests.Returns;

/// <summary>Asked on the web at night, answered on LINE in the morning.</summary>
public sealed class ReturnByLineTests
{
    [Fact]
    public async Task A_case_opened_on_the_web_is_answered_and_contested_on_LINE_once()
    {
        await using var desk = await TestDesk.StartAsync(ReturnScene.Impatient);
        using var web = await ReturnScene.ArriveAsync(desk);
        var row = await web.ComplainAsync();
        Assert.True((bool?)(await web.HearsAsync(row.Number))["channelData"]?["answerFollows"]);
        var somchai = desk.Person();
        await web.BindAsync(somchai);
        Assert.Contains("จะส่งมาที่แชตนี้ด้วย", Last(desk, somchai), StringComparison.Ordinal);
        var before = Seen(desk, somchai).Count;

        await web.OfficerAsync(row, CaseDeed.Fix, "ออกใบอนุญาตแล้ว");
        await web.HearsAsync("ออกใบอนุญาตแล้ว");
        await desk.UntilAsync(() => Last(desk, somchai).Contains("ออกใบอนุญาตแล้ว", StringComparison.Ordinal), "the news on LINE");
        await desk.RestartAsync();
        await desk.SettledAsync();
        Assert.Equal(before + 2, Seen(desk, somchai).Count);
        Assert.Single(desk.Channel.Calls.VisibleTo(somchai.ChatId), m => m.Text?.Contains("ออกใบอนุญาตแล้ว", StringComparison.Ordinal) == true);

        await desk.PostAsync(desk.Events.Postback(somchai, "case:contest:" + row.Number));
        await desk.UntilAsync(() => web.Cases()[0].State == CaseState.Reopened, "reopened from LINE");
        await desk.PostAsync(desk.Events.Postback(desk.Person(), "case:contest:" + row.Number));
        await desk.SettledAsync();
        Assert.Equal(CaseState.Reopened, web.Cases()[0].State);
    }

    [Fact]
    public async Task An_officers_late_words_come_to_LINE_unless_somebody_reads_them_on_the_page_and_end_when_asked()
    {
        await using var desk = await TestDesk.StartAsync(ReturnScene.Impatient);
        using var web = await ReturnScene.ArriveAsync(desk);
        var somchai = desk.Person();
        await web.BindAsync(somchai);
        var speak = await web.OfficerAsync();

        await speak("คำตอบแรกค่ะ");
        await desk.UntilAsync(() => Last(desk, somchai) == "คำตอบแรกค่ะ", "the officer's words on LINE");

        await web.Visitor.ReconnectAsync(null);
        await using (var page = await web.Visitor.OpenAsync())
        {
            await speak("คำตอบที่สอง");
            await page.SeeAsync(all => all.Any(a => (string?)a["text"] == "คำตอบที่สอง"));
            await web.CarriedAsync();
            // Another tab is in front: nobody reads this one.
            await page.Socket.SendAsync("away"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await speak("คำตอบที่สาม");
            await desk.UntilAsync(() => Last(desk, somchai) == "คำตอบที่สาม", "what nobody saw on the page");
        }
        Assert.DoesNotContain(Seen(desk, somchai), text => text == "คำตอบที่สอง");

        await desk.PostAsync(desk.Events.Postback(somchai, "return:stop"));
        await desk.UntilAsync(() => Last(desk, somchai).Contains("จะไม่ส่งคำตอบจากหน้าเว็บ", StringComparison.Ordinal), "the end");
        Assert.Empty((await web.GetAsync()).Json["places"]!.AsArray());
        await speak("คำตอบที่สี่");
        await web.HearsAsync("คำตอบที่สี่");
        await web.CarriedAsync();
        Assert.Equal(4, desk.Count("SELECT count(*) FROM effects WHERE kind = 'return-carry'"));
        await desk.SettledAsync();
        Assert.DoesNotContain(Seen(desk, somchai), text => text == "คำตอบที่สี่");
    }

    [Fact]
    public async Task A_code_is_good_once_for_a_quarter_of_an_hour_and_only_the_newest()
    {
        var time = new ShiftedTime();
        await using var desk = await TestDesk.StartAsync(change: b => b.Services.Replace(Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<TimeProvider>(time)));
        using var web = await ReturnScene.ArriveAsync(desk);
        var old = (string)(await web.CodeAsync())["code"]!;
        var code = (string)(await web.CodeAsync())["code"]!;

        Assert.Contains("ใช้ไม่ได้แล้ว", await SayAsync(desk, desk.Person(), old), StringComparison.Ordinal);
        var somchai = desk.Person();
        // As people type it: small letters, no dash.
        Assert.Contains("เรียบร้อยค่ะ", await SayAsync(desk, somchai, $"  {code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} "), StringComparison.Ordinal);
        Assert.Contains("ใช้ไม่ได้แล้ว", await SayAsync(desk, desk.Person(), code), StringComparison.Ordinal);
        Assert.Equal("LINE", (string?)(await web.GetAsync()).Json["places"]![0]!["label"]);
        // Spent or not, no code stays readable in what officers see.
        await desk.SettledAsync();
        Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox WHERE CAST(activity AS TEXT) LIKE '%' || $text || '%'", code));

        var late = (string)(await web.CodeAsync())["code"]!;
        time.Ahead = ReturnBook.CodeLife + TimeSpan.FromSeconds(1);
        Assert.Contains("ใช้ไม่ได้แล้ว", await SayAsync(desk, desk.Person(), late), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_a_code_said_on_the_web_or_in_a_group_binds_nothing()
    {
        await using var desk = await TestDesk.StartAsync();
        using var web = await ReturnScene.ArriveAsync(desk);
        var code = (string)(await web.CodeAsync())["code"]!;
        var guesser = desk.Person();
        for (var i = 0; i < 6; i++) Assert.Contains("ใช้ไม่ได้แล้ว", await SayAsync(desk, guesser, ReturnCode.New()), StringComparison.Ordinal);
        Assert.Contains("ลองหลายครั้งแล้ว", await SayAsync(desk, guesser, code), StringComparison.Ordinal);

        using var other = await ReturnScene.ArriveAsync(desk);
        await other.Visitor.SayAsync(code);
        await other.HearsAsync("ใช้ไม่ได้แล้ว");
        await desk.PostAsync(desk.Events.Message.Text(ChatSource.Group("C" + Guid.NewGuid().ToString("N"), "U" + Guid.NewGuid().ToString("N")), code));
        await desk.SettledAsync();
        Assert.Empty((await web.GetAsync()).Json["places"]!.AsArray());

        Assert.Contains("เรียบร้อยค่ะ", await SayAsync(desk, desk.Person(), code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_is_asked_for_with_the_conversations_own_token_only()
    {
        await using var desk = await TestDesk.StartAsync();
        using var web = await ReturnScene.ArriveAsync(desk);
        var made = await web.CodeAsync();
        Assert.StartsWith("https://line.me/R/oaMessage/%40000demo/?", (string?)made["link"], StringComparison.Ordinal);
        Assert.EndsWith(Uri.EscapeDataString((string)made["code"]!), (string?)made["link"], StringComparison.Ordinal);
        Assert.InRange((int)made["qr"]!["size"]!, 29, 45);
        await web.BindAsync(desk.Person());
        var id = (long)(await web.GetAsync()).Json["places"]![0]!["id"]!;

        using var other = await ReturnScene.ArriveAsync(desk);
        Assert.Empty((await other.GetAsync()).Json["places"]!.AsArray());
        Assert.Equal(204, (await other.PostAsync("stop", new { id })).Status);
        Assert.Single((await web.GetAsync()).Json["places"]!.AsArray());

        web.Visitor.Origin = "https://evil.example";
        Assert.Equal((403, "OriginNotTrusted"), Refusal(await web.PostAsync("code")));
        other.Visitor.Token = "forged";
        foreach (var path in (string[])["code", "mail", "mail/confirm", "stop"]) Assert.Equal((403, "TokenExpired"), Refusal(await other.PostAsync(path)));
        Assert.Equal(404, (await web.Visitor.SendAsync(HttpMethod.Get, $"{desk.Url}/return/stop/forged", null)).Status);
    }

    [Theory]
    [InlineData("รับคำตอบจากหน้าเว็บ K7QFD-29XMB", "K7QFD-29XMB")]
    [InlineData("k7qfd29xmb", "K7QFD-29XMB")]
    [InlineData("K7QFD–29XMB \n", "K7QFD-29XMB")]
    [InlineData("understand", null)]
    [InlineData("0812345678", null)]
    [InlineData("BP-2569-000103", null)]
    [InlineData("AK7QFD29XMB", null)]
    [InlineData("K7QFD-29XMB ใช้ยังไง", null)]
    public void A_code_is_found_at_the_end_of_a_short_message(string said, string? code) => Assert.Equal(code, ReturnCode.Find(said));

    private static (int, string?) Refusal(WebAnswer answer) => (answer.Status, answer.Code);

    private static async Task<string> SayAsync(TestDesk desk, ChatSource who, string text) => (await desk.SayAsync(who, text))[^1].Text!;

    private static List<string> Seen(TestDesk desk, ChatSource who) => [.. desk.Channel.Calls.VisibleTo(who.ChatId).Select(m => m.Text ?? "")];

    private static string Last(TestDesk desk, ChatSource who) => Seen(desk, who).LastOrDefault() ?? "";
}
