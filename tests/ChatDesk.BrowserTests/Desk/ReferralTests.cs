using ChatDesk.Activities;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Delivery;
using ChatDesk.Handover;
using ChatDesk.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Two agencies on one desk: a matter comes from the other, is declined, comes again and becomes a case; and one goes there.</summary>
public sealed class ReferralTests(Chromium chromium)
{
    private static readonly Officer There = new("khet", "id-khet", "น้อย");

    [Fact]
    public async Task A_matter_of_another_agency_is_declined_or_becomes_a_case_and_ours_can_go_there()
    {
        var content = Directory.CreateTempSubdirectory("chatdesk-two-").FullName;
        DemoFolders.CopyTo(content);
        DemoFolders.CopyTo(content, "khet");
        await using var scene = await DeskScene.StartAsync(chromium, more: s => (s["ContentDirectory"], s["Agencies:khet:Web:Secret"]) = (content, "twenty-four-characters-at-least"));
        var somchai = await scene.OfficerAsync();
        var row = await HeldThereAsync(scene);

        await OfferAsync(scene, row);
        var card = somchai.Page.Locator(".referral");
        await Expect(card).ToContainTextAsync("อยู่ในเขตของท่าน");
        await somchai.Visit.PictureAsync("referral-light");
        await card.GetByText("ไม่รับ").ClickAsync();
        await somchai.Page.Locator("dialog input[data-first]").FillAsync("อยู่นอกพื้นที่");
        await somchai.Page.Locator("dialog button[type=submit]").ClickAsync();
        await Expect(card).ToHaveCountAsync(0);

        await OfferAsync(scene, row);
        await card.GetByText("รับเป็นเรื่องของเรา").ClickAsync();
        await Expect(card).ToHaveCountAsync(0);
        await scene.Desk.UntilAsync(() => Cases(scene) == 1, "the case");

        var who = await scene.WaitingAsync();
        await somchai.Rows.First.ClickAsync();
        await somchai.Act("claim").ClickAsync();
        await somchai.Act("transfer").ClickAsync();
        await somchai.Page.Locator("dialog label.choice").Filter(new() { HasText = "ไม่ส่งแชต" }).ClickAsync();
        await somchai.Page.Locator("dialog input[type=text]").FillAsync("เรื่องของเขต");
        await somchai.Visit.PictureAsync("transfer-agency-light");
        await somchai.Page.Locator("dialog button[type=submit]").ClickAsync();

        await scene.RowAsync(who, r => r.Offer?.To.Agency == "khet");
        await somchai.Visit.AssertHealthyAsync();
    }

    private static async Task<HandoverRow> HeldThereAsync(DeskScene scene)
    {
        var key = new ConversationKey("khet", "web", "w1");
        var now = TimeProvider.System.GetUtcNow();
        await scene.Desk.Get<ILedger>().AcceptAsync([new InboxEntry(new InboundActivity { Id = "e1", Conversation = key, Kind = InboundKind.Text, At = now, Text = "ท่อระบายน้ำตันหน้าร้าน" }, now, default)]);
        await scene.Queue.ArriveAsync(new OfficerCard { Officer = There, Capacity = 4 });
        return (await scene.Queue.StepInAsync(There, key, "ช่วยดู")).Row!;
    }

    private static async Task OfferAsync(DeskScene scene, HandoverRow row)
    {
        await scene.Queue.ArriveAsync(new OfficerCard { Officer = There, Capacity = 4 });
        Assert.Equal(QueueStatus.Done, (await scene.Queue.TransferAsync(There, row.Id, new TransferTarget(Agency: "demo"), "อยู่ในเขตของท่าน")).Status);
    }

    private static int Cases(DeskScene scene)
    {
        using var context = scene.Desk.Get<DeskDatabase>().Open("demo");
        return context.Set<Case>().Count();
    }
}
