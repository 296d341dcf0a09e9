namespace ChatDesk.Startup;

/// <summary>A page that other sites may show in a frame says which; every other page may be framed by nobody.</summary>
/// <param name="Origins">Origins as a browser writes them: <c>https://www.example.go.th</c>.</param>
internal sealed record FrameAncestors(IReadOnlyList<string> Origins);

/// <summary>
/// The security headers of every answer, said in this one place. Scripts, styles, pictures and calls come from this desk
/// only, nothing inline; a page that needs more changes this file and says why.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors ";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    }

    private static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        // A page that has said what it needs itself keeps its word (the chat page and its frame say more, and are stricter).
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            var ancestors = http.GetEndpoint()?.Metadata.GetMetadata<FrameAncestors>()?.Origins;
            headers.ContentSecurityPolicy = Policy + (ancestors is { Count: > 0 } ? string.Join(' ', ancestors) : "'none'");
        }
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers["Permissions-Policy"].Count == 0) headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        // Pages of the desk show people's words: no copy stays in a browser or proxy.
        if (http.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            headers.CacheControl = "no-store";
    }
}
