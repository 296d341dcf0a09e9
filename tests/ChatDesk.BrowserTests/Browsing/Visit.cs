using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Browsing;

/// <summary>How a visitor comes: the size of the window, its theme, and what the test wants otherwise.</summary>
internal sealed record Visitor
{
    public int Width { get; init; } = 1366;

    public int Height { get; init; } = 820;

    public ColorScheme Theme { get; init; } = ColorScheme.Light;

    public string Locale { get; init; } = "th-TH";

    /// <summary>Last word on the browser's context, for example a place on the map.</summary>
    public Action<BrowserNewContextOptions>? Change { get; init; }

    public static Visitor Phone { get; } = new() { Width = 390, Height = 844 };
}

/// <summary>
/// One browser window on the desk, watched from its first request: what leaves the host, what the console complains of, what
/// scripts throw, what the content security policy refused. <see cref="AssertHealthyAsync"/> is the end of every page test.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>The fonts in use. A page that was not laid out yet has asked for none, and is then ready with none: it is asked again.</summary>
    private const string Fonts = """
        async () => {
          const loaded = () => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('"', ''));
          for (let n = 0; n < 200 && loaded().length === 0; n++) {
            await document.fonts.ready;
            await new Promise(go => setTimeout(go, 50));
          }
          return loaded();
        }
        """;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<string> _hosts;

    private Visit(IBrowserContext context, IPage page, List<string> hosts) => (Context, Page, _hosts) = (context, page, hosts);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>A part of a complaint that the test brings about on purpose, for example <c>ERR_CONNECTION_REFUSED</c> while the desk is down.</summary>
    public List<string> Expected { get; } = [];

    /// <summary>Everything that went wrong so far, expected or not.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>Adds something that a test of its own noticed.</summary>
    public void Complain(string what) => _complaints.Enqueue(what);

    /// <param name="chromium">The fixture.</param>
    /// <param name="hosts">Addresses that the page may speak to, the desk's first.</param>
    /// <param name="visitor">Null comes with a wide window, light, in Thai.</param>
    public static async Task<Visit> OpenAsync(Chromium chromium, IEnumerable<string> hosts, Visitor? visitor = null)
    {
        visitor ??= new Visitor();
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new() { Width = visitor.Width, Height = visitor.Height },
            ColorScheme = visitor.Theme,
            Locale = visitor.Locale,
            TimezoneId = "Asia/Bangkok",
            // Nothing fades in while a picture is taken or contrast is measured.
            ReducedMotion = ReducedMotion.Reduce,
        };
        visitor.Change?.Invoke(options);
        var context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        var visit = new Visit(context, await context.NewPageAsync(), [.. hosts.Select(h => new Uri(h).Authority)]);
        visit.Watch();
        return visit;
    }

    /// <summary>Opens an address and waits until its document has been read.</summary>
    public async Task GoAsync(string url)
    {
        var response = await Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.True(response is { Ok: true }, $"{url} answered {response?.Status}");
    }

    /// <summary>Nothing left the host, nothing was complained of, the bundled Thai font is in use, and axe finds nothing serious or critical.</summary>
    public async Task AssertHealthyAsync(bool axe = true)
    {
        Assert.DoesNotContain(Complaints, c => !Expected.Any(e => c.Contains(e, StringComparison.Ordinal)));
        // The desk's own documents; the first address is the desk's, others belong to pages that hold it in a frame.
        foreach (var frame in Page.Frames.Where(f => Uri.TryCreate(f.Url, UriKind.Absolute, out var address) && address.Authority == _hosts[0]))
        {
            Assert.Contains("Sarabun", await frame.EvaluateAsync<string[]>(Fonts));
        }
        if (axe) await AssertAccessibleAsync();
    }

    /// <summary>0 serious or critical findings of axe-core, frames and shadow trees included.</summary>
    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var grave = result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Impact} {v.Id}: {v.Help} at {string.Join(" | ", v.Nodes.Select(n => n.Html))}");
        Assert.True(!grave.Any(), string.Join("\n", grave));
    }

    /// <summary>A picture of the window, for people to look at, where the variable SCREENSHOTS names a folder.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="whole">Also what stands below the window.</param>
    public async Task PictureAsync(string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    private void Watch()
    {
        Context.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !IsOurs(request.Url)) _complaints.Enqueue($"request left the host: {request.Url}");
        };
        Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
        };
        Context.WebError += (_, error) => _complaints.Enqueue($"page error: {error.Error}");
    }

    private bool IsOurs(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && _hosts.Contains(address.Authority);
}
