using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Access;

/// <summary>Stands before every endpoint of the web chat: headers, limits by address, origin, token, and one form for every refusal.</summary>
internal sealed class WebEntrance(WebSeals seals, TrustedOrigins origins, WebThrottles throttles, ILogger<WebEntrance> log)
{
    private const string Scheme = "Bearer ";

    /// <summary>For anyone; the endpoint decides itself.</summary>
    /// <param name="handle">Answers, and returns null; or says why not.</param>
    public RequestDelegate Open(Func<HttpContext, Task<DirectLineError?>> handle)
    {
        return AnswerAsync;

        Task AnswerAsync(HttpContext http) => RunAsync(http, () => handle(http));
    }

    /// <summary>For callers with a valid token, from where it may be used, to its own conversation only.</summary>
    /// <param name="handle">The same; the token alone says who calls and what they may see.</param>
    public RequestDelegate WithToken(Func<HttpContext, WebToken, Task<DirectLineError?>> handle)
    {
        return AnswerAsync;

        Task AnswerAsync(HttpContext http) => RunAsync(http, () => Check(http, out var token) is { } refusal ? Refuse(refusal) : handle(http, token!));
    }

    /// <summary>Answers the question that browsers ask before a call from another site.</summary>
    public Task PreflightAsync(HttpContext http)
    {
        Prepare(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        if (http.Response.Headers.AccessControlAllowOrigin.Count > 0)
        {
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            http.Response.Headers.AccessControlAllowHeaders = "authorization, content-type, x-ms-bot-agent, x-requested-with";
            http.Response.Headers.AccessControlMaxAge = "600";
        }
        return Task.CompletedTask;
    }

    /// <returns>What follows <c>Bearer</c>, or null when there is no such header.</returns>
    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;

    private DirectLineError? Check(HttpContext http, out WebToken? token)
    {
        token = null;
        if (Bearer(http.Request) is not { } text) return DirectLineError.NoAuthorization;
        token = seals.OpenToken(text);
        if (token is null) return DirectLineError.TokenExpired;
        if (!origins.Allows(http.Request, token.Agency, token.Origins)) return DirectLineError.OriginNotTrusted;
        return http.Request.RouteValues["conversation"] is string asked && asked != token.Conversation ? DirectLineError.NoConversation : null;
    }

    private static Task<DirectLineError?> Refuse(DirectLineError error) => Task.FromResult<DirectLineError?>(error);

    private async Task RunAsync(HttpContext http, Func<Task<DirectLineError?>> handle)
    {
        Prepare(http);
        DirectLineError? error;
        try
        {
            error = await throttles.Requests.TakeAsync(WebThrottles.AddressOf(http)) is { } wait ? DirectLineError.TooMany(wait) : await handle();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (LedgerException fault)
        {
            log.LogError("A web request waits for the ledger: {Fault}", fault.Message);
            error = DirectLineError.LedgerDown;
        }
        catch (BadHttpRequestException fault)
        {
            error = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? DirectLineError.TooLarge("The body is too large.") : DirectLineError.Bad("The request cannot be read.");
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A web request failed");
            error = DirectLineError.Failed;
        }
        if (error is not null && !http.Response.HasStarted) await error.WriteAsync(http);
    }

    /// <summary>Nothing here is ever a page, kept by a cache, or read by a site that was not named.</summary>
    private void Prepare(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = "Origin";
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !origins.IsKnown(http.Request, origin)) return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "Retry-After";
    }
}
