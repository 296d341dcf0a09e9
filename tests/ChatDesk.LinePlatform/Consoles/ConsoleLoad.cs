using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Consoles;

/// <summary>How many consoles look on, and how fast people write.</summary>
/// <param name="Circuits">Open consoles, spread over the conversations.</param>
/// <param name="Conversations">People who wait for an officer and go on writing.</param>
/// <param name="Stalled">Consoles more that stop reading.</param>
/// <param name="Rate">Messages a second, over all of them.</param>
/// <param name="Seconds">How long.</param>
internal sealed record ConsolePlan(int Circuits, int Conversations, int Stalled, double Rate, double Seconds);

/// <summary>How it went.</summary>
/// <param name="Clean">Every message was drawn on every console where it was to be seen, and no page complained.</param>
/// <param name="Grown">
/// By how much the desk's working set in MB had grown while people wrote, since before the first console: the median of samples twice a second. Two desks
/// differ by a hundred MB before anybody looks at them, by what the collector has left of their first learning.
/// </param>
internal sealed record ConsoleResult(bool Clean, double Grown);

/// <summary>Many consoles at one desk: how long it takes from a contact's webhook to the batch that draws the message on every console where it is open.</summary>
internal sealed class ConsoleLoad(DeskProcess desk, LineHost line, ConsolePlan plan, TimeProvider time) : IAsyncDisposable
{
    private const string Mark = "msg-";

    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(500);

    /// <summary>What is done with a drawn batch of a console; of one that stalls nobody counts what it drew before.</summary>
    private delegate void Looking(ReadOnlySpan<byte> batch, int conversation, HashSet<int> seen);

    private readonly HttpClient http = new();
    private readonly DeskVisitor visitor = new(desk.Settings.Url);
    private readonly List<ConsoleCircuit> circuits = [];
    private readonly ConcurrentDictionary<int, (long At, int Seen)> sent = new();
    private readonly Latencies drawn = new();
    private readonly int perConversation = plan.Circuits / plan.Conversations;

    public async Task<ConsoleResult> RunAsync(CancellationToken cancel)
    {
        var sender = new WebhookSender(http, desk.Settings.Webhook, line.Channel, time);
        var events = new WebhookEvents(line.Channel, time);
        var people = Enumerable.Range(1, plan.Conversations).Select(n => LoadRun.UserId(0, n)).ToList();
        foreach (var person in people)
        {
            line.Channel.People.Add(new LinePerson(person, "สมชาย ใจดี"));
            await sender.PostAsync([events.Message.Text(ChatSource.User(person), "คุยกับเจ้าหน้าที่")], isRedelivery: false, cancel);
            // One after another: handovers are numbered as they come, and the consoles open them by number.
            await UntilWaitingAsync(person, cancel);
        }
        await visitor.SignInAsync("somchai", "somchai-at-the-desk");
        var (idle, _) = Cost();
        for (var n = 0; n < plan.Circuits; n++) await OpenAsync(n % plan.Conversations, Look, cancel);
        var (full, before) = Cost();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Circuits} consoles open; desk {idle:0} MB before, {full:0} MB after"));
        for (var n = 0; n < plan.Stalled; n++) await (await OpenAsync(n % plan.Conversations, (_, _, _) => { }, cancel)).StallAsync();

        var clock = Stopwatch.StartNew();
        var count = (int)(plan.Rate * plan.Seconds);
        var (memory, sampled) = (new List<double>(), TimeSpan.Zero);
        for (var n = 0; n < count; n++)
        {
            var due = TimeSpan.FromSeconds(n / plan.Rate);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed, time, cancel);
            if (clock.Elapsed >= sampled)
            {
                memory.Add(Cost().Memory);
                sampled = clock.Elapsed + SamplePause;
            }
            sent[n] = (Stopwatch.GetTimestamp(), 0);
            await sender.PostAsync([events.Message.Text(ChatSource.User(people[n % people.Count]), $"{Mark}{n:D6}. ขอสอบถามเพิ่มเติมค่ะ")], isRedelivery: false, cancel);
        }
        var took = clock.Elapsed;
        for (var waits = 0; waits < 100 && sent.Values.Any(s => s.Seen < perConversation); waits++) await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
        var (_, spent) = Cost();
        memory.Sort();
        var median = memory[memory.Count / 2];
        var missing = sent.Values.Sum(s => perConversation - s.Seen);
        var troubles = circuits.Select(c => c.Trouble).OfType<string>().Distinct().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"circuits={plan.Circuits} stalled={plan.Stalled} messages={count} drawn={drawn.Count} missing={missing} p50={drawn.Percentile(50):0} ms p95={drawn.Percentile(95):0} ms p99={drawn.Percentile(99):0} ms max={drawn.Max:0} ms memory={median:0.0} MB ({memory[0]:0.0} to {memory[^1]:0.0}) cpu={100 * (spent - before) / took:0} % of one core troubles={string.Join(" | ", troubles)}"));
        return new(missing == 0 && troubles.Count == 0, median - idle);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var circuit in circuits) await circuit.DisposeAsync();
        visitor.Dispose();
        http.Dispose();
    }

    private async Task<ConsoleCircuit> OpenAsync(int conversation, Looking look, CancellationToken cancel)
    {
        var seen = new HashSet<int>();
        var circuit = new ConsoleCircuit(visitor, batch => look(batch.Span, conversation, seen));
        circuits.Add(circuit);
        await circuit.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/desk/{conversation + 1}"), cancel);
        return circuit;
    }

    /// <summary>Finds messages of this console's own conversation in what it draws; the same words stand in the list's row too, later.</summary>
    private void Look(ReadOnlySpan<byte> batch, int conversation, HashSet<int> seen)
    {
        var mark = Encoding.UTF8.GetBytes(Mark);
        for (var at = batch.IndexOf(mark); at >= 0; at = batch.IndexOf(mark))
        {
            batch = batch[(at + mark.Length)..];
            if (batch.Length < 6 || !int.TryParse(batch[..6], NumberStyles.None, CultureInfo.InvariantCulture, out var n)) continue;
            if (n % plan.Conversations != conversation || !seen.Add(n) || !sent.TryGetValue(n, out var message)) continue;
            drawn.Add(Stopwatch.GetElapsedTime(message.At));
            sent.AddOrUpdate(n, message, (_, known) => (known.At, known.Seen + 1));
        }
    }

    private async Task UntilWaitingAsync(string person, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (line.Channel.Calls.VisibleTo(person).Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(5), time, patience.Token);
    }

    /// <summary>The desk's memory in MB and the processor time it has used.</summary>
    private (double Memory, TimeSpan Cpu) Cost()
    {
        using var process = Process.GetProcessById(desk.Id);
        return (process.WorkingSet64 / 1e6, process.TotalProcessorTime);
    }
}
