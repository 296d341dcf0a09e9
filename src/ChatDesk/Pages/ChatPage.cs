using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;

namespace ChatDesk.Pages;

/// <summary>
/// The agency's chat page: <c>/</c> for the first agency, <c>/chat/{agency}</c> for each, and <c>/chat/{agency}/frame</c> for the
/// widget's frame on other sites. All its words are the agency's own, in both languages, so that switching needs no request.
/// </summary>
internal sealed partial class ChatPage(PageFiles files, ContentLibrary library, PagesOptions options)
{
    // Thai stays readable and small; what could end a script element (<, >, &, quotes) is still escaped.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly ConcurrentDictionary<(string Agency, string Language, bool Embedded), Drawn> _drawn = new();

    public Task HandleHomeAsync(HttpContext http)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)) return ShowAsync(http, options.Agencies[0], embedded: false);
        return http.Response.WriteAsync("ChatDesk is running. Open this address in a browser to talk; LINE calls POST /line/{agency}/webhook.\n", http.RequestAborted);
    }

    public Task HandleAsync(HttpContext http) => ShowAsync(http, (string)http.Request.RouteValues["agency"]!, embedded: false);

    public Task HandleFrameAsync(HttpContext http) => ShowAsync(http, (string)http.Request.RouteValues["agency"]!, embedded: true);

    private async Task ShowAsync(HttpContext http, string agency, bool embedded)
    {
        if (!options.Agencies.Contains(agency))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var words = await library.WordsAsync(agency).WaitAsync(http.RequestAborted);
        var language = http.Request.Query["lang"] == SpokenLanguage.English ? SpokenLanguage.English : SpokenLanguage.Thai;
        PageHeaders.Write(http, embedded ? ["'self'", .. options.FrameOrigins(agency)] : []);
        if (!embedded) http.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await Page(agency, language, embedded, words).WriteAsync(http);
    }

    private PageFile Page(string agency, string language, bool embedded, DeskWords words)
    {
        if (_drawn.TryGetValue((agency, language, embedded), out var before) && ReferenceEquals(before.Words, words)) return before.File;
        var html = Draw(agency, language, embedded, words);
        var page = new PageFile(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");
        _drawn[(agency, language, embedded)] = new(words, page);
        return page;
    }

    private string Draw(string agency, string language, bool embedded, DeskWords words)
    {
        var here = words.Web(language);
        var both = new Dictionary<string, object> { [SpokenLanguage.Thai] = words.Web(SpokenLanguage.Thai), [SpokenLanguage.English] = words.Web(SpokenLanguage.English) };
        return Place().Replace(files.Text("chat/page.html"), place => place.Groups[1].Value switch
        {
            "language" => language,
            "agency" => Html.Encode(agency),
            "files" => files.Root,
            "modules" => string.Join('\n', files.Modules("chat/", "chat/chat.js", "chat/theme.js", "chat/returns.js").Select(m => $"<link rel=\"modulepreload\" href=\"{m}\">")),
            "embedded" => embedded ? " embedded" : "",
            "embeddedAttribute" => embedded ? " embedded" : "",
            "words" => JsonSerializer.Serialize(both, Json),
            var name => Html.Encode(here[name]),
        });
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    private sealed record Drawn(DeskWords Words, PageFile File);
}
