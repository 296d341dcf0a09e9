using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>A browser with its cookies that speaks Direct Line to a desk, and keeps what every page of ours would keep: token, conversation, watermark.</summary>
internal sealed class WebVisitor : IDisposable
{
    private readonly HttpClient _http;
    private readonly Func<string> _url;

    public WebVisitor(TestDesk desk, string? origin = null)
        : this(() => desk.Url, origin)
    {
    }

    /// <param name="url">Where the desk is; asked for each time, since a restart may move it.</param>
    /// <param name="origin">The page's; the desk's own when left out.</param>
    public WebVisitor(Func<string> url, string? origin = null)
    {
        _url = url;
        Origin = origin ?? url();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseCookies = true }) { Timeout = TestDesk.Patience };
    }

    public string Origin { get; set; }

    public string Token { get; set; } = "";

    public string Conversation { get; set; } = "";

    public string StreamUrl { get; set; } = "";

    public string Watermark { get; set; } = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A browser whose conversation has begun.</summary>
    public static async Task<WebVisitor> ArriveAsync(TestDesk desk, string? locale = null)
    {
        var visitor = new WebVisitor(desk);
        await visitor.GenerateAsync();
        await visitor.BeginAsync(locale);
        return visitor;
    }

    public async Task<WebAnswer> GenerateAsync(string query = "", object? body = null) => Keep(await SendAsync(HttpMethod.Post, $"tokens/generate{query}", body, bearer: null));

    public async Task<WebAnswer> RefreshAsync() => Keep(await SendAsync(HttpMethod.Post, "tokens/refresh", null));

    public async Task<WebAnswer> BeginAsync(string? locale = null) => Keep(await SendAsync(HttpMethod.Post, "conversations", new { locale }));

    public async Task<WebAnswer> ReconnectAsync(string? watermark) =>
        Keep(await SendAsync(HttpMethod.Get, $"conversations/{Conversation}{(watermark is null ? "" : $"?watermark={watermark}")}", null));

    public Task<WebAnswer> PostAsync(object activity) => SendAsync(HttpMethod.Post, $"conversations/{Conversation}/activities", activity);

    public Task<WebAnswer> SayAsync(string text, string? clientId = null) =>
        PostAsync(new { type = "message", text, channelData = new { clientActivityID = clientId ?? Guid.NewGuid().ToString("N") } });

    public Task<WebAnswer> ReadAsync(string? watermark = null) => SendAsync(HttpMethod.Get, $"conversations/{Conversation}/activities?watermark={watermark}", null);

    /// <summary>Reads the whole conversation page by page until there is at least so much of it.</summary>
    public async Task<IReadOnlyList<JsonObject>> SeeAsync(int atLeast)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience);
        while (true)
        {
            var seen = new List<JsonObject>();
            for (var watermark = ""; ;)
            {
                var page = await ReadAsync(watermark);
                Assert.Equal(200, page.Status);
                if (page.Activities.Count == 0) break;
                seen.AddRange(page.Activities);
                watermark = page.Watermark;
            }
            if (seen.Count >= atLeast) return seen;
            Assert.False(patience.IsCancellationRequested, $"{seen.Count} of {atLeast} activities came");
            await Task.Delay(20, Stop);
        }
    }

    public async Task<WebAnswer> UploadAsync(object? activity, params (string Name, string Type, byte[] Bytes)[] files)
    {
        using var body = new MultipartFormDataContent();
        if (activity is not null) body.Add(new StringContent(JsonSerializer.Serialize(activity), Encoding.UTF8, "application/vnd.microsoft.activity"), "activity");
        foreach (var (name, type, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue(type);
            body.Add(part, "file", name);
        }
        return await SendAsync(HttpMethod.Post, $"conversations/{Conversation}/upload", body);
    }

    public async Task<WebAnswer> SendAsync(HttpMethod method, string path, object? body, string? bearer = "")
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : $"{_url()}/v3/directline/{path}");
        if ((bearer == "" ? Token : bearer) is { Length: > 0 } token) request.Headers.Authorization = new("Bearer", token);
        if (Origin.Length > 0) request.Headers.Add("Origin", Origin);
        request.Content = body switch { null => null, HttpContent content => content, string raw => new StringContent(raw, Encoding.UTF8, "application/json"), _ => JsonContent.Create(body) };
        using var response = await _http.SendAsync(request, Stop);
        var bytes = await response.Content.ReadAsByteArrayAsync(Stop);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new WebAnswer((int)response.StatusCode, bytes, headers);
    }

    public Task<WebPage> OpenAsync() => WebPage.OpenAsync(StreamUrl, Origin);

    public void Dispose() => _http.Dispose();

    private WebAnswer Keep(WebAnswer answer)
    {
        if (answer.Status is not (200 or 201)) return answer;
        Token = (string)answer.Json["token"]!;
        Conversation = (string)answer.Json["conversationId"]!;
        StreamUrl = (string?)answer.Json["streamUrl"] ?? "";
        return answer;
    }
}

/// <summary>What the desk answered.</summary>
internal sealed record WebAnswer(int Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Bytes)!.AsObject();

    public string Id => (string)Json["id"]!;

    public string? Code => (string?)Json["error"]?["code"];

    public string Watermark => (string)Json["watermark"]!;

    public IReadOnlyList<JsonObject> Activities => [.. Json["activities"]!.AsArray().Select(a => a!.AsObject())];

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
