using ChatDesk.People.Accounts;
using ChatDesk.People.Audit;
using ChatDesk.People.Sessions;
using ChatDesk.People.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People;

/// <summary>Adds accounts, sign-in, sessions, policies and the audit log.</summary>
internal static class PeopleSetup
{
    /// <summary>OWASP's figure for PBKDF2 with SHA-512.</summary>
    private const int PasswordIterations = 210_000;

    public static IServiceCollection AddPeople(this IServiceCollection services, PeopleOptions options)
    {
        services.AddSingleton(options);
        return services.AddAccounts().AddSignIn(options).AddAudit();
    }

    private static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Officer>(identity =>
        {
            identity.Password.RequiredLength = PasswordRules.Shortest;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequiredUniqueChars = 4;
        }).AddPasswordValidator<PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordIterations);
        return services
            .AddScoped<IUserStore<Officer>, OfficerStore>()
            .AddScoped<OfficerDirectory>()
            .AddScoped<OfficerAccount>()
            .AddScoped<OfficerInvites>()
            .AddScoped<FirstOfficers>()
            .AddScoped<SecondFactor>();
    }

    private static IServiceCollection AddSignIn(this IServiceCollection services, PeopleOptions options)
    {
        services.AddSingleton<OfficerSessions>().AddHostedService<SessionWatchWorker>();
        services.AddSingleton<SignInThrottle>().AddSingleton<OfficerCookies>();
        services.AddSingleton<IPasswordHasher<Officer>, PasswordHasher<Officer>>().AddSingleton<PasswordCost>();
        services.AddScoped<OfficerSignIn>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DeskAuthorization>();
        services.AddScoped<AuthenticationStateProvider, OfficerAuthenticationState>();
        services.AddScoped<CircuitHandler, OfficerCircuit>();
        var authentication = services.AddAuthentication(DeskClaims.Scheme).AddCookie(DeskClaims.Scheme, cookie => Configure(cookie, options));
        if (options.OpenIdConnect is { } provider) authentication.AddOpenIdConnect(IdentityProvider.Scheme, connect => IdentityProvider.Configure(connect, provider));
        services.AddAuthorization(DeskPolicies.Add);
        return services;
    }

    private static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditLog>().AddHostedService(provider => provider.GetRequiredService<AuditLog>());

    private static void Configure(CookieAuthenticationOptions cookie, PeopleOptions options)
    {
        cookie.Cookie.Name = "chatdesk";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        cookie.CookieManager = new HostCookies();
        cookie.ExpireTimeSpan = options.IdleTime;
        cookie.SlidingExpiration = true;
        cookie.Events = new OfficerCookieEvents();
    }
}
