using ChatDesk.Channels.Web.Access;

namespace ChatDesk.Returns;

/// <summary>Adds and maps the way back to contacts who have left.</summary>
internal static class ReturnSetup
{
    /// <summary>What turns need of it: codes and places.</summary>
    public static IServiceCollection AddReturnBook(this IServiceCollection services) => services.AddSingleton<ReturnBook>();

    /// <summary>What carries answers on, and what the chat page asks. Needs the web door and e-mail.</summary>
    public static IServiceCollection AddReturns(this IServiceCollection services, ReturnOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ReturnLinks>()
        .AddSingleton<ReturnEndpoints>()
        .AddHostedService<ReturnWorker>();

    public static void MapReturns(this WebApplication app)
    {
        var entrance = app.Services.GetRequiredService<WebEntrance>();
        var returns = app.Services.GetRequiredService<ReturnEndpoints>();
        // Contacts hold tokens of the web door, which it checks; officers' sign-in has no say here.
        var routes = app.MapGroup("/return").AllowAnonymous();
        routes.MapGet("", entrance.WithToken(returns.ShowAsync));
        routes.MapPost("/code", entrance.WithToken(returns.CodeAsync));
        routes.MapPost("/mail", entrance.WithToken(returns.MailAsync));
        routes.MapPost("/mail/confirm", entrance.WithToken(returns.ConfirmAsync));
        routes.MapPost("/stop", entrance.WithToken(returns.StopAsync));
    }
}
