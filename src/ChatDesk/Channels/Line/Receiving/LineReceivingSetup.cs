namespace ChatDesk.Channels.Line.Receiving;

/// <summary>Adds and maps LINE's way in.</summary>
internal static class LineReceivingSetup
{
    public static IServiceCollection AddLineReceiving(this IServiceCollection services) => services.AddSingleton<LineWebhookEndpoint>();

    public static void MapLineReceiving(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<LineWebhookEndpoint>();
        routes.MapPost("/line/{agency}/webhook", (RequestDelegate)endpoint.HandleAsync)
            .AllowAnonymous() // The signature is the key.
            .ShortCircuit(); // Nobody signs in here, and LINE sends thousands a second: no other middleware has a say.
        routes.Map("/line/{agency}/webhook", (RequestDelegate)RefuseMethod).AllowAnonymous().ShortCircuit();
    }
    private static Task RefuseMethod(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = HttpMethods.Post;
        return Task.CompletedTask;
    }
}
