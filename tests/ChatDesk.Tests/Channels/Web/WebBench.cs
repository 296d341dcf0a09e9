using System.Diagnostics;
using System.Globalization;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>Figures, printed and not judged: run with <c>-explicit only -class ChatDesk.Tests.Channels.Web.WebBench</c>. Desk and clients share the machine.</summary>
public sealed class WebBench(ITestOutputHelper output)
{
    private const int Conversations = 500;
    private const int Rounds = 3;

    /// <summary>Messages a second, all conversations together: each says something every 12 s, faster than people type.</summary>
    private const double Rate = 40;

    [Fact(Explicit = true)]
    public async Task Five_hundred_conversations_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-bench-").FullName;
        const string url = "http://127.0.0.1:5397";
        using var desk = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "ChatDesk"), ["--Urls", url, "--DataDirectory", folder, "--Web:RequestsPerMinutePerAddress", "1000000", "--Web:TokensPerMinutePerAddress", "100000"])
        { WorkingDirectory = DemoFolders.Root, RedirectStandardOutput = true })!;
        try
        {
            while (await desk.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("listening", StringComparison.Ordinal)) { }
            _ = desk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await ChatAsync(url, Enumerable.Range(0, 20).Select(_ => new WebVisitor(() => url)).ToList(), stayOpen: false);
            var before = Resident(desk);
            var cpu = desk.TotalProcessorTime;
            var visitors = Enumerable.Range(0, Conversations).Select(_ => new WebVisitor(() => url)).ToList();
            var (echoes, answers, open, took) = await ChatAsync(url, visitors, stayOpen: true, () => Resident(desk));
            desk.Refresh();
            Print("own message back", echoes);
            Print("first answer", answers);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Conversations} streams open: {(open - before) / 1024.0 / Conversations:f1} KB resident a conversation (desk {before / 1024 / 1024} -> {open / 1024 / 1024} MB); after {Rounds} rounds {Resident(desk) / 1024 / 1024} MB; desk CPU {(desk.TotalProcessorTime - cpu).TotalMilliseconds / answers.Count:f1} ms a message, {(desk.TotalProcessorTime - cpu) / took:p0} of one core"));
            foreach (var visitor in visitors) visitor.Dispose();
        }
        finally
        {
            desk.Kill();
            await desk.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(List<double> Echoes, List<double> Answers, long Open, TimeSpan Took)> ChatAsync(string url, List<WebVisitor> visitors, bool stayOpen, Func<long>? measure = null)
    {
        var pages = new Dictionary<WebVisitor, WebPage>();
        foreach (var visitor in visitors)
        {
            await visitor.GenerateAsync();
            await visitor.BeginAsync();
            pages[visitor] = await WebPage.OpenAsync(visitor.StreamUrl, url);
        }
        foreach (var page in pages.Values) await page.SeeAsync(a => a.Count >= 1);
        var open = measure?.Invoke() ?? 0;
        var (echoes, answers) = (new List<double>(), new List<double>());
        var began = Stopwatch.GetTimestamp();
        var talks = new List<Task>();
        for (var n = 0; n < visitors.Count * (stayOpen ? Rounds : 1); n++)
        {
            var due = TimeSpan.FromSeconds(n / Rate) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero) await Task.Delay(due, TestContext.Current.CancellationToken);
            talks.Add(TalkAsync(visitors[n % visitors.Count], pages[visitors[n % visitors.Count]], n, echoes, answers));
        }
        await Task.WhenAll(talks);
        var took = Stopwatch.GetElapsedTime(began);
        foreach (var page in pages.Values) await page.DisposeAsync();
        return (echoes, answers, open, took);
    }

    private static async Task TalkAsync(WebVisitor visitor, WebPage page, int n, List<double> echoes, List<double> answers)
    {
        var sent = Stopwatch.GetTimestamp();
        var id = (await visitor.SayAsync(n % 2 == 0 ? "ขอใบอนุญาตร้านอาหารกี่วัน" : "สวัสดีครับ")).Id;
        await page.SeeAsync(a => a.Any(x => (string?)x["replyToId"] == id));
        var echo = page.Times[page.Activities.ToList().FindIndex(a => (string?)a["id"] == id)];
        var answer = page.Times[page.Activities.ToList().FindIndex(a => (string?)a["replyToId"] == id)];
        lock (echoes)
        {
            echoes.Add(Stopwatch.GetElapsedTime(sent, echo).TotalMilliseconds);
            answers.Add(Stopwatch.GetElapsedTime(sent, answer).TotalMilliseconds);
        }
    }

    private void Print(string what, List<double> times)
    {
        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {times[times.Count / 2]:f1} ms, p99 {times[times.Count * 99 / 100]:f1} ms, max {times[^1]:f1} ms ({times.Count} messages, {Rate}/s)"));
    }

    private static long Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }
}
