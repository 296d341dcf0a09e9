using System.Diagnostics;
using System.Net;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>One kind of call: what to ask, and the path that stands in the log.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Operation">Its name in figures and traces, where a path could name a contact.</param>
internal sealed record LineCall(HttpMethod Method, Uri Url, string Operation)
{
    public string Path { get; } = Url.AbsolutePath;
}

/// <summary>
/// The one HTTP line to LINE, for all agencies. Turns whatever the network does into a <see cref="LineAnswer"/> and logs
/// method, path, status, LINE's request id and the time taken; never a body, never a token.
/// </summary>
internal sealed partial class LineWire : IDisposable
{
    // An invoker, not an HttpClient: the desk keeps its own deadlines, and the client's cost an allocation or two a call.
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private readonly ILogger<LineWire> _log;

    public LineWire(LineOptions options, TimeProvider time, ILogger<LineWire> log)
    {
        (_time, _log) = (time, log);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Shorter than the request's own deadline, so that "could not connect" stays apart from "no answer".
            ConnectTimeout = options.RequestTimeout / 2,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // Spans yes, but no trace header of ours in LINE's logs.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        });
    }

    /// <summary>Makes one call and lets <paramref name="read"/> take what it needs from a successful answer, all within <paramref name="timeout"/>.</summary>
    /// <exception cref="OperationCanceledException">Only when <paramref name="stopping"/> says so.</exception>
    public async ValueTask<LineAnswer> SendAsync(
        string agency, LineCall call, HttpRequestMessage request, TimeSpan timeout,
        Func<HttpResponseMessage, CancellationToken, ValueTask>? read, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        using var span = DeskTraces.Call(call.Operation);
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var stop = stopping.UnsafeRegister(static d => ((CancellationTokenSource)d!).Cancel(), deadline);
        var began = _time.GetTimestamp();
        LineAnswer answer;
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            answer = await ReadAsync(response, read, deadline.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(stopping);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            answer = Unanswered(e, deadline.IsCancellationRequested);
        }
        span?.SetTag("http.response.status_code", answer.Status).SetTag("line.request_id", answer.RequestId);
        // 409 says that an earlier try had arrived.
        if (!answer.Success && answer.Status != 409)
        {
            DeskMeters.LineFailed(agency, call.Operation, answer.Word);
            span?.SetStatus(ActivityStatusCode.Error, answer.Word);
        }
        Log(agency, call, answer, _time.GetElapsedTime(began));
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<LineAnswer> ReadAsync(
        HttpResponseMessage response, Func<HttpResponseMessage, CancellationToken, ValueTask>? read, CancellationToken stopping)
    {
        var status = (int)response.StatusCode;
        var answer = new LineAnswer(LineReach.Answered)
        {
            Status = status,
            RequestId = Header(response, "X-Line-Request-Id"),
            AcceptedRequestId = status == 409 ? Header(response, "x-line-accepted-request-id") : null,
            Word = StatusWord(status),
        };
        if (answer.Success)
        {
            if (read is not null) await read(response, stopping);
            return answer;
        }
        var (error, properties) = await LineErrorBody.ReadAsync(response, stopping);
        return answer with { Error = error, ErrorProperties = properties };
    }

    // A connect time-out is a cancellation too, but not by our deadline: nothing had been sent yet.
    private static LineAnswer Unanswered(Exception e, bool late) => e switch
    {
        _ when late => LineAnswer.NoAnswer("timeout"),
        OperationCanceledException => LineAnswer.NotSent("unreachable"),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        } => LineAnswer.NotSent("unreachable"),
        _ => LineAnswer.NoAnswer("broken"),
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    private static string StatusWord(int status) => status == 200 ? "http-200" : string.Create(null, $"http-{status}");

    private void Log(string agency, LineCall call, in LineAnswer answer, TimeSpan took)
    {
        var level = answer.Success ? LogLevel.Debug : LogLevel.Warning;
        if (!_log.IsEnabled(level)) return;
        if (answer.Reach == LineReach.Answered) LogAnswered(level, agency, call.Method.Method, call.Path, answer.Status, answer.RequestId, (long)took.TotalMilliseconds, answer.ErrorProperties);
        else LogUnanswered(agency, call.Method.Method, call.Path, answer.Word, (long)took.TotalMilliseconds);
    }

    [LoggerMessage(Message = "LINE {Agency} {Method} {Path}: {Status} {RequestId} in {Milliseconds} ms {ErrorProperties}")]
    private partial void LogAnswered(LogLevel level, string agency, string method, string path, int status, string? requestId, long milliseconds, string? errorProperties);

    [LoggerMessage(LogLevel.Warning, "LINE {Agency} {Method} {Path}: {Word} after {Milliseconds} ms")]
    private partial void LogUnanswered(string agency, string method, string path, string word, long milliseconds);
}
