using ChatDesk.Activities;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.Data;
using ChatDesk.Handover;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Tests.Cases;

/// <summary>A matter that another agency of the same desk takes over: a case there, its number and code here, and the chat nowhere else.</summary>
public sealed class ReferralTests
{
    [Fact]
    public async Task What_another_agency_takes_over_becomes_their_case_and_the_contact_gets_what_finds_it()
    {
        await using var scene = await Scene.StartAsync();
        await scene.OfferAsync();

        Assert.Equal(QueueStatus.NotYours, (await scene.Queue.AcceptAsync(new Officer("demo", "id-other", "คนอื่น"), scene.Row.Id)).Status);
        Assert.Equal(QueueStatus.Done, (await scene.Queue.AcceptAsync(scene.There, scene.Row.Id)).Status);
        await scene.Desk.UntilAsync(() => scene.CasesThere().Count == 1, "the case");
        await scene.Desk.SettledAsync();

        var row = scene.CasesThere().Single();
        Assert.Equal((CaseKind.Question, "ขอใบอนุญาตขายสุราต้องทำอย่างไร", null, null), (row.Kind, row.Summary, row.Channel, row.Address));
        Assert.Contains("เรื่องของเขต", row.Fields, StringComparison.Ordinal);
        Assert.NotNull(row.AnswerDue);
        var heard = scene.Desk.Channel.Calls.VisibleTo(scene.Somchai.ChatId)[^1].Text!;
        Assert.Contains("สำนักงานเขตตัวอย่าง", heard, StringComparison.Ordinal);
        Assert.Contains(row.Number, heard, StringComparison.Ordinal);
        Assert.Contains(row.Code, heard, StringComparison.Ordinal);
        await using var here = scene.Desk.Get<DeskDatabase>().Open("demo");
        Assert.Empty(await here.Set<Case>().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Null(await scene.Queue.OpenInAsync(scene.Key));
    }

    [Fact]
    public async Task What_the_other_agency_answers_comes_into_the_conversation_and_what_is_tapped_goes_back_to_it()
    {
        await using var scene = await Scene.StartAsync();
        await scene.OfferAsync();
        await scene.Queue.AcceptAsync(scene.There, scene.Row.Id);
        await scene.Desk.UntilAsync(() => scene.CasesThere().Count == 1, "the case");
        var row = scene.CasesThere().Single();

        await scene.DoThereAsync(row, CaseDeed.Note, "บันทึกภายในของเขต");
        await scene.DoThereAsync(row, CaseDeed.Answer, "ยื่นที่เขตได้ทุกวันทำการ");
        await scene.Desk.UntilAsync(() => scene.Heard[^1].Contains("ยื่นที่เขตได้ทุกวันทำการ", StringComparison.Ordinal), "the answer");
        await scene.Desk.SettledAsync();
        Assert.Contains(row.Number, scene.Heard[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Heard, text => text.Contains("บันทึกภายใน", StringComparison.Ordinal));

        // Somebody else who knows the number gets nowhere.
        var other = scene.Desk.Person();
        await scene.Desk.PostAsync(scene.Desk.Events.Postback(other, "case:contest:" + row.Number));
        await scene.Desk.SettledAsync();
        await scene.Desk.PostAsync(scene.Desk.Events.Postback(scene.Somchai, "case:contest:" + row.Number));
        await scene.Desk.UntilAsync(() => scene.CasesThere().Single().State == CaseState.Reopened, "reopened there");
        Assert.Equal(1, scene.CasesThere().Single().Reopened);

        // Neither agency sees what is the other's.
        var seen = (await scene.Desk.Get<CaseDesk>().ReadAsync("khet", row.Id, new CaseViewer("id-khet", "น้อย", SeesProtected: true), TestContext.Current.CancellationToken))!;
        Assert.Equal((null, null, null), (seen.Case.Address, seen.Case.ToldAddress, seen.Timeline[0].Detail.Opening!.ToldIn?.Address));
        await using var here = scene.Desk.Get<DeskDatabase>().Open("demo");
        Assert.Empty(await here.Set<Case>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refused_with_a_reason_it_stays_with_its_officer_and_the_contact_hears_nothing()
    {
        await using var scene = await Scene.StartAsync();
        await scene.OfferAsync();
        var before = scene.Desk.Channel.Calls.VisibleTo(scene.Somchai.ChatId).Count;

        Assert.Equal(QueueStatus.Invalid, (await scene.Queue.RefuseAsync(scene.There, scene.Row.Id, " ")).Status);
        Assert.Equal(QueueStatus.Done, (await scene.Queue.RefuseAsync(scene.There, scene.Row.Id, "อยู่นอกพื้นที่")).Status);
        await scene.Desk.SettledAsync();

        var row = (await scene.Queue.OpenInAsync(scene.Key))!;
        Assert.Equal((HandoverState.Accepted, scene.Suda.Id, null), (row.State, row.OfficerId, row.Offer));
        Assert.Equal(before, scene.Desk.Channel.Calls.VisibleTo(scene.Somchai.ChatId).Count);
        Assert.Empty(scene.CasesThere());
        Assert.Equal(QueueStatus.Gone, (await scene.Queue.AcceptAsync(scene.There, scene.Row.Id)).Status);
    }

    /// <summary>Two agencies on one desk; an officer of the first is talking with a contact.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private Scene(TestDesk desk) => (Desk, Somchai) = (desk, desk.Person());

        public TestDesk Desk { get; }

        public ChatSource Somchai { get; }

        public ConversationKey Key => new("demo", "line", Somchai.ChatId);

        public IOfficerQueue Queue => Desk.Get<IOfficerQueue>();

        public Officer Suda { get; } = new("demo", "id-suda", "สุดา");

        public Officer There { get; } = new("khet", "id-khet", "น้อย");

        public HandoverRow Row { get; private set; } = null!;

        public static async Task<Scene> StartAsync()
        {
            var content = Directory.CreateTempSubdirectory("chatdesk-two-").FullName;
            DemoFolders.CopyTo(content);
            DemoFolders.CopyTo(content, "khet");
            var words = Path.Combine(content, "dialogs", "khet", "_desk.yaml");
            await File.WriteAllTextAsync(words, (await File.ReadAllTextAsync(words)).Replace("โต๊ะบริการใบอนุญาต\"", "สำนักงานเขตตัวอย่าง\"", StringComparison.Ordinal));
            var scene = new Scene(await TestDesk.StartAsync(s => (s["ContentDirectory"], s["Agencies:khet:Web:Secret"]) = (content, "twenty-four-characters-at-least")));
            await scene.Queue.ArriveAsync(new OfficerCard { Officer = scene.Suda, Capacity = 4 });
            await scene.Queue.ArriveAsync(new OfficerCard { Officer = scene.There, Capacity = 4 });
            await scene.Desk.SayAsync(scene.Somchai, "ขอใบอนุญาตขายสุราต้องทำอย่างไร");
            // In the office's hours nothing is said: an officer is about to come in.
            await scene.Desk.PostAsync(scene.Desk.Events.Message.Text(scene.Somchai, "คุยกับเจ้าหน้าที่"));
            await scene.Desk.SettledAsync();
            scene.Row = (await scene.Queue.StepInAsync(scene.Suda, scene.Key, "ช่วยดู")).Row!;
            return scene;
        }

        public async Task OfferAsync() =>
            Assert.Equal(QueueStatus.Done, (await Queue.TransferAsync(Suda, Row.Id, new TransferTarget(Agency: "khet"), "เรื่องของเขต")).Status);

        /// <summary>What the contact has read, oldest first.</summary>
        public List<string> Heard => [.. Desk.Channel.Calls.VisibleTo(Somchai.ChatId).Select(m => m.Text ?? "")];

        public Task<Case> DoThereAsync(Case row, CaseDeed deed, string text) =>
            Desk.Get<CaseBook>().DoAsync("khet", row.Id, new CaseOrder(deed, CaseParty.Officer) { Detail = new CaseDetail { Text = text } }, TestContext.Current.CancellationToken);

        public List<Case> CasesThere()
        {
            using var context = Desk.Get<DeskDatabase>().Open("khet");
            return [.. context.Set<Case>()];
        }

        public ValueTask DisposeAsync() => Desk.DisposeAsync();
    }
}
