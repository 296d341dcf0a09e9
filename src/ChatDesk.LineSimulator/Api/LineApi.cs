using System.Buffers;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.LineSimulator.Api;

/// <summary>
/// The HTTP door of <see cref="LineCloud"/>: api.line.me and api-data.line.me under one roof. A single handler without
/// routing, logging or reflection, since in benchmarks it shares the processors with the desk.
/// </summary>
internal sealed class LineApi(LineCloud cloud, FaultPlan faults, LineApiOptions options)
{
    /// <summary>A body over 2 MB is 413 (ref@10900).</summary>
    public const int MostBodyBytes = 2 * 1024 * 1024;

    private const string RequestIdHeader = "X-Line-Request-Id";
    private const string RetryKeyHeader = "X-Line-Retry-Key";
    private const string AcceptedRequestIdHeader = "x-line-accepted-request-id";

    private long requestCount;

    /// <summary>Every request and how it ended, if the options say so.</summary>
    public BoundedLog<ReceivedRequest> Requests { get; } = new();

    /// <summary>Raised after each request, recorded or not.</summary>
    public event Action<ReceivedRequest>? Handled;

    public FaultPlan Faults => faults;

    /// <summary>How many requests came so far.</summary>
    public long RequestCount => Interlocked.Read(ref requestCount);

    public async Task HandleAsync(HttpContext context)
    {
        var length = (int)Math.Min(context.Request.ContentLength ?? 0, MostBodyBytes + 1);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1024));
        try
        {
            (buffer, var read) = await RequestBody.ReadAsync(context, buffer, MostBodyBytes);
            await HandleAsync(context, buffer.AsMemory(0, read));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The bot went away; LINE would not mind either.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task HandleAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var http = context.Request;
        var route = LineRoute.Match(http.Method, http.Path.Value ?? "");
        var retryKey = http.Headers.TryGetValue(RetryKeyHeader, out var key) ? key.ToString() : null;
        var request = new LineRequest(Guid.NewGuid().ToString(), route, body, retryKey);
        Interlocked.Increment(ref requestCount);
        var fault = faults.Next(route.Endpoint);
        LineAnswer? answer = null;
        try
        {
            answer = await MeetAsync(context, request, fault);
        }
        finally
        {
            // Noted before the bot can read its answer: whoever has an answer in hand finds it in the record.
            Note(context, request, fault, answer?.Status ?? 0);
        }
        if (answer is null) context.Abort();
        else await WriteAsync(context, request, answer);
    }

    /// <returns>What to answer, or null when the line is to be dropped.</returns>
    private async Task<LineAnswer?> MeetAsync(HttpContext context, LineRequest request, FaultKind fault)
    {
        switch (fault)
        {
            case FaultKind.RateLimited: return LineErrors.RateLimited;
            case FaultKind.ServerError: return LineErrors.ServerError;
            case FaultKind.DropBeforeAccept: return null;
            case FaultKind.HangBeforeAccept: await HangAsync(context); break;
        }

        var answer = Decide(context, request);
        if (fault == FaultKind.AcceptThenDrop) return null;
        if (fault == FaultKind.AcceptThenHang) await HangAsync(context);
        return answer;
    }

    private LineAnswer Decide(HttpContext context, LineRequest request)
    {
        var route = request.Route;
        if (request.Body.Length > MostBodyBytes) return LineErrors.TooLarge;
        if (route.Endpoint == LineEndpoint.Unknown) return LineErrors.NoProfile;
        if (route.Endpoint == LineEndpoint.Token) return TokenEndpoint.Issue(cloud, request);
        if (Authenticate(context) is not { } channel) return LineErrors.Unauthorized;
        if (request.RetryKey is not null && !TakesRetryKey(route.Endpoint)) return LineErrors.RetryKeyNotAllowed;
        return Decide(context, request, channel);
    }

    private LineAnswer Decide(HttpContext context, LineRequest request, LineChannel channel)
    {
        var (endpoint, first, second) = request.Route;
        return endpoint switch
        {
            LineEndpoint.Reply or LineEndpoint.Push or LineEndpoint.Multicast or LineEndpoint.Narrowcast or LineEndpoint.Broadcast
                => SendEndpoints.Send(channel, request, options.Strict),
            LineEndpoint.ValidateReply or LineEndpoint.ValidatePush or LineEndpoint.ValidateMulticast or LineEndpoint.ValidateNarrowcast
                or LineEndpoint.ValidateBroadcast => SendEndpoints.Validate(request),
            LineEndpoint.Loading => ChatEndpoints.StartLoading(channel, request, cloud.Time.GetUtcNow()),
            LineEndpoint.MarkAsRead => ChatEndpoints.MarkAsRead(channel, request),
            _ when !channel.Rates.TryPass(endpoint) => LineErrors.RateLimited,
            LineEndpoint.Profile => ReadEndpoints.Profile(channel, first!),
            LineEndpoint.BotInfo => ReadEndpoints.BotInfo(channel),
            LineEndpoint.Quota => ReadEndpoints.Quota(channel),
            LineEndpoint.Consumption => ReadEndpoints.Consumption(channel),
            LineEndpoint.Delivery => ReadEndpoints.Delivery(channel, first!, context.Request.Query["date"]),
            LineEndpoint.Content => ContentEndpoints.Content(channel, first!),
            LineEndpoint.Preview => ContentEndpoints.Preview(channel, first!),
            LineEndpoint.Transcoding => ContentEndpoints.Transcoding(channel, first!),
            LineEndpoint.GroupMemberProfile => ReadEndpoints.GroupMember(channel, first!, second!),
            LineEndpoint.GroupMemberIds => ReadEndpoints.GroupMemberIds(channel, first!),
            LineEndpoint.GroupMemberCount => ReadEndpoints.GroupMemberCount(channel, first!),
            LineEndpoint.GroupSummary => ReadEndpoints.GroupSummary(channel, first!),
            LineEndpoint.GroupLeave => ReadEndpoints.Leave(channel, first!),
            _ => LineErrors.NoProfile,
        };
    }

    private LineChannel? Authenticate(HttpContext context)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.Ordinal) ? cloud.ByAccessToken(header.AsSpan(scheme.Length)) : null;
    }

    private static bool TakesRetryKey(LineEndpoint endpoint) =>
        endpoint is LineEndpoint.Push or LineEndpoint.Multicast or LineEndpoint.Narrowcast or LineEndpoint.Broadcast;

    private Task HangAsync(HttpContext context) => Task.Delay(faults.HangFor, cloud.Time, context.RequestAborted);

    private static async Task WriteAsync(HttpContext context, LineRequest request, LineAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers[RequestIdHeader] = request.Id;
        if (answer.AcceptedRequestId is { } accepted) response.Headers[AcceptedRequestIdHeader] = accepted;
        response.ContentType = answer.File?.ContentType ?? "application/json";
        response.ContentLength = answer.File is null ? answer.Body.Length : answer.FileBytes;
        if (answer.File is not null) await ContentEndpoints.StreamAsync(response, answer.FileBytes, context.RequestAborted);
        else await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private void Note(HttpContext context, LineRequest request, FaultKind fault, int status)
    {
        if (!options.Record && Handled is null) return;
        var received = new ReceivedRequest(
            cloud.Time.GetUtcNow(), request.Id, request.Route.Endpoint, context.Request.Method, context.Request.Path.Value ?? "",
            request.RetryKey, request.Body.ToArray(), status, fault);
        if (options.Record) Requests.Add(received);
        Handled?.Invoke(received);
    }
}
