using System.Text.RegularExpressions;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>
/// A crowd files a complaint, question by question, and while they answer each question the desk is killed with -9: some
/// answers have not reached it, some are stored, some are worked out but not sent, some are read already. Whoever is then
/// asked anything else than an undisturbed person was asked, or twice, has lost his place.
/// </summary>
internal sealed partial class InterruptedComplaint(Scene scene, int people, TimeSpan spread, int seed)
{
    /// <summary>How many questions one kill interrupts, each for another part of the crowd.</summary>
    private const int Groups = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Through every step of file_complaint that leads to a case.</summary>
    private static readonly string[] Lines =
        ["อยากร้องเรียน", "ถนน ทางเท้า ไฟทาง", "ไฟทางหน้าร้านดับมาสองสัปดาห์แล้ว", "ถนนสีลม เขตบางรัก", "เมื่อวาน", "ข้าม", "อยากให้ซ่อมก่อนสิ้นเดือน", "เปิดเผยได้", "0812345678", "ส่ง"];

    private readonly Random random = new(seed);
    private readonly List<string> findings = [];
    private readonly List<string> asked = [];
    private readonly List<string> users = [];

    public IReadOnlyList<string> Findings => findings;

    public IReadOnlyList<string> Users => users;

    /// <summary>The desk was killed this often.</summary>
    public int Kills { get; private set; }

    /// <summary>How many answers the kills met at which point.</summary>
    public (int Unsent, int Stored, int Read) Met { get; private set; }

    /// <summary>Whose effects everybody else's must equal.</summary>
    public string Undisturbed { get; private set; } = "";

    /// <summary>One person goes through it without trouble; what he is asked is right.</summary>
    public async Task LearnAsync(CancellationToken cancel)
    {
        Undisturbed = AddPerson();
        foreach (var line in Lines)
        {
            await SayAsync(Undisturbed, line, _ => { }, cancel);
            asked.Add(Plain(scene.Line.Channel.Calls.VisibleTo(Undisturbed).Skip(asked.Sum(a => a.Count(c => c == '\u001e')))));
        }
    }

    /// <summary>
    /// A new crowd, in three groups one question apart, goes through the complaint; every question of each group's third is
    /// interrupted, so that together all are. Each time the desk is killed twice: while it answers, and while it comes back.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var crowd = Enumerable.Range(0, people).Select(_ => AddPerson()).ToList();
        for (var first = 0; first < Lines.Length; first += Groups)
        {
            var standing = crowd.Select((user, n) => (User: user, Step: Math.Min(first + (n % Groups), Lines.Length - 1))).ToList();
            await Task.WhenAll(standing.Select(p => SayAsync(p.User, first, p.Step, cancel)));
            await InterruptAsync(standing, cancel);
            await Task.WhenAll(standing.Select(p => SayAsync(p.User, p.Step + 1, Math.Min(first + Groups, Lines.Length), cancel)));
        }
    }

    private async Task InterruptAsync(List<(string User, int Step)> standing, CancellationToken cancel)
    {
        var acked = new HashSet<string>();
        var answering = standing.Select(p => AnswerAsync(p.User, p.Step, acked, cancel)).ToList();
        await Task.Delay(spread * (0.3 + (0.4 * Chance())), scene.Time, cancel);
        await KillAsync(standing, acked, cancel);
        // LINE has repeated what was not taken, and the desk still reads its articles: nothing of it is answered yet.
        await Task.Delay(spread * (1 + (4 * Chance())), scene.Time, cancel);
        await KillAsync(standing, acked, cancel);
        await Task.WhenAll(answering);
        foreach (var (user, step) in standing) Compare(user, step);
    }

    private async Task KillAsync(List<(string User, int Step)> standing, HashSet<string> acked, CancellationToken cancel)
    {
        await scene.Desk.KillAsync();
        Kills++;
        lock (acked)
        {
            var read = standing.Count(p => Calls(p.User) > p.Step);
            Met = (Met.Unsent + standing.Count - acked.Count, Met.Stored + Math.Max(0, acked.Count - read), Met.Read + read);
        }
        await scene.Desk.StartAsync(cancel);
    }

    /// <summary>Nobody read anything once more after all that, and each case was opened once.</summary>
    public void Judge(LedgerDump ledger)
    {
        var effects = ledger.Effects.ToLookup(e => e.Address, e => e.Effect);
        var right = string.Join(',', effects[Undisturbed]);
        if (right.Length == 0) findings.Add("the undisturbed complaint left no effect");
        foreach (var user in users)
        {
            if (string.Join(',', effects[user]) is var got && got != right) findings.Add($"{user}: effects [{got}] instead of [{right}]");
            for (var step = 0; step < Lines.Length; step++) Compare(user, step);
            if (Calls(user) > Lines.Length) findings.Add($"{user}: {Calls(user)} answers to {Lines.Length} messages");
        }
    }

    private async Task AnswerAsync(string user, int step, HashSet<string> acked, CancellationToken cancel)
    {
        await Task.Delay(spread * Chance(), scene.Time, cancel);
        await SayAsync(user, Lines[step], _ => { lock (acked) acked.Add(user); }, cancel);
    }

    /// <summary>The questions from one to before another, undisturbed.</summary>
    private async Task SayAsync(string user, int from, int to, CancellationToken cancel)
    {
        for (var step = from; step < to; step++) await SayAsync(user, Lines[step], _ => { }, cancel);
    }

    private async Task SayAsync(string user, string line, Action<WebhookAck> acked, CancellationToken cancel)
    {
        var goal = Calls(user) + 1;
        var webhook = new WebhookEvents(scene.Line.Channel, scene.Time).Message.Text(ChatSource.User(user), line);
        scene.Journal.Sent(webhook, user, answerable: true);
        var ack = await scene.Sender.DeliverAsync([webhook], RedeliveryPlan.Patient, tried => { if (tried.IsOk) acked(tried); }, cancel);
        if (ack.IsOk) scene.Journal.Acked([webhook]);
        var begun = scene.Time.GetTimestamp();
        while (Calls(user) < goal && scene.Time.GetElapsedTime(begun) < Patience) await Task.Delay(TimeSpan.FromMilliseconds(20), scene.Time, cancel);
    }

    private void Compare(string user, int step)
    {
        var calls = scene.Line.Channel.Calls.VisibleTo(user).GroupBy(m => m.Call.Sequence).ToList();
        var got = calls.Count > step ? Plain(calls[step]) : "nothing";
        if (got == asked[step] || findings.Count > 20) return;
        findings.Add($"{user}: after '{Lines[step]}' read: {got.Replace('\u001e', '|')} -- instead of: {asked[step].Replace('\u001e', '|')}");
    }

    private string AddPerson()
    {
        var user = LoadRun.UserId(int.MaxValue - 1, users.Count);
        scene.Line.Channel.People.Add(new LinePerson(user, "ผู้ร้องเรียน"));
        users.Add(user);
        return user;
    }

    private int Calls(string user) => scene.Line.Channel.Calls.VisibleTo(user).Select(m => m.Call.Sequence).Distinct().Count();

    private double Chance()
    {
        lock (random) return random.NextDouble();
    }

    /// <summary>What was read, each message ended by a separator; numbers and codes of cases differ from case to case.</summary>
    private static string Plain(IEnumerable<VisibleMessage> messages) =>
        string.Concat(messages.Select(m => CaseNumbers.Replace(MiddleOfSomething.TextOf(m.Message), "#") + '\u001e'));

    [GeneratedRegex("[0-9A-Z]{4,}(-[0-9A-Z]{4,})?", RegexOptions.CultureInvariant)]
    private static partial Regex CaseNumbers { get; }
}
