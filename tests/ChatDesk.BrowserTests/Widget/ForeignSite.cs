using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatDesk.BrowserTests.Widget;

/// <summary>Somebody else's website, on its own port.</summary>
internal sealed class ForeignSite : IAsyncDisposable
{
    private readonly WebApplication _site;

    private ForeignSite(WebApplication site) => _site = site;

    public string Url => _site.Urls.First();

    /// <summary>What its only page says; set before it is opened.</summary>
    public string Html { get; set; } = "";

    /// <summary>A content security policy, if the site has one.</summary>
    public string? Policy { get; set; }

    /// <summary>Files it serves besides, by path.</summary>
    public Dictionary<string, byte[]> Scripts { get; } = new(StringComparer.Ordinal);

    public static async Task<ForeignSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var site = new ForeignSite(app);
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path == "/favicon.ico")
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (Scripts.TryGetValue(http.Request.Path, out var script))
        {
            http.Response.ContentType = "text/javascript";
            await http.Response.Body.WriteAsync(script);
            return;
        }
        if (Policy is not null) http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Html);
    }
}
