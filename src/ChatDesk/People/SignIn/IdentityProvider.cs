using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Sign-in by the agency's own identity provider (OpenID Connect, code flow with PKCE). It proves who somebody is; whether
/// that is an officer of this desk, and which, the desk alone decides: an account with that user name must be there.
/// </summary>
internal static class IdentityProvider
{
    public const string Scheme = "provider";
    public const string StartPath = "/desk/sign-in/provider";

    private const string Refused = $"{OfficerCookieEvents.SignInPath}?because=provider";

    public static void Configure(OpenIdConnectOptions connect, IdentityProviderOptions options)
    {
        connect.Authority = options.Authority;
        connect.ClientId = options.ClientId;
        connect.ClientSecret = options.ClientSecret;
        connect.RequireHttpsMetadata = options.RequireHttps;
        connect.ResponseType = "code";
        connect.ResponseMode = "query"; // A GET back to us: the cookies of this sign-in may then be SameSite=Lax.
        connect.UsePkce = true;
        connect.CallbackPath = $"{StartPath}/done";
        connect.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email"]) connect.Scope.Add(scope);
        connect.MapInboundClaims = false;
        connect.GetClaimsFromUserInfoEndpoint = true;
        connect.ClaimActions.MapUniqueJsonKey(options.OfficerClaim, options.OfficerClaim);
        connect.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        foreach (var cookie in (CookieBuilder[])[connect.CorrelationCookie, connect.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        connect.Events.OnTicketReceived = ticket => ReceiveAsync(ticket, options);
        connect.Events.OnRemoteFailure = failure =>
        {
            LogOf(failure.HttpContext).LogWarning("The identity provider's answer was refused: {Fault}", failure.Failure?.Message);
            failure.HandleResponse();
            failure.Response.Redirect(Refused);
            return Task.CompletedTask;
        };
    }

    private static async Task ReceiveAsync(TicketReceivedContext ticket, IdentityProviderOptions options)
    {
        var services = ticket.HttpContext.RequestServices;
        var name = ticket.Principal?.FindFirst(options.OfficerClaim)?.Value;
        var isUnverified = options.OfficerClaim == "email" && string.Equals(ticket.Principal?.FindFirst("email_verified")?.Value, "false", StringComparison.OrdinalIgnoreCase);
        var officer = name is null || isUnverified ? null : await services.GetRequiredService<UserManager<Officer>>().FindByNameAsync(name);
        ticket.HandleResponse();
        if (officer is null or { Disabled: true } or { IsDemo: true })
        {
            LogOf(ticket.HttpContext).LogWarning("The identity provider named somebody who is no officer here (claim {Claim})", options.OfficerClaim);
            ticket.Response.Redirect(Refused);
            return;
        }
        await services.GetRequiredService<OfficerSignIn>().BeginSessionAsync(ticket.HttpContext, officer, SessionProof.Provider);
        ticket.Response.Redirect(ticket.ReturnUri ?? "/desk");
    }

    private static ILogger LogOf(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IdentityProvider));
}
