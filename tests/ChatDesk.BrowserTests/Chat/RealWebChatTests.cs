using System.Text.Json;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.BrowserTests.Widget;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>Microsoft's own web chat, as it is published (npm pack botframework-webchat, fetched by tests/run.sh), against our server.</summary>
public sealed class RealWebChatTests(Chromium chromium)
{
    [Fact]
    public async Task Botframework_webchat_talks_to_the_desk_unchanged()
    {
        var script = Path.Combine(DemoFolders.Root, "tests", "web", "artifacts", "webchat.js");
        if (!File.Exists(script)) Assert.Skip("tests/web/artifacts/webchat.js is missing: tests/run.sh fetches it from npm");
        await using var site = await ForeignSite.StartAsync();
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = site.Url);
        site.Scripts["/webchat.js"] = await File.ReadAllBytesAsync(script, TestContext.Current.CancellationToken);
        site.Html = """<!doctype html><html lang="th"><head><meta charset="utf-8"><title>webchat</title></head><body><div id="chat" style="height:700px"></div><script src="/webchat.js"></script></body></html>""";
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url, site.Url]);
        var errors = new List<string>();
        visit.Page.PageError += (_, error) => errors.Add(error);
        await visit.GoAsync(site.Url);

        await visit.Page.EvaluateAsync(
            """
            async desk => {
              const made = await (await fetch(`${desk}/v3/directline/tokens/generate?agency=demo`, { method: 'POST' })).json();
              const directLine = window.WebChat.createDirectLine({ domain: `${desk}/v3/directline`, token: made.token });
              window.WebChat.renderWebChat({ directLine, locale: 'th-TH' }, document.getElementById('chat'));
            }
            """, desk.Url);
        var bubbles = visit.Page.Locator(".webchat__bubble__content, .webchat__bubble");
        await Assertions.Expect(visit.Page.GetByText("สวัสดีค่ะ นี่คือโต๊ะบริการ").First).ToBeVisibleAsync(new() { Timeout = 30_000 });

        // A suggested action, then typed words, each answered; each own message stands there once.
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "ต้องขอใบอนุญาตอะไร" }).First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("ประเภทไหน").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await visit.Page.Locator("[data-id='webchat-sendbox-input'], .webchat__send-box-text-box__input").First.FillAsync("ร้านอาหารค่ะ");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByText("อยู่ที่ไหน").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await visit.PictureAsync("real-webchat");

        foreach (var own in (string[])["ต้องขอใบอนุญาตอะไรบ้าง", "ร้านอาหารค่ะ"])
        {
            var shown = await visit.Page.EvaluateAsync<int>("words => [...document.querySelectorAll('.webchat__bubble__content')].filter(b => b.innerText.trim() === words).length", own);
            Assert.True(shown == 1, $"'{own}' stands {shown} times: {JsonSerializer.Serialize(await bubbles.AllInnerTextsAsync())}");
        }
        Assert.Empty(errors);
        Assert.DoesNotContain(visit.Complaints, c => c.StartsWith("request left the host", StringComparison.Ordinal) || c.StartsWith("page error", StringComparison.Ordinal));
    }
}
