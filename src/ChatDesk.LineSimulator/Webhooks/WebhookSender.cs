using System.Diagnostics;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>How one webhook call ended.</summary>
/// <param name="Status">The HTTP status; 0 when there was no answer within LINE's two seconds.</param>
/// <param name="Took">Until the answer, or until LINE gave up.</param>
internal readonly record struct WebhookAck(int Status, TimeSpan Took)
{
    public bool IsOk => Status is >= 200 and < 300;
}

/// <summary>How LINE repeats itself. Real numbers are not published (recv); these are ours.</summary>
/// <param name="Most">Redeliveries at most, after the first try.</param>
/// <param name="FirstPause">Before the first redelivery; doubles up to <paramref name="LongestPause"/>.</param>
internal sealed record RedeliveryPlan(int Most, TimeSpan FirstPause, TimeSpan LongestPause)
{
    public static RedeliveryPlan None { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero);

    public static RedeliveryPlan Patient { get; } = new(120, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
}

/// <summary>Posts signed events to a bot, and again when it does not answer 2xx within two seconds (protocols.md 1.1, 1.2).</summary>
/// <param name="http">Its connections.</param>
/// <param name="endpoint">The bot.</param>
/// <param name="channel">Whose events these are.</param>
/// <param name="time">The clock of pauses between tries.</param>
/// <param name="turns">
/// Calls under way at once; null for any number. Who waits for a turn has not called yet: were his two seconds running already, everybody would
/// hang up on a bot that has just begun to listen to him, and a bot that was slow once would stay so.
/// </param>
internal sealed class WebhookSender(HttpClient http, Uri endpoint, LineChannel channel, TimeProvider time, SemaphoreSlim? turns = null)
{
    /// <summary>LINE's patience (check-webhook-error-statistics).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly byte[] secret = System.Text.Encoding.UTF8.GetBytes(channel.Setup.Secret);

    /// <summary>Posts until 2xx or until the plan is used up.</summary>
    /// <param name="tried">Called after each try.</param>
    /// <returns>The last try's ack.</returns>
    public async Task<WebhookAck> DeliverAsync(
        IReadOnlyList<WebhookEvent> events, RedeliveryPlan plan, Action<WebhookAck>? tried = null, CancellationToken cancel = default)
    {
        var ack = await PostAsync(events, isRedelivery: false, cancel);
        tried?.Invoke(ack);
        var pause = plan.FirstPause;
        for (var n = 0; n < plan.Most && !ack.IsOk; n++)
        {
            await Task.Delay(pause, time, cancel);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, plan.LongestPause.Ticks));
            ack = await PostAsync(events, isRedelivery: true, cancel);
            tried?.Invoke(ack);
        }

        return ack;
    }

    /// <summary>Posts once. A redelivery gives unused reply tokens another minute, and the minute of a first call begins when it is made.</summary>
    public Task<WebhookAck> PostAsync(IReadOnlyList<WebhookEvent> events, bool isRedelivery, CancellationToken cancel = default)
    {
        var body = WebhookEvent.Body(channel.Setup.BotUserId, events, isRedelivery);
        return InTurnAsync(waited => CallAsync(body, null, isRedelivery || waited ? events : [], cancel), cancel);
    }

    /// <summary>Posts any bytes, signed rightly unless a signature is given.</summary>
    public Task<WebhookAck> PostAsync(byte[] body, string? signature, CancellationToken cancel = default) => InTurnAsync(_ => CallAsync(body, signature, [], cancel), cancel);

    private async Task<WebhookAck> InTurnAsync(Func<bool, Task<WebhookAck>> call, CancellationToken cancel)
    {
        if (turns is null) return await call(false);
        await turns.WaitAsync(cancel);
        try
        {
            return await call(true);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<WebhookAck> CallAsync(byte[] body, string? signature, IReadOnlyList<WebhookEvent> renewed, CancellationToken cancel)
    {
        foreach (var token in renewed.Select(e => e.ReplyToken).OfType<string>()) channel.ReplyTokens.Redelivered(token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature ?? WebhookSignature.Of(secret, body));
        request.Headers.TryAddWithoutValidation("User-Agent", "LineBotWebhook/2.0");
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            return new((int)response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is HttpRequestException or OperationCanceledException)
        {
            return new(0, Stopwatch.GetElapsedTime(started));
        }
    }
}
