using System.Text.Json.Nodes;
using ChatDesk.Activities;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Handover;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Returns;
using ChatDesk.Tests.Channels.Web;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Returns;

/// <summary>Somebody at the web page of a desk, and what officers do for them later.</summary>
internal sealed class ReturnScene(TestDesk desk, WebVisitor visitor) : IDisposable
{
    private static readonly string[] Complaint =
        ["อยากร้องเรียน", "ความล่าช้า", "ยื่นขอใบอนุญาตร้านอาหารไปสองเดือนแล้วยังไม่ได้คำตอบ", "สำนักงานเขตบางรัก", "เมื่อวาน", "ข้าม", "อยากให้ตอบเป็นหนังสือ", "ไม่เปิดเผย", "ส่ง"];

    public WebVisitor Visitor => visitor;

    public ConversationKey Key => new("demo", "web", visitor.Conversation);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ReturnScene> ArriveAsync(TestDesk desk) => new(desk, await WebVisitor.ArriveAsync(desk));

    /// <summary>Settings of a desk that waits for nobody before it carries an answer on.</summary>
    public static void Impatient(Dictionary<string, string?> settings) => settings["Returns:Patience"] = "00:00:00";

    public Task<WebAnswer> GetAsync() => visitor.SendAsync(HttpMethod.Get, $"{desk.Url}/return", null);

    public Task<WebAnswer> PostAsync(string path, object? body = null) => visitor.SendAsync(HttpMethod.Post, $"{desk.Url}/return/{path}", body ?? new { });

    /// <summary>A new code for LINE.</summary>
    public async Task<JsonObject> CodeAsync()
    {
        var answer = await PostAsync("code", new { words = "รับคำตอบจากหน้าเว็บ {code}" });
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }

    /// <summary>Waits until the page's conversation holds these words.</summary>
    public async Task<JsonObject> HearsAsync(string words)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience);
        while (true)
        {
            var heard = await visitor.SeeAsync(0);
            if (heard.LastOrDefault(a => ((string?)a["text"])?.Contains(words, StringComparison.Ordinal) == true) is { } found) return found;
            Assert.False(patience.IsCancellationRequested, $"the page did not hear '{words}' but: {string.Join(" | ", heard.Select(a => (string?)a["text"]))}");
            // A page may read ten times a second in the long run, not oftener.
            await Task.Delay(150, Stop);
        }
    }

    /// <summary>Waits until everything that was said so far is carried on, or is known not to be.</summary>
    public Task CarriedAsync() => desk.UntilAsync(() =>
    {
        using var context = desk.Get<DeskDatabase>().OpenForAll();
        var reached = context.Set<ReturnPosition>().Select(p => (long?)p.Position).FirstOrDefault() ?? 0;
        return reached == desk.Count("SELECT coalesce(max(id), 0) FROM effects");
    }, "everything carried on");

    /// <summary>Binds this conversation to a person's LINE account.</summary>
    public async Task BindAsync(ChatSource person)
    {
        await desk.PostAsync(desk.Events.Message.Text(person, (string)(await CodeAsync())["say"]!));
        await HearsAsync("LINE ให้ด้วย");
    }

    /// <summary>Files a complaint on the page; the case that comes of it.</summary>
    public async Task<Case> ComplainAsync()
    {
        foreach (var line in Complaint)
        {
            await visitor.SayAsync(line);
            await desk.SettledAsync();
        }
        await desk.UntilAsync(() => Cases().Count == 1, "the case");
        return Cases()[0];
    }

    public Task<Case> OfficerAsync(Case row, CaseDeed deed, string text) =>
        desk.Get<CaseBook>().DoAsync("demo", row.Id, new CaseOrder(deed, CaseParty.Officer) { Detail = new CaseDetail { Text = text } }, Stop);

    public List<Case> Cases()
    {
        using var context = desk.Get<DeskDatabase>().Open("demo");
        return [.. context.Set<Case>()];
    }

    /// <summary>Asks for an officer; one takes it and is ready to speak.</summary>
    public async Task<Func<string, Task>> OfficerAsync()
    {
        await visitor.SayAsync("คุยกับเจ้าหน้าที่");
        await desk.SettledAsync();
        var queue = desk.Get<IOfficerQueue>();
        var officer = new Officer("demo", "id-suda", "สุดา");
        await queue.ArriveAsync(new OfficerCard { Officer = officer, Capacity = 4, Languages = [] });
        var row = (await queue.ClaimAsync(officer, (await queue.OpenInAsync(Key))!.Id)).Row!;
        await desk.SettledAsync();
        return async text =>
        {
            var seq = (await queue.SnapshotAsync("demo")).Seq;
            Assert.Equal(QueueStatus.Done, (await queue.SayAsync(officer, new SayOrder(row.Id, Guid.NewGuid().ToString("N"), seq, text))).Status);
            await desk.SettledAsync();
        };
    }

    public void Dispose() => visitor.Dispose();
}
