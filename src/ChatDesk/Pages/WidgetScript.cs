using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ChatDesk.Conversations;

namespace ChatDesk.Pages;

/// <summary>
/// <c>/widget.js</c>: one script tag puts an agency's chat on any page (docs/web-chat.md). The words of its button are put before
/// the script, so that the foreign page needs to allow no request but the script and the frame.
/// </summary>
internal sealed class WidgetScript(PageFiles files, ContentLibrary library, PagesOptions options)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task HandleAsync(HttpContext http)
    {
        await library.Loaded.WaitAsync(http.RequestAborted);
        var words = options.Agencies.ToDictionary(agency => agency, agency => new[] { SpokenLanguage.Thai, SpokenLanguage.English }.ToDictionary(l => l, l => Button(agency, l)));
        var script = $"{{const chatdeskWords={JsonSerializer.Serialize(words, Json)};\n{files.Text("widget/widget.js")}}}\n";
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await new PageFile(Encoding.UTF8.GetBytes(script), "text/javascript; charset=utf-8", System.IO.Compression.CompressionLevel.Fastest).WriteAsync(http);
    }

    private Dictionary<string, string> Button(string agency, string language)
    {
        var words = library.For(agency).Words.Web(language);
        return new() { ["open"] = words["open"], ["close"] = words["close"], ["title"] = words["title"] };
    }
}
