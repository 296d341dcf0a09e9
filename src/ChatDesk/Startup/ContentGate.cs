using ChatDesk.Conversations;

namespace ChatDesk.Startup;

/// <summary>
/// Holds the doors that speak in the agencies' words until those are read: a second or two after the start. LINE's webhook
/// and the web chat's protocol need none and are open from the first moment.
/// </summary>
internal sealed class ContentGate(RequestDelegate next, ContentLibrary library)
{
    private static readonly PathString[] Doors = ["/desk", "/cases", "/open311", "/api"];

    /// <summary>Longer than any start that goes well; a caller without an answer by then is told to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!library.Loaded.IsCompleted && Doors.Any(door => http.Request.Path.StartsWithSegments(door)))
        {
            try
            {
                await library.Loaded.WaitAsync(Patience, http.RequestAborted);
            }
            catch (TimeoutException)
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                http.Response.Headers.RetryAfter = "5";
                await http.Response.WriteAsync("The desk is starting; try again in a few seconds.\n", http.RequestAborted);
                return;
            }
        }
        await next(http);
    }
}
