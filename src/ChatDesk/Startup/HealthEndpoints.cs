using ChatDesk.Delivery;

namespace ChatDesk.Startup;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can store what arrives, and is not on its way out.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", (RequestDelegate)(http => http.Response.WriteAsync("ok\n", http.RequestAborted))).AllowAnonymous();
        routes.MapGet("/readyz", (RequestDelegate)ReadyAsync).AllowAnonymous();
    }

    private static async Task ReadyAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("stopping\n", http.RequestAborted);
            return;
        }
        var ledger = http.RequestServices.GetRequiredService<ILedger>();
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        try
        {
            await ledger.RememberAsync("", "desk", "ready-probe", "", time.GetUtcNow());
            await http.Response.WriteAsync("ready\n", http.RequestAborted);
        }
        catch (LedgerException)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("the ledger cannot be written\n", http.RequestAborted);
        }
    }
}
