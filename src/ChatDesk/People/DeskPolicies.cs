using Microsoft.AspNetCore.Authorization;

namespace ChatDesk.People;

/// <summary>
/// Who may open what. A route without a policy and without AllowAnonymous opens for nobody; the table of all routes is
/// held by <c>tests/ChatDesk.Tests/People/routes.txt</c>.
/// </summary>
internal static class DeskPolicies
{
    /// <summary>Whoever is signed in, also while a second factor is still to be set up: the own account.</summary>
    public const string Account = "Account";

    /// <summary>Whoever is signed in and has done what sign-in demands.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Conversations and cases: officers, supervisors, administrators.</summary>
    public const string Desk = "Desk";

    /// <summary>Supervisors and administrators.</summary>
    public const string Supervisor = "Supervisor";

    /// <summary>Content: editors, supervisors, administrators.</summary>
    public const string Editor = "Editor";

    /// <summary>Administrators.</summary>
    public const string Administrator = "Administrator";

    public static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder(DeskClaims.Scheme).RequireAssertion(_ => false).Build();
        options.AddPolicy(Account, new AuthorizationPolicyBuilder(DeskClaims.Scheme).RequireAuthenticatedUser().Build());
        options.AddPolicy(SignedIn, Secured().Build());
        options.AddPolicy(Desk, For(OfficerRole.Officer, OfficerRole.Supervisor, OfficerRole.Administrator));
        options.AddPolicy(Supervisor, For(OfficerRole.Supervisor, OfficerRole.Administrator));
        options.AddPolicy(Editor, For(OfficerRole.Editor, OfficerRole.Supervisor, OfficerRole.Administrator));
        options.AddPolicy(Administrator, For(OfficerRole.Administrator));
        options.DefaultPolicy = options.GetPolicy(SignedIn)!;
    }

    private static AuthorizationPolicy For(params OfficerRole[] roles) => Secured().RequireRole(roles.Select(r => r.ToString())).Build();

    private static AuthorizationPolicyBuilder Secured() => new AuthorizationPolicyBuilder(DeskClaims.Scheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(who => !who.User.HasClaim(c => c.Type == DeskClaims.MustSecure));
}
