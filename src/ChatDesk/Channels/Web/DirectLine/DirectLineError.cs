using System.Globalization;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>A refusal, in Direct Line's words: <c>{"error":{"code","message"}}</c>. Messages are for developers and never hold what the client sent.</summary>
internal sealed record DirectLineError(int Status, string Code, string Message)
{
    public static readonly DirectLineError NoAuthorization = new(401, "MissingAuthorization", "Send 'Authorization: Bearer TOKEN'.");
    public static readonly DirectLineError TokenExpired = new(403, "TokenExpired", "The token has expired or is not one of this desk.");
    public static readonly DirectLineError BadSecret = new(403, "BadSecret", "The secret is not one of this desk.");
    public static readonly DirectLineError OriginNotTrusted = new(403, "OriginNotTrusted", "Pages of this origin may not use this chat: Agencies:{id}:Web:TrustedOrigins does not name it.");
    public static readonly DirectLineError NoConversation = new(404, "ConversationNotFound", "The token opens no such conversation.");
    public static readonly DirectLineError NotFound = new(404, "NotFound", "There is nothing at this address.");
    public static readonly DirectLineError TooManyStreams = new(429, "TooManyStreams", "This conversation has enough open streams.");
    public static readonly DirectLineError LedgerDown = new(503, "ServiceUnavailable", "Nothing was stored: send it again.");

    public static readonly DirectLineError Failed = new(500, "InternalError", "The desk failed; its log says why.");

    /// <summary>How long the client is asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static DirectLineError Bad(string message, string code = "BadArgument") => new(400, code, message);

    public static DirectLineError TooLarge(string message, string code = "TooLarge") => new(413, code, message);

    public static DirectLineError TooMany(TimeSpan wait) => new(429, "TooManyRequests", "Too many requests: wait as Retry-After says.") { RetryAfter = wait };

    public Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        if (RetryAfter is { } wait) http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(new { error = new { code = Code, message = Message } }, http.RequestAborted);
    }
}
