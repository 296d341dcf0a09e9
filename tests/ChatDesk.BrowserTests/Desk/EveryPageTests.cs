using ChatDesk.BrowserTests.Browsing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Every page of <see cref="PageList"/> in every look: it fits its window, can be tapped, is readable, and leaves a picture to be looked at.</summary>
public sealed class EveryPageTests(Chromium chromium)
{
    /// <summary>
    /// What a finger must hit is 44 px high. Links inside a sentence or a table may be as high as their line, and a box beside its label counts with it.
    /// </summary>
    private const string Small = """
        () => [...document.querySelectorAll('button, summary, select, textarea, a.button, nav a, .ranges a, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])')]
          .filter(e => e.checkVisibility() && !e.closest('.unseen, [hidden]'))
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && box.height < 43.5)
          .map(([e, box]) => `${e.tagName.toLowerCase()}.${e.className} "${(e.textContent || e.name || '').trim().slice(0, 30)}" ${Math.round(box.height)} px`)
        """;

    /// <summary>What scrolls sideways hides its end.</summary>
    private const string Sideways = """
        () => [document.documentElement, ...document.querySelectorAll('body *')]
          .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
            && (e === document.documentElement ? e.scrollWidth > innerWidth : ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) && !e.closest('nav, textarea, input, .unseen'))
          .map(e => `${e.tagName.toLowerCase()}.${e.className} ${e.scrollWidth} px in ${e.clientWidth}`)
        """;

    private static readonly (string Name, Visitor Visitor)[] Looks =
    [
        ("wide-light", new()),
        ("phone-dark", Visitor.Phone with { Theme = ColorScheme.Dark }),
        ("wide-dark", new() { Theme = ColorScheme.Dark }),
        ("phone-light", Visitor.Phone),
        ("wide-english", new() { Locale = "en-GB" }),
        ("phone-english", Visitor.Phone with { Locale = "en-GB" }),
    ];

    [Fact]
    public async Task A_new_desk_fits_every_window_and_theme()
    {
        await using var scene = await StartAsync();
        await LookAsync(scene, PageList.New);
    }

    [Fact]
    public async Task Every_page_fits_every_window_and_theme()
    {
        await using var scene = await StartAsync();
        var pages = await PageList.FilledAsync(scene);
        Assert.Equal([], Routes(scene).Where(route => !PageList.NoPages.Any(none => route.StartsWith(none, StringComparison.Ordinal)) && pages.All(p => p.Route != route)));
        await LookAsync(scene, pages);
    }

    private Task<DeskScene> StartAsync() => DeskScene.StartAsync(chromium, more: settings => settings["Agencies:demo:Web:PublicUrl"] = settings["Urls"]);

    private static IEnumerable<string> Routes(DeskScene scene) => scene.Desk.Get<IEnumerable<Microsoft.AspNetCore.Routing.EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET"))
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct();

    private async Task LookAsync(DeskScene scene, IReadOnlyList<PageLook> pages)
    {
        var wrong = new List<string>();
        // Pictures are taken of all; the colours and widths of the first two are those of the others, so that these are measured.
        var measured = Looks.Take(2).ToList();
        foreach (var (name, visitor) in Environment.GetEnvironmentVariable("SCREENSHOTS") is null ? measured : [.. Looks])
        {
            var isMeasured = measured.Contains((name, visitor));
            foreach (var person in pages.GroupBy(p => p.Who))
            {
                await using var visit = await Visit.OpenAsync(chromium, [scene.Desk.Url], visitor);
                if (visitor.Locale.StartsWith("en", StringComparison.Ordinal)) await visit.Context.AddCookiesAsync([new() { Name = "chatdesk.language", Value = "en", Url = scene.Desk.Url }]);
                if (person.Key is { } who) await new OfficerWindow(visit, scene.Desk.Url).SignInAsync(who);
                foreach (var page in person)
                {
                    try
                    {
                        wrong.AddRange((await LookAtAsync(visit, scene.Desk.Url, page, name, isMeasured)).Select(w => $"{page.Name} {name}: {w}"));
                    }
                    catch (Exception error) when (error is PlaywrightException or TimeoutException or Xunit.Sdk.XunitException)
                    {
                        // The other pages are looked at all the same, and what was said once is not said of each of them.
                        wrong.Add($"{page.Name} {name}: {error.Message}");
                        visit.Expected.AddRange(visit.Complaints);
                    }
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<IReadOnlyList<string>> LookAtAsync(Visit visit, string url, PageLook page, string look, bool axe)
    {
        // The browser notes in its console what a page of refusal answers.
        if (page.Status != 200) visit.Expected.Add($"status of {page.Status}");
        var answer = await visit.Page.GotoAsync(url + page.Path);
        Assert.Equal(page.Status, answer!.Status);
        if (page.Route.StartsWith("/desk", StringComparison.Ordinal)) await Expect(visit.Page.Locator("h1, .console").First).ToBeAttachedAsync();
        if (page.Who != "nida" && page.Route is "/desk" or "/desk/{HandoverId:long}")
        {
            await new OfficerWindow(visit, url).LiveAsync();
            await Expect(visit.Page.Locator(".live-bar .presence")).ToBeVisibleAsync();
        }

        if (page.Act is { } act) await act(visit.Page);
        await visit.PictureAsync($"{page.Name}-{look}", whole: true);
        await visit.AssertHealthyAsync(axe);
        var wrong = (await visit.Page.EvaluateAsync<string[]>(Sideways)).ToList();
        // An action of the audit log without words is shown as its code.
        wrong.AddRange(await visit.Page.Locator(".action code").AllInnerTextsAsync());
        if (visit.Page.ViewportSize!.Width < 500) wrong.AddRange(await visit.Page.EvaluateAsync<string[]>(Small));
        return wrong;
    }
}
