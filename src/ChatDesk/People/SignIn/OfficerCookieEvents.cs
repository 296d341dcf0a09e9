using ChatDesk.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ChatDesk.People.SignIn;

/// <summary>Asks for every request whether the cookie's session still holds, and answers pages with pages and everything else with a status.</summary>
internal sealed class OfficerCookieEvents : CookieAuthenticationEvents
{
    public const string SignInPath = "/desk/sign-in";
    public const string SecondFactorPath = "/desk/account/authenticator";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<OfficerSessions>();
        if (await sessions.FindAsync(context.Principal!) is not { } officer)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(DeskClaims.Scheme);
            return;
        }
        context.Principal = officer;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!AsksForPage(request)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect($"{SignInPath}?return={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var mustSecure = context.HttpContext.User.HasClaim(c => c.Type == DeskClaims.MustSecure);
        if (mustSecure && AsksForPage(context.Request)) context.Response.Redirect(SecondFactorPath);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool AsksForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/desk", StringComparison.Ordinal);
}
