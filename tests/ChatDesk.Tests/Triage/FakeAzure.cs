using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatDesk.Tests.Triage;

/// <summary>Plays Azure AI Language on a port: answers what was put in line, in order, then the usual answer; remembers every call.</summary>
internal sealed class FakeAzure : IAsyncDisposable
{
    public const string Usual = """{"kind":"SentimentAnalysisResults","results":{"documents":[{"id":"1","sentiment":"negative","confidenceScores":{"positive":0.01,"neutral":0.04,"negative":0.95},"sentences":[],"warnings":[]}],"errors":[],"modelVersion":"2022-11-01"}}""";

    private readonly WebApplication _web;
    private readonly ConcurrentQueue<(int Status, string Body, string? RetryAfterMs)> _next = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeAzure(WebApplication web) => _web = web;

    public ConcurrentQueue<(string Path, string? Key, string Body)> Calls { get; } = new();

    /// <summary>Takes calls and never answers, until the end of the test.</summary>
    public bool Silent { get; set; }

    public string Url => _web.Urls.First();

    public static async Task<FakeAzure> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeAzure(builder.Build());
        fake._web.Run(fake.HandleAsync);
        await fake._web.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    public FakeAzure Then(int status, string body = """{"error":{"code":"429","message":"Too many."}}""", int? retryAfterMs = null)
    {
        _next.Enqueue((status, body, retryAfterMs?.ToString(CultureInfo.InvariantCulture)));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _web.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Calls.Enqueue((http.Request.Path + http.Request.QueryString, http.Request.Headers["Ocp-Apim-Subscription-Key"], await reader.ReadToEndAsync(http.RequestAborted)));
        if (Silent) await _end.Task.WaitAsync(http.RequestAborted);
        var (status, body, retryAfter) = _next.TryDequeue(out var next) ? next : (200, Usual, null);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (retryAfter is not null) http.Response.Headers["retry-after-ms"] = retryAfter;
        await http.Response.WriteAsync(body, http.RequestAborted);
    }
}
