using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>One request as LINE would see it.</summary>
internal sealed record Heard(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? RetryKey => Headers.GetValueOrDefault("X-Line-Retry-Key");

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public bool IsReply => Path == "/v2/bot/message/reply";

    public bool IsPush => Path == "/v2/bot/message/push";
}

/// <summary>A tiny LINE on a real socket that answers what the test wrote down, in order, for each path; 200 when nothing is written.</summary>
internal sealed class FakeLine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> _script = new();
    private readonly ConcurrentQueue<Heard> _heard = new();
    private readonly SemaphoreSlim _hanging = new(0);

    private FakeLine(WebApplication app) => _app = app;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<Heard> Requests => [.. _heard];

    public static async Task<FakeLine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var line = new FakeLine(app);
        app.Run(line.AnswerAsync);
        await app.StartAsync();
        return line;
    }

    public FakeLine On(string path, int status, string body = "{}", params (string Name, string Value)[] headers) => On(path, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    });

    public FakeLine Bytes(string path, byte[] body, string contentType, bool chunked = false) => On(path, async context =>
    {
        context.Response.ContentType = contentType;
        if (!chunked) context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    });

    /// <summary>Takes the request and then cuts the line without a word.</summary>
    public FakeLine Drop(string path) => On(path, context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Takes the request and never answers; <see cref="HangingAsync"/> tells when it has come so far.</summary>
    public FakeLine Hang(string path) => On(path, async context =>
    {
        _hanging.Release();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    });

    public FakeLine On(string path, Func<HttpContext, Task> answer)
    {
        _script.GetOrAdd(path, _ => new()).Enqueue(answer);
        return this;
    }

    /// <returns>The request that an answer is being made for.</returns>
    public static Heard Taken(HttpContext context) => (Heard)context.Items[typeof(Heard)]!;

    public Task HangingAsync() => _hanging.WaitAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var heard = new Heard(context.Request.Method, context.Request.Path, body, headers);
        _heard.Enqueue(heard);
        context.Items[typeof(Heard)] = heard;
        context.Response.Headers["X-Line-Request-Id"] = $"request-{_heard.Count}";
        if (_script.TryGetValue(context.Request.Path, out var answers) && answers.TryDequeue(out var answer)) await answer(context);
        else await context.Response.WriteAsync("{}");
    }
}
