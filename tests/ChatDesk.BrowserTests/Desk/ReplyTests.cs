using ChatDesk.BrowserTests.Browsing;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Answers on their way out: free while the token lives, once however often they are sent, and honest when they fail.</summary>
public sealed class ReplyTests(Chromium chromium)
{
    [Fact]
    public async Task An_answer_within_the_token_is_free_and_the_next_one_costs_quota_and_says_so_before()
    {
        await using var scene = await DeskScene.StartAsync(chromium, setup: new LineChannelSetup { MonthlyQuota = 500 });
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await Expect(officer.Page.Locator(".quota")).ToContainTextAsync("500/500");
        await officer.ClaimAsync("ธนกฤต");
        await Expect(officer.Ring).ToContainTextAsync("ตอบฟรีได้อีก");
        await officer.Visit.PictureAsync("free-light");

        await officer.SayAsync("ได้รับเรื่องแล้วค่ะ");
        await Expect(officer.Line("ได้รับเรื่องแล้วค่ะ").Locator(".delivery")).ToHaveTextAsync("✓ ส่งแล้ว (ฟรี)");
        // The token is spent: the ring says what the next one costs.
        await Expect(officer.Ring).ToContainTextAsync("จะใช้โควตา (เหลือ 500/500)");
        await officer.SayAsync("ขอเลขที่แปลงด้วยค่ะ");
        await Expect(officer.Line("ขอเลขที่แปลงด้วยค่ะ").Locator(".delivery")).ToHaveTextAsync("✓ ส่งแล้ว (โควตา)");
        await Expect(officer.Page.Locator(".quota")).ToContainTextAsync("499/500");
        Assert.Equal([SendKind.Reply, SendKind.Push], scene.SeenBy(contact).Where(m => m.Text is "ได้รับเรื่องแล้วค่ะ" or "ขอเลขที่แปลงด้วยค่ะ").Select(m => m.Call.Kind));
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Pressed_twice_it_is_sent_once()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");

        await officer.Box.FillAsync("ข้อความเดียว");
        await officer.Page.EvaluateAsync("() => { const b = document.querySelector('desk-composer .send'); b.click(); b.click(); }");
        await Expect(officer.Box).ToHaveValueAsync("");
        await officer.Box.FillAsync("อีกข้อความ");
        await officer.Box.PressAsync("Enter");
        await officer.Box.PressAsync("Enter");
        await scene.UntilSeenAsync(contact, "อีกข้อความ");
        await scene.Desk.SettledAsync();

        Assert.Single(scene.SeenBy(contact), m => m.Text == "ข้อความเดียว");
        Assert.Single(scene.SeenBy(contact), m => m.Text == "อีกข้อความ");
        await Expect(officer.Line("ข้อความเดียว")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_same_words_sent_again_after_a_lost_answer_arrive_once()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        // The desk takes the words, and its answer is lost on the way back.
        var lost = 0;
        await officer.Page.RouteAsync("**/say", async route =>
        {
            if (Interlocked.Increment(ref lost) > 1)
            {
                await route.ContinueAsync();
                return;
            }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        officer.Visit.Expected.Add("ERR_FAILED");

        await officer.Box.FillAsync("ไม่ซ้ำแน่นอน");
        await officer.Send.ClickAsync();
        await Expect(officer.Why).ToContainTextAsync("จะไม่ซ้ำ");
        await officer.Send.ClickAsync();
        await Expect(officer.Box).ToHaveValueAsync("");
        await scene.Desk.SettledAsync();

        Assert.Single(scene.SeenBy(contact), m => m.Text == "ไม่ซ้ำแน่นอน");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task What_LINE_refuses_is_shown_on_the_bubble_with_its_reason_and_can_be_tried_again()
    {
        var faults = new FaultPlan();
        await using var scene = await DeskScene.StartAsync(chromium, faults: faults, setup: new LineChannelSetup { MonthlyQuota = 0 });
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        await officer.SayAsync("ฟรี");
        await officer.SayAsync("ไม่มีโควตาแล้ว");

        var bubble = officer.Line("ไม่มีโควตาแล้ว");
        await Expect(bubble.Locator(".delivery")).ToHaveTextAsync("✕ ส่งไม่สำเร็จ: โควตาเดือนนี้หมด");
        await officer.Visit.PictureAsync("failed-light");
        await bubble.Locator(".retry").ClickAsync();
        await Expect(bubble.Locator(".delivery")).ToContainTextAsync("ส่งไม่สำเร็จ");
        Assert.DoesNotContain(scene.SeenBy(contact), m => m.Text == "ไม่มีโควตาแล้ว");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task What_failed_at_LINE_for_a_moment_arrives_once_with_its_first_retry_key()
    {
        var faults = new FaultPlan();
        await using var scene = await DeskScene.StartAsync(chromium, faults: faults);
        var officer = await scene.OfficerAsync();
        var contact = scene.Contact("ธนกฤต");
        var silent = new WebhookEvents(scene.Desk.Channel, TimeProvider.System) { WithReplyToken = false };
        await scene.Desk.PostAsync(silent.Message.Text(contact, "คุยกับเจ้าหน้าที่"));
        await officer.ClaimAsync("ธนกฤต");
        await Expect(officer.Ring).ToContainTextAsync("โควตา");
        faults.Script(LineEndpoint.Push, FaultKind.ServerError);

        await officer.SayAsync("ลองใหม่แล้วถึง");
        await scene.UntilSeenAsync(contact, "ลองใหม่แล้วถึง");
        await Expect(officer.Line("ลองใหม่แล้วถึง").Locator(".delivery")).ToHaveTextAsync("✓ ส่งแล้ว (โควตา)");
        Assert.Single(scene.SeenBy(contact), m => m.Text == "ลองใหม่แล้วถึง");
    }
}
