using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;

namespace ChatDesk.Cases.Tracking;

/// <summary>
/// The public page of cases, <c>/cases/track/{agency}</c>: for contacts without LINE, and for those who were promised that
/// they need none. Number and code are posted, never part of an address that a log or a history keeps.
/// </summary>
internal static class TrackEndpoints
{
    private const int FormLimit = 64 * 1024;

    /// <param name="routes">Where to map.</param>
    /// <param name="agencies">Those served; with one, its id may be left out of the address.</param>
    public static void MapCaseTracking(this IEndpointRouteBuilder routes, IReadOnlyList<string> agencies)
    {
        routes.MapGet(TrackPage.StylePath, (RequestDelegate)StyleAsync).ExcludeFromDescription().AllowAnonymous();
        routes.MapMethods("/cases/track/{agency?}", ["GET", "POST"], http => ServeAsync(http, agencies)).ExcludeFromDescription().AllowAnonymous();
    }

    private static Task StyleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.WriteAsync(TrackPage.Style, http.RequestAborted);
    }

    private static async Task ServeAsync(HttpContext http, IReadOnlyList<string> agencies)
    {
        var agency = http.Request.RouteValues["agency"] as string ?? (agencies.Count == 1 ? agencies[0] : null);
        if (agency is null || !agencies.Contains(agency))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var basis = http.RequestServices.GetRequiredService<CaseBasisOf>()(agency);
        var page = new TrackPage(basis, agency, http.Request.Query["lang"] == "en" ? "en" : "th");
        Guard(http.Response);
        var html = HttpMethods.IsPost(http.Request.Method) ? await PostAsync(http, agency, page) : page.Form(null, null);
        if (html is not null) await http.Response.WriteAsync(html, http.RequestAborted);
    }

    /// <summary>Nothing is kept, framed, scripted or loaded from elsewhere.</summary>
    private static void Guard(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
    }

    private static async Task<string?> PostAsync(HttpContext http, string agency, TrackPage page)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > FormLimit)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
        var brake = http.RequestServices.GetRequiredService<TrackingBrake>();
        var who = $"ip/{http.Connection.RemoteIpAddress}";
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string number = form["number"].ToString(), code = form["code"].ToString();
        if (!brake.Passes(who))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return page.Form("page_too_often", number);
        }
        var tracking = http.RequestServices.GetRequiredService<CaseTracking>();
        var found = await tracking.FindAsync(agency, number, code, http.RequestAborted);
        if (found is null)
        {
            brake.Miss(who);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return page.Form("page_not_found", number);
        }
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (Deed(form["do"]) is not { } deed) return page.Show(found, code, null, now);
        var stale = form["seen"] != found.Steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return stale ? page.Show(found, code, null, now) : await DoAsync(http, tracking, page, found, code, deed, form["text"].ToString(), now);
    }

    private static async Task<string> DoAsync(HttpContext http, CaseTracking tracking, TrackPage page, PublicCase found, string code, CaseDeed deed, string text, DateTimeOffset now)
    {
        try
        {
            var after = await tracking.DoAsync(found.Agency, found.Number, code, deed, text.Length > 0 ? text : null, http.RequestAborted);
            return page.Show(after ?? found, code, deed switch { CaseDeed.Contest => "contested", CaseDeed.Accept => "content", _ => "reply_taken" }, now);
        }
        catch (CaseRefusal refusal)
        {
            http.Response.StatusCode = refusal.Status;
            return page.Show(found, code, deed == CaseDeed.Reply ? "reply_not_needed" : "contest_too_late", now);
        }
    }

    private static CaseDeed? Deed(string? named) => named switch
    {
        "contest" => CaseDeed.Contest,
        "content" => CaseDeed.Accept,
        "reply" => CaseDeed.Reply,
        _ => null,
    };
}
