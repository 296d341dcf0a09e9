using System.Text.RegularExpressions;
using ChatDesk.Activities;
using ChatDesk.Channels.Mail;
using ChatDesk.Delivery;
using ChatDesk.Startup;
using ChatDesk.Tests.Channels.Web;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace ChatDesk.Tests.Returns;

/// <summary>The answer by e-mail: only to an address that was shown to be the contact's, once, and until they say stop.</summary>
public sealed partial class ReturnByMailTests
{
    private const string Address = "somchai.jaidee@example.go.th";

    [Fact]
    public async Task A_confirmed_address_gets_the_officers_answer_once_and_can_end_it_with_one_click()
    {
        await using var post = new CatchAllMail();
        await using var desk = await TestDesk.StartAsync(s => { post.Configure(s); ReturnScene.Impatient(s); });
        using var web = await ReturnScene.ArriveAsync(desk);
        Assert.Equal(204, (await web.PostAsync("mail", new { address = Address, language = "th" })).Status);
        var asked = await LetterAsync(desk, post, 1);
        Assert.Equal("รหัสยืนยันอีเมล", asked.Subject);
        Assert.Null(asked.Headers["List-Unsubscribe"]);
        // Nothing goes there before it is confirmed.
        var speak = await web.OfficerAsync();
        await speak("ยังไม่ยืนยัน");
        Assert.Equal((400, "BadCode"), Refusal(await web.PostAsync("mail/confirm", new { code = "K7QFD-29XMB" })));
        Assert.Equal(204, (await web.PostAsync("mail/confirm", new { code = CodeIn(asked) })).Status);
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM inbox WHERE state <> 0 AND CAST(activity AS TEXT) LIKE '%return-confirmed%'") == 1, "the page's conversation hears of it");
        Assert.Equal("so•••@example.go.th", (string?)(await web.GetAsync()).Json["places"]![0]!["label"]);

        await speak("ใบอนุญาตเสร็จแล้ว มารับได้ค่ะ");
        var answer = await LetterAsync(desk, post, 2);
        Assert.Equal("มีคำตอบจากโต๊ะบริการใบอนุญาต", answer.Subject);
        Assert.Equal(Address, answer.To.Mailboxes.Single().Address);
        Assert.Equal("desk@agency.example", answer.From.Mailboxes.Single().Address);
        Assert.Contains("ใบอนุญาตเสร็จแล้ว มารับได้ค่ะ", answer.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://chat.agency.example/chat/demo", answer.TextBody, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", answer.Headers["List-Unsubscribe-Post"]);
        Assert.DoesNotContain(post.Letters, l => Words(l).Contains("ยังไม่ยืนยัน", StringComparison.Ordinal));

        // Mail programs open links by themselves; only the press counts.
        var stop = new Uri(answer.Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;
        Assert.Contains("หยุดส่งคำตอบ", await desk.Http.GetStringAsync(desk.Url + stop, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single((await web.GetAsync()).Json["places"]!.AsArray());
        using (var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))
        using (var ended = await desk.Http.PostAsync(desk.Url + stop, body, TestContext.Current.CancellationToken)) Assert.Equal(200, (int)ended.StatusCode);
        Assert.Empty((await web.GetAsync()).Json["places"]!.AsArray());
        await speak("หลังจากหยุด");
        await web.CarriedAsync();
        Assert.Equal(2, desk.Count("SELECT count(*) FROM effects WHERE kind = 'return-carry'"));
        await desk.SettledAsync();
        Assert.Equal(2, post.Letters.Count);
        // Addresses and words stay out of the log.
        Assert.DoesNotContain(desk.Log.Lines, l => l.Contains("somchai", StringComparison.Ordinal) || l.Contains("ใบอนุญาตเสร็จแล้ว", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_that_may_have_arrived_goes_again_with_the_same_id_and_one_that_is_refused_does_not()
    {
        await using var post = new CatchAllMail();
        var time = new ShiftedTime();
        var options = MailOptions.Read(Settings(post.Configure), ["demo"]);
        Assert.Empty(options.Problems);
        await using var ledger = ChatDesk.Delivery.Sqlite.SqliteLedger.Open(Path.Combine(Directory.CreateTempSubdirectory("chatdesk-mail-").FullName, "ledger.db"), time, null);
        var book = new MailBook(ledger, time);
        var sender = new MailSender(options, book, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<MailSender>.Instance);
        var to = await book.OpenAsync("demo", MailAddress.Read(Address)!);
        var item = new OutboxItem { RowId = 1, Id = "a:0", Conversation = to, Activities = [OutboundActivity.Say("สวัสดี\n.บรรทัดที่ขึ้นต้นด้วยจุด")], CreatedAt = time.GetUtcNow() };

        post.Fail(MailFault.Busy, MailFault.HangUp, MailFault.None, MailFault.Refuse);
        Assert.Equal((SendStatus.Deferred, "smtp-451"), Ended(await sender.SendAsync(item, TestContext.Current.CancellationToken)));
        Assert.Equal((SendStatus.Deferred, "unreachable"), Ended(await sender.SendAsync(item, TestContext.Current.CancellationToken)));
        Assert.Equal((SendStatus.Sent, null), Ended(await sender.SendAsync(item, TestContext.Current.CancellationToken)));
        Assert.Equal(2, post.Letters.Count);
        Assert.Single(post.Letters.Select(l => l.MessageId).Distinct());
        Assert.Contains("\n.บรรทัดที่ขึ้นต้นด้วยจุด", Words(post.Letters[0]).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal((SendStatus.Blocked, "smtp-550"), Ended(await sender.SendAsync(item with { Id = "b:0" }, TestContext.Current.CancellationToken)));
        await book.ForgetAsync(to);
        Assert.Equal((SendStatus.Blocked, "stopped"), Ended(await sender.SendAsync(item with { Id = "c:0" }, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Nobody_can_be_flooded_with_codes_and_five_wrong_ones_void_it()
    {
        await using var post = new CatchAllMail();
        await using var desk = await TestDesk.StartAsync(post.Configure);
        using var web = await ReturnScene.ArriveAsync(desk);
        foreach (var bad in (string[])["", "somchai", "a@b", "a@b.c, d@e.f", "<a@b.go.th>", "สมชาย@b.go.th", "a@b.go.th\r\nBcc: x@y.z", "a@[127.0.0.1]"])
            Assert.Equal((400, "BadAddress"), Refusal(await web.PostAsync("mail", new { address = bad })));
        Assert.Equal(204, (await web.PostAsync("mail", new { address = Address })).Status);
        var letter = await LetterAsync(desk, post, 1);
        for (var i = 0; i < 5; i++) Assert.Equal(400, (await web.PostAsync("mail/confirm", new { code = "K7QFD-29XMB" })).Status);
        Assert.NotEqual(204, (await web.PostAsync("mail/confirm", new { code = CodeIn(letter) })).Status);
        Assert.Empty((await web.GetAsync()).Json["places"]!.AsArray());

        using var second = await ReturnScene.ArriveAsync(desk);
        Assert.Equal(204, (await second.PostAsync("mail", new { address = Address })).Status);
        Assert.Equal(204, (await second.PostAsync("mail", new { address = Address.ToUpperInvariant() })).Status);
        Assert.Equal((429, "TooManyRequests"), Refusal(await second.PostAsync("mail", new { address = Address })));
    }

    [Fact]
    public void Settings_that_could_not_send_stop_the_start_each_with_its_reason()
    {
        var problems = MailOptions.Read(Settings(s =>
        {
            s["Mail:Host"] = "mail.agency.go.th";
            s["Mail:Port"] = "none";
            s["Mail:Security"] = "None";
            s["Mail:User"] = "desk";
            s["Agencies:demo:Mail:From"] = "nobody";
        }), ["demo"]).Problems;
        foreach (var name in (string[])["Mail:Port", "Mail:Security", "Mail:Password", "Mail:From", "Web:PublicUrl"]) Assert.Contains(problems, p => p.Contains(name, StringComparison.Ordinal));
        Assert.Contains("Mail:Host", Assert.Single(MailOptions.Read(Settings(s => { s["Agencies:demo:Mail:From"] = "d@a.go.th"; s["Agencies:demo:Web:PublicUrl"] = "https://a.go.th"; }), ["demo"]).Problems), StringComparison.Ordinal);
        Assert.Contains(DeskSettings.Read(Settings(s => s["Mail:Host"] = "localhost")).Problems, p => p.Contains("Mail:From", StringComparison.Ordinal));
    }

    private static IConfiguration Settings(Action<Dictionary<string, string?>> set)
    {
        var settings = new Dictionary<string, string?>();
        set(settings);
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static async Task<MimeMessage> LetterAsync(TestDesk desk, CatchAllMail post, int number)
    {
        await desk.UntilAsync(() => post.Letters.Count >= number, $"letter {number}");
        return post.Letters[number - 1];
    }

    private static string CodeIn(MimeMessage letter) => Code().Match(Words(letter)).Value;

    private static string Words(MimeMessage letter) => letter.TextBody ?? "";

    private static (SendStatus, string?) Ended(SendResult result) => (result.Status, result.Reason);

    private static (int, string?) Refusal(WebAnswer answer) => (answer.Status, answer.Code);

    [GeneratedRegex("[2-9B-Z]{5}-[2-9B-Z]{5}", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
