using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>The judge must be able to say no: the same small load against desks with one vice each.</summary>
public class LedgerCheckTests
{
    private const int Events = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_desk_is_clean(bool pushes) => AssertOnly(await RunAsync(Vice.None, pushes), "");

    [Fact]
    public async Task A_desk_that_refuses_at_first_is_asked_again_and_clean() => AssertOnly(await RunAsync(Vice.RefusesAtFirst), "");

    [Fact]
    public async Task Loss_is_seen() => AssertOnly(await RunAsync(Vice.AcknowledgesWithoutStoring), "lost=1 unanswered=1");

    [Fact]
    public async Task A_double_row_is_seen() => AssertOnly(await RunAsync(Vice.StoresTwice), "dup_stored=1");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_double_answer_is_seen(bool pushes) => AssertOnly(await RunAsync(Vice.SaysItTwice, pushes), "dup_visible=1");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_is_seen(bool pushes) => AssertOnly(await RunAsync(Vice.StaysSilent, pushes), "unanswered=1");

    [Fact]
    public async Task A_claim_to_have_sent_is_not_believed() => AssertOnly(await RunAsync(Vice.SaysSentWithoutSending, pushes: true), "unanswered=1");

    [Fact]
    public async Task A_claim_to_have_replied_is_not_believed() => AssertOnly(await RunAsync(Vice.SaysSentWithoutSending), "unanswered=1");

    [Fact]
    public async Task An_answer_that_never_left_is_seen() => AssertOnly(await RunAsync(Vice.HidesAPendingAnswer), "unanswered=1");

    [Fact]
    public async Task Answers_out_of_order_are_seen() => AssertOnly(await RunAsync(Vice.AnswersLaterFirst), "reordered=1");

    [Fact]
    public async Task A_transcript_out_of_order_is_seen() => Assert.NotEqual(0, (await RunAsync(Vice.TranscriptOutOfOrder)).Reordered);

    [Fact]
    public async Task A_gap_in_the_transcript_is_seen() => AssertOnly(await RunAsync(Vice.TranscriptForgets), "lost=1");

    [Fact]
    public void The_line_has_every_word_the_acceptance_reads()
    {
        var acks = new Latencies();
        foreach (var n in Enumerable.Range(1, 100)) acks.Add(TimeSpan.FromMilliseconds(n));

        Assert.Equal(
            "acked=0 stored=0 lost=0 dup_stored=0 dup_visible=0 reordered=0 unanswered=0 p50=50.0 p99=99.0 max=100.0 blocked=0 unknown=0",
            new LedgerVerdict().Line(acks));
    }

    [Theory]
    [InlineData("blocked", 1, 0)]
    [InlineData("unknown", 0, 1)]
    public void An_answer_that_can_never_come_is_counted_apart(string state, int blocked, int unknown)
    {
        var sent = new SentEvent("E1", "U1", DateTimeOffset.UnixEpoch, "r1", Answerable: true) { AckedAt = DateTimeOffset.UnixEpoch };
        var verdict = LedgerCheck.Run([sent], LedgerDump.Read(
        [
            """{"t":"inbox","agency":"demo","channel":"line","address":"U1","eventId":"E1","eventTime":0,"arrival":1,"state":"done","turn":1,"outcome":"fallback"}""",
            $$"""{"t":"outbox","id":"E1:0","agency":"demo","channel":"line","address":"U1","turn":1,"state":"{{state}}","reason":"quota"}""",
            """{"t":"transcript","agency":"demo","channel":"line","address":"U1","at":0,"n":1,"direction":"in","activityId":"E1"}""",
        ]), []);

        Assert.True(verdict.IsClean);
        Assert.Equal((blocked, unknown), (verdict.Blocked, verdict.Unknown));
    }

    private static async Task<LedgerVerdict> RunAsync(Vice vice, bool pushes = false)
    {
        var cancel = TestContext.Current.CancellationToken;
        var plan = new LoadPlan { Rate = 2000, Users = 6, Duplicates = 0.2, LatestDuplicate = TimeSpan.FromMilliseconds(50), Shuffle = TimeSpan.FromMilliseconds(20), WithoutReplyToken = pushes ? 1 : 0 };
        await using var line = await LineHost.StartAsync(new(), new FaultPlan(), new LineApiOptions(), TimeProvider.System);
        await using var desk = await StubDesk.StartAsync(line, vice);
        using var http = new HttpClient();
        var folder = Directory.CreateTempSubdirectory("journal");
        using var journal = new AckJournal(Path.Combine(folder.FullName, "journal.txt"), TimeProvider.System);
        var board = new AnswerBoard(line.Channel, journal);
        var sender = new WebhookSender(http, desk.Webhook, line.Channel, TimeProvider.System);
        var load = new LoadRun(plan, line.Channel, sender, journal, new(), TimeProvider.System);
        load.AddUsers();

        await load.RunCountAsync(Events, cancel);
        await desk.FinishAsync();
        Assert.Equal(Events, journal.AckedCount);
        Assert.InRange(board.Answers, Events - 1, Events + 1);
        folder.Delete(recursive: true);
        return LedgerCheck.Run([.. journal.Events], LedgerDump.Read(desk.Dump()), line.Channel.Calls.All());
    }

    private static void AssertOnly(LedgerVerdict verdict, string expected)
    {
        (string Name, long Count)[] counts =
        [
            ("lost", verdict.Lost), ("dup_stored", verdict.DupStored), ("dup_visible", verdict.DupVisible), ("reordered", verdict.Reordered), ("unanswered", verdict.Unanswered),
        ];
        Assert.Equal(expected, string.Join(' ', counts.Where(c => c.Count > 0).Select(c => $"{c.Name}={c.Count}")));
        Assert.Equal(expected.Length == 0, verdict.IsClean);
    }
}
