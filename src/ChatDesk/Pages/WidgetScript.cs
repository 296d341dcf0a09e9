using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;

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
        var words = new Dictionary<string, Dictionary<string, Dictionary<string, string>>>();
        foreach (var agency in options.Agencies)
        {
            var read = await library.WordsAsync(agency).WaitAsync(http.RequestAborted);
            words[agency] = new[] { SpokenLanguage.Thai, SpokenLanguage.English }.ToDictionary(l => l, l => Button(read, l));
        }
        var script = $"{{const chatdeskWords={JsonSerializer.Serialize(words, Json)};\n{files.Text("widget/widget.js")}}}\n";
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await new PageFile(Encoding.UTF8.GetBytes(script), "text/javascript; charset=utf-8", System.IO.Compression.CompressionLevel.Fastest).WriteAsync(http);
    }

    private static Dictionary<string, string> Button(DeskWords words, string language)
    {
        var here = words.Web(language);
        return new() { ["open"] = here["open"], ["close"] = here["close"], ["title"] = here["title"] };
    }
}
