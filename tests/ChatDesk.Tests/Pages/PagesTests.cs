using System.Net;
using System.Text.RegularExpressions;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;
using ChatDesk.Pages;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.Tests.Pages;

/// <summary>What the public pages tell a browser before anything of them runs.</summary>
public sealed partial class PagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_gets_the_chat_and_a_terminal_gets_a_line()
    {
        await using var desk = await TestDesk.StartAsync();

        var page = await GetAsync(desk, "/", "text/html");
        var line = await GetAsync(desk, "/", "*/*");

        Assert.Contains("<chatdesk-chat agency=\"demo\">", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.StartsWith("ChatDesk is running.", await line.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "'none'")]
    [InlineData("/chat/demo", "'none'")]
    [InlineData("/chat/demo/frame", "'self' https://www.agency.example")]
    public async Task Nothing_inline_may_run_and_only_listed_sites_may_hold_the_frame(string path, string ancestors)
    {
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = "https://www.agency.example");

        var answer = await GetAsync(desk, path, "text/html");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Contains($"frame-ancestors {ancestors};", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch(InlineCode(), html);
    }

    [Fact]
    public async Task Files_are_kept_for_good_under_their_version_and_no_longer_under_another()
    {
        await using var desk = await TestDesk.StartAsync();
        var html = await (await GetAsync(desk, "/", "text/html")).Content.ReadAsStringAsync(Cancel);
        var script = ScriptPath().Match(html).Groups[1].Value;

        var current = await GetAsync(desk, script, "*/*");
        var other = await GetAsync(desk, "/web/0000000000000000/chat/chat.js", "*/*");

        Assert.Equal("public, max-age=31536000, immutable", current.Headers.CacheControl?.ToString().Replace("max-age=31536000, public", "public, max-age=31536000", StringComparison.Ordinal));
        Assert.True(other.Headers.CacheControl?.NoCache);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "/web/1/../appsettings.json", "*/*")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "/web/1/chat/page.html", "*/*")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(desk, "/chat/nobody", "text/html")).StatusCode);
    }

    [Fact]
    public async Task Every_word_of_the_page_must_be_there_in_both_languages()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-words-").FullName;
        var file = Path.Combine(folder, "_desk.yaml");
        var text = await File.ReadAllTextAsync(Path.Combine(DemoFolders.Root, "dialogs", "demo", "_desk.yaml"), Cancel);
        await File.WriteAllTextAsync(file, text.Replace("  placeholder: {", "  placehodler: {", StringComparison.Ordinal), Cancel);

        var words = DeskWordsFile.Load(file, out var problems);

        Assert.Null(words);
        Assert.Contains(problems, p => p.Problem == "'web.placeholder' has no Thai words");
        Assert.Contains(problems, p => p.Problem == "'web.placeholder' has no English words");
        Assert.Contains(problems, p => p.Problem == "'placehodler' is not known here" && p.Line > 50);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_page_is_there_while_a_desk_that_just_started_still_reads_its_articles()
    {
        var library = new ContentLibrary();
        var page = new ChatPage(new PageFiles(), library, new PagesOptions(["demo"], new Dictionary<string, IReadOnlyList<string>>()));
        var http = new DefaultHttpContext { Request = { RouteValues = { ["agency"] = "demo" } }, Response = { Body = new MemoryStream() } };
        var shown = page.HandleAsync(http);
        Assert.False(shown.IsCompleted);

        library.Announce("demo", DeskWordsFile.Load(Path.Combine(DemoFolders.Root, "dialogs", "demo", "_desk.yaml"), out _)!);
        await shown.WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        Assert.False(library.Loaded.IsCompleted);
        Assert.Equal(StatusCodes.Status200OK, http.Response.StatusCode);
        Assert.NotEqual(0, http.Response.Body.Length);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestDesk desk, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(desk.Url + path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await desk.Http.SendAsync(request, Cancel);
    }

    /// <summary>A script element with code in it, a handler attribute, or a style.</summary>
    [GeneratedRegex(@"<script>|<script(?![^>]*(src=|application/json))|\son\w+=|<style|\sstyle=")]
    private static partial Regex InlineCode();

    [GeneratedRegex("src=\"(/web/[0-9a-f]{16}/chat/chat.js)\"")]
    private static partial Regex ScriptPath();
}
