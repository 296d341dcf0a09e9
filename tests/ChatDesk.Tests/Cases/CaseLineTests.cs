using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Cases;

/// <summary>A case behind the real line: filed in the chat, answered by an officer, contested with one tap.</summary>
public sealed class CaseLineTests
{
    private static readonly string[] Complaint =
        ["อยากร้องเรียน", "ความล่าช้า", "ยื่นขอใบอนุญาตร้านอาหารไปสองเดือนแล้วยังไม่ได้คำตอบ", "สำนักงานเขตบางรัก", "เมื่อวาน", "ข้าม", "อยากให้ตอบเป็นหนังสือ", "ไม่เปิดเผย", "ส่ง"];

    [Fact]
    public async Task Filed_answered_contested_and_put_right()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        foreach (var line in Complaint) await desk.SayAsync(somchai, line);
        await desk.SettledAsync();
        var said = desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text!;
        var list = new CaseList(desk);
        await desk.UntilAsync(() => list.CountAsync().GetAwaiter().GetResult() == 1, "the case");
        var row = await list.OnlyAsync();
        Assert.Contains(row.Number, said, StringComparison.Ordinal);
        Assert.Contains(row.Code, said, StringComparison.Ordinal);
        Assert.Equal((CaseKind.Delay, true, true, "สำนักงานเขตบางรัก"), (row.Kind, row.Anonymous, row.Protected, row.Place));

        await list.OfficerAsync(row, CaseDeed.Fix, "ออกใบอนุญาตแล้ว");
        await desk.UntilAsync(() => desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text?.Contains("ออกใบอนุญาตแล้ว", StringComparison.Ordinal) == true, "the notice");
        await desk.SettledAsync();
        var notice = desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1];
        Assert.Contains("case:contest:" + row.Number, notice.Message.ToString(), StringComparison.Ordinal);

        await desk.PostAsync(desk.Events.Postback(somchai, "case:contest:" + row.Number));
        await desk.UntilAsync(() => list.OnlyAsync().GetAwaiter().GetResult().State == CaseState.Reopened, "reopened");
        await desk.SettledAsync();
        Assert.Contains("เปิดเรื่อง " + row.Number, desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text, StringComparison.Ordinal);

        await desk.SayAsync(somchai, "ยังไม่ได้รับเล่มใบอนุญาต โทร 0812345678");
        await desk.UntilAsync(() => list.OnlyAsync().GetAwaiter().GetResult().Events == 4, "the words of the contact");
        await list.OfficerAsync(row, CaseDeed.Ask, "ขอเลขคำขอ");
        await desk.UntilAsync(() => desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text?.Contains("ขอเลขคำขอ", StringComparison.Ordinal) == true, "the question");
        await desk.PostAsync(desk.Events.Postback(somchai, "case:reply:" + row.Number));
        await desk.UntilAsync(() => desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text?.Contains("พิมพ์คำตอบ", StringComparison.Ordinal) == true, "asked to type");
        await desk.SayAsync(somchai, "A-123");
        await desk.UntilAsync(() => list.OnlyAsync().GetAwaiter().GetResult().State == CaseState.Reopened, "back where it was asked");
        Assert.DoesNotContain("0812345678", string.Concat((await list.EventsAsync(row.Id)).Select(e => e.Detail)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_case_closed_by_itself_is_said_in_the_contacts_language()
    {
        await using var desk = await TestDesk.StartAsync();
        var (somchai, jane) = (desk.Person(), desk.Person());
        var list = new CaseList(desk);
        foreach (var (who, language) in ((ChatSource, string)[])[(somchai, "th"), (jane, "en")])
        {
            var opening = new CaseOpening
            {
                Number = CaseNumber.Of(who.ChatId),
                Code = CaseNumber.CodeOf(who.ChatId),
                Kind = CaseKind.Complaint,
                Summary = "ร้องเรียน",
                Channel = "line",
                Address = who.ChatId,
                Language = language,
            };
            var row = await desk.Get<CaseBook>().OpenAsync("demo", who.ChatId, opening, TestContext.Current.CancellationToken);
            await list.OfficerAsync(row, CaseDeed.Answer, "เสร็จแล้ว / done");
            await desk.Get<CaseBook>().DoAsync("demo", row.Id, new CaseOrder(CaseDeed.Close, CaseParty.Desk), TestContext.Current.CancellationToken);
        }

        await desk.UntilAsync(() => desk.Channel.Calls.VisibleTo(somchai.ChatId).Count == 2 && desk.Channel.Calls.VisibleTo(jane.ChatId).Count == 2, "both notices for both");
        Assert.Contains("จึงปิดเรื่อง", desk.Channel.Calls.VisibleTo(somchai.ChatId)[^1].Text, StringComparison.Ordinal);
        var closed = desk.Channel.Calls.VisibleTo(jane.ChatId)[^1];
        Assert.Contains($"Case {CaseNumber.Of(jane.ChatId)} is closed", closed.Text, StringComparison.Ordinal);
        // It is over: nothing is there to be tapped.
        Assert.DoesNotContain("case:contest", closed.Message.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The cases of a running desk.</summary>
    private sealed class CaseList(TestDesk desk)
    {
        public async Task<Case> OnlyAsync()
        {
            await using var context = desk.Get<ChatDesk.Data.DeskDatabase>().Open("demo");
            return Assert.Single(context.Set<Case>().ToList());
        }

        public async Task<int> CountAsync()
        {
            await using var context = desk.Get<ChatDesk.Data.DeskDatabase>().Open("demo");
            return context.Set<Case>().Count();
        }

        public async Task<List<CaseEvent>> EventsAsync(long id)
        {
            await using var context = desk.Get<ChatDesk.Data.DeskDatabase>().Open("demo");
            return [.. context.Set<CaseEvent>().Where(e => e.CaseId == id)];
        }

        public Task<Case> OfficerAsync(Case row, CaseDeed deed, string text) =>
            desk.Get<CaseBook>().DoAsync("demo", row.Id, new CaseOrder(deed, CaseParty.Officer) { Detail = new CaseDetail { Text = text } }, TestContext.Current.CancellationToken);
    }
}
