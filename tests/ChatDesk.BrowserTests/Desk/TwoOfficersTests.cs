using ChatDesk.BrowserTests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Two officers at one desk: one winner, no second answer, nothing lost on the way from one to the other.</summary>
public sealed class TwoOfficersTests(Chromium chromium)
{
    [Fact]
    public async Task When_two_take_one_conversation_one_gets_it_and_the_other_sees_who()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var contact = await scene.WaitingAsync("ธนกฤต");
        var (somchai, suda) = (await scene.OfficerAsync("somchai"), await scene.OfficerAsync("suda"));
        await somchai.OpenAsync("ธนกฤต");
        await suda.OpenAsync("ธนกฤต");
        await Expect(somchai.Head).ToContainTextAsync("สุดา");

        await Task.WhenAll(somchai.Act("claim").ClickAsync(), suda.Act("claim").ClickAsync());
        var row = await scene.RowAsync(contact, r => r.FloorSince is not null);
        var (winner, loser) = row.OfficerName == "สมชาย ใจดี" ? (somchai, suda) : (suda, somchai);
        await Expect(winner.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await Expect(loser.Head).ToContainTextAsync(row.OfficerName!);
        await Expect(loser.Page.Locator("desk-composer [data-kind=reply]")).ToBeHiddenAsync();
        await Expect(loser.Page.Locator("desk-composer[reply=on]")).ToHaveCountAsync(0);

        // Who only looks on can write notes; the winner sees them, the contact does not.
        await loser.Box.FillAsync("ลูกค้าเคยติดต่อเมื่อวาน");
        await Expect(winner.Head).ToContainTextAsync("กำลังพิมพ์บันทึก");
        await loser.Send.ClickAsync();
        await Expect(winner.Page.Locator(".memo")).ToContainTextAsync("ลูกค้าเคยติดต่อเมื่อวาน");
        await winner.Visit.PictureAsync("note-light");
        Assert.DoesNotContain(scene.SeenBy(contact), m => m.Text?.Contains("เมื่อวาน", StringComparison.Ordinal) == true);
        await loser.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_transfer_with_its_reason_leaves_one_officer_and_reaches_the_other()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var (somchai, suda) = (await scene.OfficerAsync("somchai"), await scene.OfficerAsync("suda"));
        await scene.WaitingAsync("ธนกฤต");
        await somchai.ClaimAsync("ธนกฤต");

        await somchai.Act("transfer").ClickAsync();
        await somchai.Dialog.GetByLabel("สุดา").CheckAsync();
        await somchai.Dialog.Locator("input[type=text]").FillAsync("เรื่องร้องเรียน");
        await somchai.Visit.PictureAsync("transfer-light");
        await somchai.Visit.AssertAccessibleAsync();
        await somchai.Dialog.Locator("[type=submit]").ClickAsync();
        await Expect(somchai.Page.Locator(".offer")).ToContainTextAsync("สุดา");

        await Expect(suda.Page).ToHaveTitleAsync("(1) ChatDesk");
        await suda.Act("tab-2").ClickAsync();
        await Expect(suda.Row("ธนกฤต")).ToContainTextAsync("เรื่องร้องเรียน");
        Assert.NotNull(await suda.Page.Locator("desk-alerts").GetAttributeAsync("data-played"));
        await suda.Row("ธนกฤต").ClickAsync();
        await suda.Act("claim").ClickAsync();
        await Expect(suda.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await Expect(suda.Page.Locator(".thread")).ToContainTextAsync("ส่งต่อให้");
        await Expect(somchai.Rows).ToHaveCountAsync(0);
        await Expect(somchai.Page.Locator("desk-composer[reply=on]")).ToHaveCountAsync(0);

        // Whoever is away is not offered.
        await somchai.Page.Locator(".presence summary").ClickAsync();
        await somchai.Page.GetByRole(AriaRole.Button, new() { Name = "ไม่อยู่…" }).ClickAsync();
        await somchai.Dialog.Locator("input").FillAsync("พักกลางวัน");
        await somchai.Dialog.Locator("[type=submit]").ClickAsync();
        await Expect(somchai.Page.Locator(".presence[data-state=Away]")).ToBeVisibleAsync();
        await suda.Act("transfer").ClickAsync();
        await Expect(suda.Dialog.GetByLabel("สมชาย")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task What_a_colleague_answered_while_the_line_was_cut_is_there_before_anything_can_be_sent()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var (somchai, suda) = (await scene.OfficerAsync("somchai"), await scene.OfficerAsync("suda"));
        var contact = await scene.WaitingAsync("ธนกฤต");
        await somchai.ClaimAsync("ธนกฤต");
        await somchai.Box.FillAsync("ตอบช้าไปหน่อย");

        await somchai.Visit.Context.SetOfflineAsync(true);
        somchai.Visit.Expected.AddRange(["ERR_INTERNET_DISCONNECTED", "WebSocket", "Error"]);
        await Expect(somchai.Send).ToBeDisabledAsync();
        await suda.Act("tab-3").ClickAsync();
        await suda.OpenAsync("ธนกฤต");
        await suda.Head.GetByText("รับช่วง").ClickAsync();
        await suda.Dialog.Locator("input").FillAsync("เจ้าของเรื่องไม่อยู่");
        await suda.Dialog.Locator("[type=submit]").ClickAsync();
        await Expect(suda.Page.Locator("desk-composer[reply=on]")).ToBeVisibleAsync();
        await suda.SayAsync("ตอบแทนแล้วค่ะ");
        await Expect(somchai.Page.Locator("#desk-line")).ToBeVisibleAsync();
        await somchai.Visit.PictureAsync("line-lost-light");

        await somchai.Visit.Context.SetOfflineAsync(false);
        await somchai.LiveAsync();
        await Expect(somchai.Line("ตอบแทนแล้วค่ะ")).ToBeVisibleAsync();
        await Expect(somchai.Page.Locator("desk-composer[reply=on]")).ToHaveCountAsync(0);
        Assert.Equal("สุดา แก้วใส", (await scene.RowAsync(contact, _ => true)).OfficerName);
        Assert.DoesNotContain(scene.SeenBy(contact), m => m.Text == "ตอบช้าไปหน่อย");
    }
}
