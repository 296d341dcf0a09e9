using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.WebChats;

/// <summary>One visitor of the agency's page, as its script behaves: a token, a conversation, a stream, and messages posted beside it.</summary>
internal sealed class WebChatter(HttpClient http, Latencies echoed, Latencies answered) : IAsyncDisposable
{
    private readonly ClientWebSocket stream = new();
    private readonly ConcurrentDictionary<string, long> waitingEcho = new();
    private readonly ConcurrentDictionary<string, long> waitingAnswer = new();
    private readonly ConcurrentDictionary<string, bool> known = new();
    private string conversation = "";
    private string token = "";
    private int number;
    private Task reading = Task.CompletedTask;

    /// <summary>Messages of the desk so far.</summary>
    public int Heard { get; private set; }

    /// <summary>Activities that came a second time.</summary>
    public int Doubled { get; private set; }

    public async Task OpenAsync(CancellationToken cancel)
    {
        var fresh = await AskAsync(HttpMethod.Post, "/v3/directline/tokens/generate?agency=demo", new { }, cancel);
        token = fresh.GetProperty("token").GetString()!;
        var started = await AskAsync(HttpMethod.Post, "/v3/directline/conversations", new { locale = "th" }, cancel);
        (conversation, token) = (started.GetProperty("conversationId").GetString()!, started.GetProperty("token").GetString()!);
        await stream.ConnectAsync(new Uri(started.GetProperty("streamUrl").GetString()!), cancel);
        reading = ReadAsync(cancel);
    }

    public async Task SayAsync(string text, CancellationToken cancel)
    {
        var mine = $"{++number}";
        waitingEcho[mine] = waitingAnswer[mine] = Stopwatch.GetTimestamp();
        await AskAsync(HttpMethod.Post, $"/v3/directline/conversations/{conversation}/activities", new { type = "message", text, channelData = new { mine } }, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        stream.Abort();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stream.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var buffer = new byte[256 * 1024];
        while (stream.State == WebSocketState.Open)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await stream.ReceiveAsync(buffer.AsMemory(length), cancel);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            // An empty frame keeps the line alive.
            if (length > 0) Take(buffer.AsSpan(0, length));
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        using var json = JsonDocument.ParseValue(ref reader);
        foreach (var activity in json.RootElement.GetProperty("activities").EnumerateArray())
        {
            if (activity.GetProperty("type").GetString() != "message") continue;
            if (activity.TryGetProperty("id", out var id) && !known.TryAdd(id.GetString()!, true)) Doubled++;
            if (activity.TryGetProperty("channelData", out var data) && data.TryGetProperty("mine", out var mine))
            {
                if (waitingEcho.TryRemove(mine.GetString()!, out var at)) echoed.Add(Stopwatch.GetElapsedTime(at));
                continue;
            }
            Heard++;
            // Turns keep their order, so an answer belongs to the oldest message without one.
            if (waitingAnswer.Keys.OrderBy(k => k.Length).ThenBy(k => k, StringComparer.Ordinal).FirstOrDefault() is { } oldest && waitingAnswer.TryRemove(oldest, out var asked))
                answered.Add(Stopwatch.GetElapsedTime(asked));
        }
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        // As the desk's own page sends it.
        request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
    }
}
