namespace ChatDesk.Channels.Web.Access;

/// <summary>
/// Knows a browser again: a sealed cookie that no script can read and that goes to the token endpoints only. A page in a frame of
/// another site has a cookie of its own kind, which browsers keep apart for each site around it.
/// </summary>
internal sealed class VisitorCookie(WebOptions options, WebSeals seals, TimeProvider time)
{
    private const string Path = "/v3/directline/tokens";

    /// <returns>Who the browser says it is; null when it is new, or its cookie is not ours.</returns>
    public KnownVisitor? Read(HttpRequest request, string agency) =>
        seals.OpenVisitor(request.Cookies[Name(request, agency)]) is { } known && known.Agency == agency ? known : null;

    public void Write(HttpContext http, string agency, string visitor, string conversation)
    {
        var expires = time.GetUtcNow() + options.VisitorLife;
        http.Response.Cookies.Append(Name(http.Request, agency), seals.Seal(new KnownVisitor(agency, visitor, conversation, expires)), Options(http.Request, options.VisitorLife));
    }

    public void Forget(HttpContext http, string agency) => http.Response.Cookies.Append(Name(http.Request, agency), "", Options(http.Request, TimeSpan.Zero));

    private static string Name(HttpRequest request, string agency) => IsEmbedded(request) ? $"chatdesk_embedded_{agency}" : $"chatdesk_{agency}";

    private static bool IsEmbedded(HttpRequest request) => request.IsHttps && request.Query.ContainsKey("embedded");

    private static CookieOptions Options(HttpRequest request, TimeSpan life)
    {
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = life,
            Path = Path,
            Secure = request.IsHttps,
            SameSite = IsEmbedded(request) ? SameSiteMode.None : SameSiteMode.Lax,
        };
        if (IsEmbedded(request)) cookie.Extensions.Add("Partitioned");
        return cookie;
    }
}
