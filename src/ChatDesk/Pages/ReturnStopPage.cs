using System.Text.Encodings.Web;
using System.Text.Unicode;
using ChatDesk.Conversations;
using ChatDesk.Returns;

namespace ChatDesk.Pages;

/// <summary>
/// <c>/return/stop/{seal}</c>, the link under a letter: says what will end, and ends it with one press. Opening it changes nothing, since mail
/// programs open links by themselves; their own button (RFC 8058) posts to the same address.
/// </summary>
internal sealed class ReturnStopPage(ReturnLinks links, ReturnEndpoints returns, ContentLibrary library, PageFiles files)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Thai, UnicodeRanges.GeneralPunctuation);

    public async Task HandleAsync(HttpContext http)
    {
        var seal = http.Request.RouteValues["seal"] as string;
        await library.Loaded.WaitAsync(http.RequestAborted);
        PageHeaders.Write(http, [], mayPostForms: true);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        if (links.Open(seal) is not { } place || !library.Has(place.Agency))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var done = HttpMethods.IsPost(http.Request.Method) && await returns.StopAllAsync(seal, http.RequestAborted);
        await http.Response.WriteAsync(Draw(place.Agency, done), http.RequestAborted);
    }

    /// <summary>In both languages: whoever comes from a letter has chosen none here.</summary>
    private string Draw(string agency, bool done)
    {
        var both = new[] { SpokenLanguage.Thai, SpokenLanguage.English }.Select(language =>
        {
            var words = library.For(agency).Words.Web(language);
            string Say(string name) => Html.Encode(words[name]);
            return done ? $"<p lang=\"{language}\">{Say("return_page_done")}</p>" : $"<p lang=\"{language}\">{Say("return_page_ask")}</p><button lang=\"{language}\">{Say("return_stop")}</button>";
        });
        var title = Html.Encode(library.For(agency).Words.Web(SpokenLanguage.Thai)["return_page_title"]);
        return $"""
            <!doctype html><html lang="th" data-theme="system"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>{title}</title><link rel="icon" href="{files.Root}/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="{files.Root}/fonts/sarabun.css"><link rel="stylesheet" href="{files.Root}/chat/chat.css"></head>
            <body><main class="letter"><form method="post"><h1>{title}</h1>{string.Concat(both)}</form></main></body></html>
            """;
    }
}
