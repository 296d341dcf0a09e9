using System.Diagnostics;
using System.Globalization;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.WebChats;

/// <summary>How many people are on the agency's page at once, and how they write.</summary>
/// <param name="Conversations">Open at the same time, each with its stream.</param>
/// <param name="Rate">Messages a second over all of them.</param>
/// <param name="Seconds">How long.</param>
internal sealed record WebChatPlan(int Conversations, double Rate, double Seconds);

/// <summary>Many web conversations at one desk: how long an answer takes to the page, and what a conversation costs in memory.</summary>
internal sealed class WebChatLoad(DeskProcess desk, WebChatPlan plan, TimeProvider time) : IAsyncDisposable
{
    private readonly List<WebChatter> chatters = [];
    private readonly Latencies echoed = new();
    private readonly Latencies answered = new();

    /// <returns>True when every message came back once and was answered at least once.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        // Without cookies: each of them is a visitor of their own.
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = desk.Settings.Url };
        var (idle, _) = Cost();
        for (var n = 0; n < plan.Conversations; n++)
        {
            var chatter = new WebChatter(http, echoed, answered);
            chatters.Add(chatter);
            await chatter.OpenAsync(cancel);
        }
        // Everybody is greeted before anything is measured.
        await Patiently(() => chatters.All(c => c.Heard > 0), cancel);
        var (open, before) = Cost();
        var clock = Stopwatch.StartNew();
        var count = (int)(plan.Rate * plan.Seconds);
        var posts = new List<Task>();
        var words = new Random(1);
        for (var n = 0; n < count; n++)
        {
            var due = TimeSpan.FromSeconds(n / plan.Rate);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed, time, cancel);
            posts.Add(chatters[n % chatters.Count].SayAsync(Utterances.Pick(words), cancel));
        }
        await Task.WhenAll(posts);
        var took = clock.Elapsed;
        await Patiently(() => answered.Count >= count, cancel);
        var (after, spent) = Cost();
        var doubled = chatters.Sum(c => c.Doubled);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"conversations={plan.Conversations} messages={count} echoed={echoed.Count} answered={answered.Count} doubled={doubled} echo_p50={echoed.Percentile(50):0} ms echo_p99={echoed.Percentile(99):0} ms answer_p50={answered.Percentile(50):0} ms answer_p99={answered.Percentile(99):0} ms max={answered.Max:0} ms memory={idle} MB idle, {open} MB open, {after} MB after; {1000.0 * (open - idle) / plan.Conversations:0} kB a conversation; cpu={100 * (spent - before) / took:0} % of one core"));
        return echoed.Count == count && answered.Count == count && doubled == 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var chatter in chatters) await chatter.DisposeAsync();
    }

    private async Task Patiently(Func<bool> holds, CancellationToken cancel)
    {
        for (var waits = 0; waits < 200 && !holds(); waits++) await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
    }

    /// <summary>The desk's memory in MB and the processor time it has used.</summary>
    private (long Memory, TimeSpan Cpu) Cost()
    {
        using var process = Process.GetProcessById(desk.Id);
        return (process.WorkingSet64 / 1_000_000, process.TotalProcessorTime);
    }
}
