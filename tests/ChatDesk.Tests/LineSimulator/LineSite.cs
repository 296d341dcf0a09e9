using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>A simulated LINE behind real HTTP, with a clock in the test's hand, one friend, one who blocked the account, and one stranger.</summary>
internal sealed class LineSite : IAsyncDisposable
{
    public const string Friend = "U00000000000000000000000000000001";
    public const string Blocked = "U00000000000000000000000000000002";
    public const string Stranger = "U00000000000000000000000000000003";
    public const string Nobody = "U00000000000000000000000000000004";

    private readonly LineHost host;
    private readonly HttpClient http;

    private LineSite(LineHost host, FaultPlan faults, FakeTimeProvider time)
    {
        this.host = host;
        Faults = faults;
        Time = time;
        http = new() { BaseAddress = host.Url };
        Token = Channel.Setup.AccessToken;
        Channel.People.Add(new LinePerson(Friend, "สมชาย"));
        Channel.People.Add(new LinePerson(Blocked, "สมหญิง", Standing.Blocked));
        Channel.People.Add(new LinePerson(Stranger, "สมปอง", Standing.Stranger));
    }

    public LineChannel Channel => host.Channel;

    public LineApi Api => host.Api;

    public FaultPlan Faults { get; }

    public FakeTimeProvider Time { get; }

    public WebhookEvents Events => new(Channel, Time);

    /// <summary>The bearer token of the next calls.</summary>
    public string? Token { get; set; }

    public static async Task<LineSite> OpenAsync(LineChannelSetup? setup = null, FaultPlan? faults = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        faults ??= new FaultPlan();
        return new(await LineHost.StartAsync(setup ?? new(), faults, new LineApiOptions(), time), faults, time);
    }

    public Task<LineReply> ReplyAsync(string token, string text = "ตอบ") =>
        PostAsync("/v2/bot/message/reply", LineBodies.Reply($$"""{"type":"text","text":"{{text}}"}""", token));

    public Task<LineReply> PushAsync(string to, string? retryKey = null, string text = "ตอบ") =>
        PostAsync("/v2/bot/message/push", LineBodies.Push($$"""{"type":"text","text":"{{text}}"}""", to), retryKey);

    public Task<LineReply> PostAsync(string path, string json, string? retryKey = null) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") }, retryKey);

    public Task<LineReply> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public async Task<LineReply> SendAsync(HttpRequestMessage request, string? retryKey = null)
    {
        using (request)
        {
            if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            if (retryKey is not null) request.Headers.Add("X-Line-Retry-Key", retryKey);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var header = response.Headers.ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), header);
        }
    }

    /// <summary>The texts this person saw, in order.</summary>
    public IEnumerable<string?> SeenBy(string user) => Channel.Calls.VisibleTo(user).Select(m => m.Text);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }
}

/// <summary>An answer of LINE's API.</summary>
internal sealed record LineReply(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string? Message => Json.TryGetProperty("message", out var message) ? message.GetString() : null;

    public string RequestId => Headers["X-Line-Request-Id"];
}
