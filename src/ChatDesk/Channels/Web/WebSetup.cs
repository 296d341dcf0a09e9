using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Channels.Web.Streaming;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web;

/// <summary>Adds and maps the web chat's server. Needs data protection, the ledger and the file store.</summary>
internal static class WebSetup
{
    private const string Root = "/v3/directline";

    public static IServiceCollection AddWebChat(this IServiceCollection services, WebOptions options) => services
        .AddSingleton(options)
        .AddSingleton<WebSeals>()
        .AddSingleton<TrustedOrigins>()
        .AddSingleton<WebThrottles>()
        .AddSingleton<WebEntrance>()
        .AddSingleton<WebAgencies>()
        .AddSingleton<VisitorCookie>()
        .AddSingleton<SpentTickets>()
        .AddSingleton<WebFeed>()
        .AddSingleton<WebTyping>()
        .AddSingleton<WebMessageMapper>()
        .AddSingleton<IChannelSender, WebSender>()
        .AddSingleton<TokenEndpoint>()
        .AddSingleton<ConversationEndpoint>()
        .AddSingleton<ActivityEndpoint>()
        .AddSingleton<UploadEndpoint>()
        .AddSingleton<StreamEndpoint>()
        .AddSingleton<FileEndpoint>()
        .AddHostedService<WebFileWorker>();

    public static void MapWebChat(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        var entrance = app.Services.GetRequiredService<WebEntrance>();
        // Contacts hold tokens of the protocol, which its endpoints check; officers' sign-in has no say here.
        var routes = app.MapGroup(Root).AllowAnonymous();
        MapTokens(routes, entrance, app.Services.GetRequiredService<TokenEndpoint>());
        MapConversations(routes, entrance, app.Services);
        routes.MapGet("/files/{ticket}", entrance.Open(app.Services.GetRequiredService<FileEndpoint>().SendAsync));
        routes.MapMethods("/{**path}", [HttpMethods.Options], (RequestDelegate)entrance.PreflightAsync);
        routes.Map("/{**path}", entrance.Open(_ => Task.FromResult<DirectLineError?>(DirectLineError.NotFound)));
    }

    private static void MapTokens(RouteGroupBuilder routes, WebEntrance entrance, TokenEndpoint tokens)
    {
        routes.MapPost("/tokens/generate", entrance.Open(tokens.GenerateAsync));
        routes.MapPost("/tokens/refresh", entrance.WithToken(tokens.RefreshAsync));
        routes.MapPost("/tokens/forget", entrance.Open(tokens.ForgetAsync));
    }

    private static void MapConversations(RouteGroupBuilder routes, WebEntrance entrance, IServiceProvider services)
    {
        var conversations = services.GetRequiredService<ConversationEndpoint>();
        var activities = services.GetRequiredService<ActivityEndpoint>();
        routes.MapPost("/conversations", entrance.Open(conversations.BeginAsync));
        routes.MapGet("/conversations/{conversation}", entrance.WithToken(conversations.ReconnectAsync));
        routes.MapPost("/conversations/{conversation}/activities", entrance.WithToken(activities.PostAsync));
        routes.MapGet("/conversations/{conversation}/activities", entrance.WithToken(activities.ReadAsync));
        routes.MapPost("/conversations/{conversation}/upload", entrance.WithToken(services.GetRequiredService<UploadEndpoint>().PostAsync));
        routes.MapGet("/conversations/{conversation}/stream", entrance.Open(services.GetRequiredService<StreamEndpoint>().OpenAsync));
    }
}
