using ChatDesk.Returns;

namespace ChatDesk.Pages;

/// <summary>Adds and maps what citizens see in a browser.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services, PagesOptions options) => services
        .AddSingleton(options)
        .AddSingleton(_ => new PageFiles(options.Directory))
        .AddSingleton<ChatPage>()
        .AddSingleton<WidgetScript>()
        .AddSingleton<ReturnStopPage>();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var chat = routes.ServiceProvider.GetRequiredService<ChatPage>();
        var files = routes.ServiceProvider.GetRequiredService<PageFiles>();
        var widget = routes.ServiceProvider.GetRequiredService<WidgetScript>();
        routes.MapMethods("/", Reading, (RequestDelegate)chat.HandleHomeAsync).AllowAnonymous();
        routes.MapMethods("/chat/{agency}", Reading, (RequestDelegate)chat.HandleAsync).AllowAnonymous();
        routes.MapMethods("/chat/{agency}/frame", Reading, (RequestDelegate)chat.HandleFrameAsync).AllowAnonymous();
        routes.MapMethods($"{ReturnLinks.StopPath}{{seal}}", ["GET", "POST"], routes.ServiceProvider.GetRequiredService<ReturnStopPage>().HandleAsync).AllowAnonymous();
        routes.MapMethods("/widget.js", Reading, (RequestDelegate)widget.HandleAsync).AllowAnonymous();
        routes.MapMethods("/web/{version}/{**path}", Reading, (RequestDelegate)files.HandleAsync).AllowAnonymous();
    }

    private static readonly string[] Reading = ["GET", "HEAD"];
}
