namespace ChatDesk.Pages;

/// <summary>What a browser is told about a page: nothing inline runs, nothing from elsewhere loads, and who may put it into a frame.</summary>
internal static class PageHeaders
{
    /// <param name="http">The request being answered.</param>
    /// <param name="ancestors">Origins whose pages may hold this one in a frame; empty allows none.</param>
    /// <param name="mayPostForms">True for a page that works without scripts.</param>
    public static void Write(HttpContext http, IReadOnlyList<string> ancestors, bool mayPostForms = false)
    {
        var headers = http.Response.Headers;
        var host = http.Request.Host.Value;
        // Safari before 15.4 does not count sockets as 'self', so they are named.
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; " +
            $"connect-src 'self' {(http.Request.IsHttps ? "wss" : "ws")}://{host}; base-uri 'none'; form-action {(mayPostForms ? "'self'" : "'none'")}; " +
            $"frame-ancestors {(ancestors.Count == 0 ? "'none'" : string.Join(' ', ancestors))}; " +
            "require-trusted-types-for 'script'; trusted-types 'none'";
        if (ancestors.Count == 0) headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-cache";
    }
}
