using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using ChatDesk.Delivery;
using ChatDesk.Desk.Api;
using ChatDesk.Desk.Attached;
using ChatDesk.Desk.Casework;
using ChatDesk.Desk.Dashboard;
using ChatDesk.Desk.Live;
using ChatDesk.Desk.Shell;
using ChatDesk.People;
using ChatDesk.People.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatDesk.Desk;

/// <summary>Adds and maps the officers' pages.</summary>
internal static class DeskSetup
{
    public static IServiceCollection AddDeskPages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "chatdesk.form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            form.SuppressXFrameOptionsHeader = true; // Said once for all pages, with the other headers.
        });
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // A browser that is really gone keeps rendering meanwhile (ui.md 1.3).
            circuits.DisconnectedCircuitMaxRetained = 20;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(60);
        });
        services.AddCascadingAuthenticationState();
        return services.AddConsole();
    }

    /// <summary>The live console: one board an agency, one state a page.</summary>
    private static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<LiveBoards>()
        .AddSingleton<OfficerActs>()
        .AddSingleton<AgencyFacts>()
        .AddSingleton<ContactCases>()
        .AddSingleton<Suggestions>()
        .AddSingleton<DashboardReader>()
        .AddSingleton<AttachedFiles>()
        .AddHostedService<AttachedSweeper>()
        .AddScoped<Administration.AuditWords>()
        .AddScoped<ConsoleState>();

    /// <summary>What every page needs before routes run: a page for every refusal, the officer's language, forms that are the desk's own.</summary>
    public static void UseDeskPages(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(context => ShowStatusAsync(context.HttpContext));
        // What nobody foresaw is logged here and becomes a status, which the line above turns into a page: no browser shows a blank one.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static _ => Task.CompletedTask,
            StatusCodeSelector = StatusOf,
            // What a caller did wrong is answered and is no error of ours.
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
        });
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when IsAway(fault) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The database could not be reached; asked again in a moment, it may answer.</summary>
    private static bool IsAway(Exception? fault) =>
        fault is not (null or HttpRequestException) && (fault is LedgerException or DbException { IsTransient: true } or SocketException || IsAway(fault.InnerException));

    public static void MapDeskPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowAnonymous();
        // Who may frame a page is said once for all, with the other headers.
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null).Add(GuardFramework);
        routes.MapPost("/desk/sign-out", (RequestDelegate)SignOutAsync).RequireAuthorization(DeskPolicies.Account);
        routes.MapPost("/desk/preferences", (RequestDelegate)DeskPreferences.ChangeAsync).AllowAnonymous();
        if (routes.ServiceProvider.GetRequiredService<PeopleOptions>().OpenIdConnect is not null)
            routes.MapGet(IdentityProvider.StartPath, (RequestDelegate)GoToProviderAsync).AllowAnonymous();
        routes.MapConsole();
        routes.MapCasework();
        routes.MapGet("/desk/awake", (RequestDelegate)(http => { http.Response.StatusCode = StatusCodes.Status204NoContent; return Task.CompletedTask; }))
            .RequireAuthorization(DeskPolicies.Account);
    }

    private static async Task ShowStatusAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) || !AcceptsPages(http)) return;
        // A page that found nothing has used up this request's renderer: the status page gets one of its own.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        // The page before it has said this already, and the renderer adds it without looking.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        // Out here the request's language is over already.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = DeskPreferences.LanguageOf(http);
        try
        {
            await new RazorComponentResult<StatusPage>(new { Status = http.Response.StatusCode }) { StatusCode = http.Response.StatusCode }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    /// <summary>The framework's own routes: circuits are for whoever is signed in, its scripts for all.</summary>
    private static void GuardFramework(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } path }) return;
        path = "/" + path.TrimStart('/');
        if (path.StartsWith("/_blazor", StringComparison.Ordinal)) endpoint.Metadata.Add(new AuthorizeAttribute(DeskPolicies.SignedIn));
        else if (path.StartsWith("/_framework/", StringComparison.Ordinal)) endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        if (!await DeskForms.HoldsTokenAsync(http)) return;
        await http.RequestServices.GetRequiredService<OfficerSignIn>().SignOutAsync(http);
        http.Response.Redirect(OfficerCookieEvents.SignInPath);
    }

    private static Task GoToProviderAsync(HttpContext http) => http.ChallengeAsync(
        IdentityProvider.Scheme, new AuthenticationProperties { RedirectUri = DeskForms.LocalOrHome(http.Request.Query["return"]) });

    private static bool AcceptsPages(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
