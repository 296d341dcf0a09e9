using System.Collections.Concurrent;
using System.Diagnostics;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>What the page costs somebody with a slow phone. The figures are printed; only the bytes have a limit, since they do not depend on the machine.</summary>
public sealed class FiguresTests(Chromium chromium)
{
    private const int MostBytes = 20 * 1024;

    [Fact]
    public async Task The_page_is_small_without_its_fonts()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var asked = new ConcurrentQueue<Microsoft.Playwright.IRequest>();
        visit.Page.RequestFinished += (_, request) => asked.Enqueue(request);
        await visit.GoAsync($"{desk.Url}/");
        await new ChatScene(visit.Page).GreetedAsync();
        await visit.AssertHealthyAsync(axe: false);
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None });
        // What is said is not the page.
        foreach (var request in asked.Where(r => !r.Url.Contains("/v3/", StringComparison.Ordinal))) await MeasureAsync(request, client, sizes);

        var page = sizes.ToList();
        var fonts = page.Where(s => s.Key.EndsWith(".woff2", StringComparison.Ordinal)).Sum(s => s.Value);
        var rest = page.Sum(s => s.Value) - fonts;
        Print($"chat page, first visit: {rest:N0} bytes in {page.Count} files without fonts, fonts {fonts:N0} bytes");
        foreach (var (url, bytes) in page.OrderByDescending(s => s.Value)) Print($"  {bytes,7:N0}  {new Uri(url).AbsolutePath}");
        Assert.InRange(rest, 1, MostBytes);
    }

    [Theory]
    [InlineData("slow 4G", 150, 200_000)]
    [InlineData("3G", 300, 90_000)]
    public async Task The_first_message_comes_soon_on_a_slow_network(string name, int latency, int bytesPerSecond)
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], Visitor.Phone);
        var devtools = await visit.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = latency, ["downloadThroughput"] = bytesPerSecond, ["uploadThroughput"] = bytesPerSecond / 2 });

        var began = Stopwatch.GetTimestamp();
        await visit.GoAsync($"{desk.Url}/");
        var read = Stopwatch.GetElapsedTime(began);
        await new ChatScene(visit.Page).GreetedAsync();
        var greeted = Stopwatch.GetElapsedTime(began);

        var paint = await visit.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        Print($"{name} ({latency} ms, {bytesPerSecond / 1000} kB/s): first paint {paint:N0} ms, document read {read.TotalMilliseconds:N0} ms, first message {greeted.TotalMilliseconds:N0} ms");
        await visit.AssertHealthyAsync(axe: false);
    }

    /// <summary>Asked once more, as the browser asked: what it says itself of a file that it took from its cache is no size (-712 was seen).</summary>
    private static async Task MeasureAsync(Microsoft.Playwright.IRequest request, HttpClient client, Dictionary<string, long> sizes)
    {
        using var again = new HttpRequestMessage(HttpMethod.Get, request.Url);
        if (request.IsNavigationRequest) again.Headers.TryAddWithoutValidation("Accept", "text/html");
        again.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        using var answer = await client.SendAsync(again);
        var bytes = (await answer.Content.ReadAsByteArrayAsync()).LongLength;
        sizes[request.Url] = bytes;
    }

    private static void Print(string line)
    {
        TestContext.Current.SendDiagnosticMessage(line);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Console.WriteLine(line);
    }
}
