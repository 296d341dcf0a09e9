using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// LINE's Messaging API as far as the desk uses it, one method per operation (developers.line.biz/en/reference/messaging-api).
/// Nothing throws for what LINE or the network does; only <c>stopping</c> ends a call with an exception.
/// A 401 is answered here: the token is renewed once and the call repeated, which is safe because LINE did nothing.
/// </summary>
internal sealed class LineClient
{
    private const int BodiesKept = 64;

    private readonly LineOptions _options;
    private readonly LineWire _wire;
    private readonly LineAccessTokens _tokens;
    private readonly ConcurrentQueue<LineBody> _bodies = new();
    private readonly LineCall _reply, _push, _loading, _markAsRead, _quota, _consumption, _info;

    public LineClient(LineOptions options, LineWire wire, LineAccessTokens tokens)
    {
        (_options, _wire, _tokens) = (options, wire, tokens);
        LineCall Api(HttpMethod method, string path, string operation) => new(method, At(options.ApiBaseUrl, path), operation);
        _reply = Api(HttpMethod.Post, "/v2/bot/message/reply", "reply");
        _push = Api(HttpMethod.Post, "/v2/bot/message/push", "push");
        _loading = Api(HttpMethod.Post, "/v2/bot/chat/loading/start", "loading");
        _markAsRead = Api(HttpMethod.Post, "/v2/bot/chat/markAsRead", "mark-as-read");
        _quota = Api(HttpMethod.Get, "/v2/bot/message/quota", "quota");
        _consumption = Api(HttpMethod.Get, "/v2/bot/message/quota/consumption", "consumption");
        _info = Api(HttpMethod.Get, "/v2/bot/info", "info");
    }

    /// <summary>Send reply message: free, at most five objects, the token works once.</summary>
    public ValueTask<LineAnswer> ReplyAsync(string agency, string replyToken, List<LineMessage> messages, int from, CancellationToken stopping)
    {
        var body = Borrow();
        body.WriteMessages("replyToken"u8, replyToken, messages, from);
        return PostAsync(agency, _reply, body, null, stopping);
    }

    /// <summary>Send push message to a user, group or room id: counted; the retry key makes a repetition harmless for 24 hours.</summary>
    public ValueTask<LineAnswer> PushAsync(string agency, string to, string retryKey, List<LineMessage> messages, int from, CancellationToken stopping)
    {
        var body = Borrow();
        body.WriteMessages("to"u8, to, messages, from);
        return PostAsync(agency, _push, body, retryKey, stopping);
    }

    /// <summary>Display a loading animation: for users only, gone with the next message.</summary>
    public ValueTask<LineAnswer> StartLoadingAsync(string agency, string userId, CancellationToken stopping)
    {
        var body = Borrow();
        var json = body.Begin();
        json.WriteString("chatId"u8, userId);
        json.WriteNumber("loadingSeconds"u8, LineLimits.LoadingSeconds);
        body.End();
        return PostAsync(agency, _loading, body, null, stopping);
    }

    /// <summary>Mark messages as read, all up to the one the token came with.</summary>
    public ValueTask<LineAnswer> MarkAsReadAsync(string agency, string markAsReadToken, CancellationToken stopping)
    {
        var body = Borrow();
        body.Begin().WriteString("markAsReadToken"u8, markAsReadToken);
        body.End();
        return PostAsync(agency, _markAsRead, body, null, stopping);
    }

    /// <summary>Get profile: the name a user chose to show; 404 for one who has not added the account.</summary>
    /// <param name="agency">Whose account asks.</param>
    /// <param name="userId">Letters and digits only: it becomes part of the path.</param>
    /// <param name="stopping">The desk is stopping.</param>
    public async ValueTask<(LineAnswer Answer, string? Name)> ProfileAsync(string agency, string userId, CancellationToken stopping)
    {
        string? name = null;
        var call = new LineCall(HttpMethod.Get, At(_options.ApiBaseUrl, $"/v2/bot/profile/{userId}"), "profile");
        var answer = await GetJsonAsync(agency, call, json => name = Word(json, "displayName"), stopping);
        return (answer, name);
    }

    /// <summary>Get the target limit for sending messages this month.</summary>
    /// <returns>With the limit; null where the account has none, or the call failed.</returns>
    public async ValueTask<(LineAnswer Answer, long? Limit)> QuotaAsync(string agency, CancellationToken stopping)
    {
        long? limit = null;
        var answer = await GetJsonAsync(agency, _quota, json => limit = Number(json, "value"), stopping);
        return (answer, limit);
    }

    /// <summary>Get number of messages sent this month; LINE calls the figure approximate.</summary>
    public async ValueTask<(LineAnswer Answer, long? Used)> ConsumptionAsync(string agency, CancellationToken stopping)
    {
        long? used = null;
        var answer = await GetJsonAsync(agency, _consumption, json => used = Number(json, "totalUsage"), stopping);
        return (answer, used);
    }

    /// <summary>Get bot info: <c>destination</c> of this account's webhooks, and whether marking as read has an effect.</summary>
    public async ValueTask<(LineAnswer Answer, LineBotInfo? Info)> BotInfoAsync(string agency, CancellationToken stopping)
    {
        LineBotInfo? info = null;
        var answer = await GetJsonAsync(
            agency, _info, json => info = new(Word(json, "userId"), Word(json, "basicId"), Word(json, "displayName"), Word(json, "chatMode"), Word(json, "markAsReadMode")), stopping);
        return (answer, info);
    }

    /// <summary>
    /// Get content: 200 with the bytes, given to <paramref name="read"/>; 202 while LINE still prepares it (nothing is read).
    /// The message id becomes part of the path: the caller has seen that it is letters and digits only.
    /// </summary>
    public ValueTask<LineAnswer> ContentAsync(
        string agency, string messageId, Func<HttpResponseMessage, CancellationToken, ValueTask> read, CancellationToken stopping)
    {
        var call = new LineCall(HttpMethod.Get, At(_options.DataApiBaseUrl, $"/v2/bot/message/{messageId}/content"), "content");
        return CallAsync(
            agency, call, null, null, _options.ContentTimeout,
            (response, stop) => (int)response.StatusCode == 200 ? read(response, stop) : ValueTask.CompletedTask, stopping);
    }

    /// <summary>Verify the preparation status of a video or audio for getting.</summary>
    /// <returns>With <c>processing</c>, <c>succeeded</c> or <c>failed</c>.</returns>
    public async ValueTask<(LineAnswer Answer, string? Status)> TranscodingAsync(string agency, string messageId, CancellationToken stopping)
    {
        string? status = null;
        var call = new LineCall(HttpMethod.Get, At(_options.DataApiBaseUrl, $"/v2/bot/message/{messageId}/content/transcoding"), "transcoding");
        var answer = await GetJsonAsync(agency, call, json => status = Word(json, "status"), stopping);
        return (answer, status);
    }

    /// <returns>The path below a base address that may have a path of its own.</returns>
    internal static Uri At(Uri baseUrl, string path) => new(baseUrl.AbsoluteUri.TrimEnd('/') + path);

    private async ValueTask<LineAnswer> PostAsync(string agency, LineCall call, LineBody body, string? retryKey, CancellationToken stopping)
    {
        var answer = await CallAsync(agency, call, body, retryKey, _options.RequestTimeout, null, stopping);
        if (body.MayBeKept && _bodies.Count < BodiesKept) _bodies.Enqueue(body);
        else body.Dispose();
        return answer;
    }

    private ValueTask<LineAnswer> GetJsonAsync(string agency, LineCall call, Action<JsonElement> take, CancellationToken stopping) =>
        CallAsync(agency, call, null, null, _options.RequestTimeout, (response, stop) => ReadJsonAsync(response, take, stop), stopping);

    private async ValueTask<LineAnswer> CallAsync(
        string agency, LineCall call, LineBody? body, string? retryKey, TimeSpan timeout,
        Func<HttpResponseMessage, CancellationToken, ValueTask>? read, CancellationToken stopping)
    {
        if (await _tokens.GetAsync(agency, stopping) is not { } token) return LineAnswer.NotSent("token");
        var answer = await OnceAsync(agency, call, token, body, retryKey, timeout, read, stopping);
        if (answer.Status != 401 || await _tokens.RenewAsync(agency, token, stopping) is not { } renewed) return answer;
        return await OnceAsync(agency, call, renewed, body, retryKey, timeout, read, stopping);
    }

    private async ValueTask<LineAnswer> OnceAsync(
        string agency, LineCall call, LineToken token, LineBody? body, string? retryKey, TimeSpan timeout,
        Func<HttpResponseMessage, CancellationToken, ValueTask>? read, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(call.Method, call.Url) { Content = body?.AsContent() };
        request.Headers.TryAddWithoutValidation("Authorization", token.Authorization);
        if (retryKey is not null) request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", retryKey);
        return await _wire.SendAsync(agency, call, request, timeout, read, stopping);
    }

    private static async ValueTask ReadJsonAsync(HttpResponseMessage response, Action<JsonElement> take, CancellationToken stopping)
    {
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stopping));
            if (json.RootElement.ValueKind == JsonValueKind.Object) take(json.RootElement);
        }
        catch (JsonException)
        {
            // The caller sees that nothing was read.
        }
    }

    private LineBody Borrow() => _bodies.TryDequeue(out var body) ? body : new();

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var n) && n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out var value) ? value : null;

    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var w) && w.ValueKind == JsonValueKind.String ? w.GetString() : null;
}

/// <summary>What <c>GET /v2/bot/info</c> says about an account.</summary>
internal sealed record LineBotInfo(string? UserId, string? BasicId, string? DisplayName, string? ChatMode, string? MarkAsReadMode);
