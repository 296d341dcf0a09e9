using System.Text.Json;
using System.Text.RegularExpressions;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>80 ways to smuggle a script through what contacts and editors write: all of it stays text.</summary>
public sealed partial class HostileTextTests(Chromium chromium)
{
    private const string Witness = "window.__refused = []; document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI));";

    [Fact]
    public async Task Nothing_that_a_contact_writes_runs()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "100000");
        await using var visit = await OpenAsync(desk.Url);
        var chat = new ChatScene(visit.Page);
        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();

        // Sent by hand over the same protocol, all at once: eighty rounds of typing would test the keyboard.
        await visit.Page.EvaluateAsync(
            """
            async payloads => {
              const session = JSON.parse(sessionStorage.getItem('chatdesk.demo.session'));
              for (const text of payloads) {
                const answer = await fetch(`/v3/directline/conversations/${encodeURIComponent(session.conversationId)}/activities`, {
                  method: 'POST', headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' },
                  body: JSON.stringify({ type: 'message', text }) });
                if (!answer.ok) throw new Error('refused ' + answer.status);
              }
            }
            """, Payloads);
        await Assertions.Expect(chat.Own).ToHaveCountAsync(Payloads.Length, new() { Timeout = 40_000 });

        await AssertNothingRanAsync(visit);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(chat.Own).ToHaveCountAsync(Payloads.Length, new() { Timeout = 40_000 });
        await AssertNothingRanAsync(visit);
    }

    [Fact]
    public async Task Nothing_that_an_editor_or_officer_writes_runs()
    {
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await OpenAsync(desk.Url);
        await visit.Page.RouteAsync("**/activities?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            // Told once: with its own watermark it has nothing more to say.
            Body = route.Request.Url.Contains("watermark=told", StringComparison.Ordinal) ? """{"activities":[],"watermark":"told"}""" : HostileAnswers(),
        }));
        await visit.GoAsync($"{desk.Url}/");

        await Assertions.Expect(visit.Page.Locator("article.message.officer")).ToHaveCountAsync(Payloads.Length, new() { Timeout = 20_000 });

        await AssertNothingRanAsync(visit);
    }

    [Fact]
    public async Task Nothing_in_the_words_of_the_page_runs()
    {
        using var folder = new ContentCopy();
        var file = Path.Combine(folder.Path, "dialogs", "demo", "_desk.yaml");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var changed = 0;
        for (var n = Array.IndexOf(lines, "web:"); n < lines.Length; n++)
        {
            // Every word in one line; its places stay, since a word without them is refused when it is read.
            if (OneWord().Match(lines[n]) is not { Success: true } word) continue;
            var places = string.Join(' ', Place().Matches(word.Groups["th"].Value).Select(m => m.Value).Distinct());
            var hostile = JsonSerializer.Serialize($"x</script></title><script>alert(1)</script>{Payloads[changed++ % Payloads.Length].Replace('{', '(').Replace('}', ')')} {places}".TrimEnd());
            lines[n] = $"  {word.Groups["name"].Value}: {{ th: {hostile}, en: {hostile} }}";
        }
        Assert.InRange(changed, 60, 200);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        await using var desk = await TestDesk.StartAsync(s => s["ContentDirectory"] = folder.Path);
        await using var visit = await OpenAsync(desk.Url);

        await visit.GoAsync($"{desk.Url}/");

        var chat = new ChatScene(visit.Page);
        await chat.GreetedAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("<script>alert(1)</script>");
        await AssertNothingRanAsync(visit);
        await chat.SayAsync("คุยกับเจ้าหน้าที่");
        await chat.Find(".offer button").ClickAsync();
        await Assertions.Expect(chat.Find(".way h3 button").First).ToContainTextAsync("<script>alert(1)</script>");
        await AssertNothingRanAsync(visit);
    }

    [GeneratedRegex("""^  (?<name>\w+): \{ th: (?<th>.+), en: .+ \}$""")]
    private static partial Regex OneWord();

    [GeneratedRegex("""\{\w+\}""")]
    private static partial Regex Place();

    private async Task<Visit> OpenAsync(string url)
    {
        var visit = await Visit.OpenAsync(chromium, [url]);
        await visit.Context.AddInitScriptAsync(Witness);
        visit.Page.Dialog += (_, dialog) =>
        {
            visit.Complain($"a script ran: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        return visit;
    }

    private static async Task AssertNothingRanAsync(Visit visit)
    {
        var found = await visit.Page.EvaluateAsync<string[]>(
            """
            () => {
              const chat = document.querySelector('chatdesk-chat');
              const bad = [...window.__refused];
              for (const e of chat.querySelectorAll('*')) {
                if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'LINK', 'META', 'BASE', 'FORM'].includes(e.tagName) && !e.matches('form.composer')) bad.push(e.outerHTML.slice(0, 200));
                for (const a of e.attributes) if (/^(on|style$|srcdoc$)/i.test(a.name) && e.tagName !== 'TEXTAREA' || /^(href|src|srcset|action|formaction|data|xlink:href)$/i.test(a.name) && !/^(https?|tel|mailto|line|blob):/i.test(a.value)) bad.push(`${e.tagName} ${a.name}=${a.value}`);
              }
              return bad;
            }
            """);
        Assert.Empty(found);
        await visit.AssertHealthyAsync(axe: false);
    }

    private static string HostileAnswers() => JsonSerializer.Serialize(new
    {
        watermark = "told",
        activities = Payloads.Select((p, n) => new
        {
            type = "message",
            id = $"hostile-{n}",
            from = new { id = p, name = p, role = "bot" },
            channelData = new { speaker = "officer" },
            text = p,
            textFormat = n % 2 == 0 ? "plain" : "markdown",
            attachments = new object[]
            {
                new { contentType = "application/vnd.microsoft.card.hero", content = new { title = p, subtitle = p, text = p, lines = new[] { new { label = p, value = p, strong = true } }, buttons = new object[] { new { type = "openUrl", title = p, value = p }, new { type = "imBack", title = p, value = p } } } },
                new { contentType = "image/png", contentUrl = p, name = p },
                new { contentType = p, contentUrl = p, name = p },
            },
            entities = n % 5 == 0 ? new object[] { new { type = "Place", name = p, address = p, geo = new { latitude = p, longitude = p } } } : [],
            suggestedActions = new { actions = new object[] { new { type = "openUrl", title = p, value = p }, new { type = "messageBack", title = p, text = p, displayText = p, value = p } } },
        }),
    });

    /// <summary>Elements, attributes, addresses, encodings, breaking out of JSON and Markdown; eighty of them.</summary>
    private static readonly string[] Payloads = [.. HostileTexts.All];

    /// <summary>The demo's content, to be changed.</summary>
    private sealed class ContentCopy : IDisposable
    {
        public ContentCopy() => DemoFolders.CopyTo(Path);

        public string Path { get; } = Directory.CreateTempSubdirectory("chatdesk-words-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
