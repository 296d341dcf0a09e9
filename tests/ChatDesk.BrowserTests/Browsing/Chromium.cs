using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ChatDesk.BrowserTests.Browsing.Chromium))]

namespace ChatDesk.BrowserTests.Browsing;

/// <summary>
/// The machine's own Chromium, started once for all tests; each test opens a context of its own. Playwright brings only its
/// driver: no browser is downloaded (tests/run.sh installs Debian's). The one without a window of its own comes first: it draws the same
/// pages and runs the same scripts for little more than half of the processor time.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--disable-features=Translate,OptimizationHints,MediaRouter",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The running browser; the test is skipped, with its reason, where none is installed.</summary>
    internal IBrowser Browser
    {
        get
        {
            if (_browser is null) Assert.Skip("no Chromium on this machine: apt-get install chromium-headless-shell");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named) await LaunchAsync(named);
        else if (Places.FirstOrDefault(File.Exists) is { } found) await LaunchAsync(found);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private async Task LaunchAsync(string path)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments, Timeout = 60_000 });
    }
}
