using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>What comes in: at once, in order, never under the pointer, and never blank.</summary>
public sealed class ArrivalTests(Chromium chromium)
{
    [Fact]
    public async Task A_message_appears_in_the_open_conversation_its_row_and_the_title_while_others_wait_in_order()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var first = await scene.WaitingAsync("ธนกฤต");
        await Expect(officer.Page).ToHaveTitleAsync("(1) ChatDesk");
        await officer.ClaimAsync("ธนกฤต");

        await scene.SaysAsync(first, "เลขที่แปลง 1042 ค่ะ");
        await Expect(officer.Line("เลขที่แปลง 1042 ค่ะ")).ToBeVisibleAsync();
        await Expect(officer.Row("ธนกฤต")).ToContainTextAsync("เลขที่แปลง 1042 ค่ะ");

        await scene.WaitingAsync("วิภา");
        await scene.WaitingAsync("มานะ");
        await Expect(officer.Page).ToHaveTitleAsync("(2) ChatDesk");
        await officer.Act("tab-1").ClickAsync();
        await Expect(officer.Rows).ToHaveCountAsync(2);
        await Expect(officer.Rows.Nth(0)).ToContainTextAsync("วิภา");

        // While the pointer rests on the list, a new one is counted, and nothing moves.
        await officer.Rows.Nth(1).HoverAsync();
        var before = await officer.Rows.Nth(1).BoundingBoxAsync();
        await scene.WaitingAsync("ปิติ");
        await Expect(officer.Page.Locator(".rows-fresh")).ToContainTextAsync("1");
        Assert.Equal(before!.Y, (await officer.Rows.Nth(1).BoundingBoxAsync())!.Y);
        await officer.Visit.PictureAsync("lists-light");
        await officer.Page.Locator(".rows-fresh").ClickAsync();
        await Expect(officer.Rows.Nth(2)).ToContainTextAsync("ปิติ");
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task Every_kind_of_message_has_something_to_show_in_list_and_thread()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        var message = scene.Desk.Events.Message;
        var row = officer.Row("ธนกฤต");

        var album = ("album-1", 1, 2);
        (string InList, string InThread, ChatDesk.LineSimulator.Webhooks.WebhookEvent Event)[] kinds =
        [
            ("สติกเกอร์", "สติกเกอร์", message.Sticker(contact)), ("วิดีโอ", "", message.Video(contact)), ("เสียง", "", message.Audio(contact)),
            ("ไฟล์", "สัญญาเช่า.pdf", message.Document(contact, "สัญญาเช่า.pdf")), ("ตำแหน่ง", "ตลาดสดเทศบาล", message.Location(contact, 13.75, 100.5, "ตลาดสดเทศบาล", "ถนนเจริญกรุง")),
            ("ยังไม่รองรับ", "ยังไม่รองรับ", message.Unheard(contact)), ("รูปภาพ", "", message.Image(contact, album: album)),
        ];
        foreach (var (inList, inThread, arriving) in kinds)
        {
            await scene.Desk.PostAsync(arriving);
            await Expect(row).ToContainTextAsync(inList);
            await Expect(officer.Lines.Last).ToContainTextAsync(inThread);
        }
        await scene.Desk.PostAsync(message.Image(contact, album: ("album-1", 2, 2)));
        await Expect(officer.Page.Locator(".album img")).ToHaveCountAsync(2);
        // A picture is fetched from LINE into the desk, and shown from there.
        await Expect(officer.Page.Locator(".picture img").First).ToBeVisibleAsync();
        foreach (var line in await officer.Page.Locator(".thread article .bubble").AllAsync())
            Assert.True((await line.InnerTextAsync()).Trim().Length > 0 || await line.Locator("img, audio, video").CountAsync() > 0, await line.InnerHTMLAsync());
        await officer.Visit.PictureAsync("kinds-light");
        officer.Visit.Expected.Add("Failed to load resource"); // The simulator's pictures are bytes of no picture.
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_message_taken_back_is_gone_from_thread_list_and_search()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        var secret = scene.Desk.Events.Message.Text(contact, "ความลับของฉัน");
        await scene.Desk.PostAsync(secret);
        await Expect(officer.Line("ความลับของฉัน")).ToBeVisibleAsync();

        await scene.Desk.PostAsync(scene.Desk.Events.Unsend(contact, secret.MessageId!));
        await Expect(officer.Page.Locator(".thread .gone")).ToHaveTextAsync("ผู้ติดต่อยกเลิกข้อความ");
        await Expect(officer.Page.Locator("body")).Not.ToContainTextAsync("ความลับของฉัน");
        Assert.Empty(await scene.Queue.SearchAsync("demo", "ความลับของฉัน"));
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_contact_who_blocks_the_account_cannot_be_written_to_until_they_come_back()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");

        await scene.Desk.PostAsync(scene.Desk.Events.Unfollow(contact));
        await Expect(officer.Page.Locator(".banner.bad")).ToContainTextAsync("บล็อก");
        await Expect(officer.Box).ToHaveJSPropertyAsync("readOnly", true);
        await officer.Visit.PictureAsync("blocked-light");
        await officer.Visit.AssertHealthyAsync();

        await scene.Desk.PostAsync(scene.Desk.Events.Follow(contact, isUnblocked: true));
        await Expect(officer.Page.Locator(".banner.bad")).ToHaveCountAsync(0);
        await Expect(officer.Box).ToHaveJSPropertyAsync("readOnly", false);
    }
}
