using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ChatDesk.Conversations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ChatDesk.Pages.Simulator;

/// <summary><c>/simulator</c>: LINE on a drawn phone, and beside it what goes over the wire. Its calls are refused to pages of other sites.</summary>
internal sealed partial class SimulatorPage(SimulatedLine line, PageFiles files, ContentLibrary library, IServer server)
{
    private const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>GET /simulator/{agency?}.</summary>
    public async Task ShowAsync(HttpContext http)
    {
        if (await AccountAsync(http) is not { } account) return;
        PageHeaders.Write(http, []);
        var html = Place().Replace(files.Text("simulator/page.html"), place => place.Groups[1].Value switch
        {
            "files" => files.Root,
            "modules" => string.Join('\n', files.Modules("simulator/", "simulator/simulator.js").Select(m => $"<link rel=\"modulepreload\" href=\"{m}\">")),
            _ => JsonSerializer.Serialize(Setting(account), Json),
        });
        await new PageFile(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", System.IO.Compression.CompressionLevel.Fastest).WriteAsync(http);
    }

    /// <summary>GET /simulator/{agency}/wire: everything so far, then what comes, as server-sent events.</summary>
    public async Task StreamAsync(HttpContext http)
    {
        if (await AccountAsync(http) is not { } account) return;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var next = long.TryParse(http.Request.Headers["Last-Event-ID"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        try
        {
            while (true)
            {
                var (entries, after, grown) = account.Log.From(next);
                for (var i = 0; i < entries.Count; i++)
                    await http.Response.WriteAsync($"id: {after - entries.Count + i + 1}\ndata: {entries[i]}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                next = after;
                await grown.WaitAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    /// <summary>POST /simulator/{agency}/act.</summary>
    public async Task ActAsync(HttpContext http)
    {
        if (await AccountAsync(http) is not { } account) return;
        if (!IsOwnPage(http.Request) || http.Request.ContentLength is null or > MostBytes)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        try
        {
            var act = await JsonSerializer.DeserializeAsync<SimulatorAct>(http.Request.Body, Json, http.RequestAborted);
            account.Webhook ??= new Uri($"{OwnAddress()}/line/{account.Agency}/webhook");
            http.Response.StatusCode = act is not null && await account.DoAsync(act, http.RequestAborted) ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;
        }
        catch (JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private object Setting(SimulatedAccount account)
    {
        var words = library.For(account.Agency).Words;
        return new
        {
            account.Agency,
            Name = words.Web(SpokenLanguage.Thai)["title"],
            People = SimulatedAccount.People.Select(p => new { p.Letter, p.Name }),
            Menu = words.Menu(SpokenLanguage.Thai).Take(6).Select(c => new { c.Label, Text = c.Text ?? c.Label }),
            Quota = account.Channel.Quota.Limit,
        };
    }

    private async Task<SimulatedAccount?> AccountAsync(HttpContext http)
    {
        await library.Loaded.WaitAsync(http.RequestAborted);
        var agency = http.Request.RouteValues["agency"] as string ?? line.Accounts.Keys.First();
        if (line.Accounts.TryGetValue(agency, out var account)) return account;
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return null;
    }

    /// <summary>Browsers say where a request comes from; a page of another site must not play people here.</summary>
    private static bool IsOwnPage(HttpRequest request) =>
        request.HasJsonContentType() && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}");

    private string OwnAddress()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.OrderBy(a => a.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault() ?? "";
        return Everywhere().Replace(address, "://127.0.0.1").TrimEnd('/');
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"://(\*|\+|0\.0\.0\.0|\[::\])", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Everywhere();
}
