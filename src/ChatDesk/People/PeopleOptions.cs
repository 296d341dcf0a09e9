namespace ChatDesk.People;

/// <summary>Settings of sign-in (section <c>SignIn</c>), and what the desk knows about its surroundings.</summary>
internal sealed record PeopleOptions
{
    /// <summary>The agencies served.</summary>
    public required IReadOnlyList<string> Agencies { get; init; }

    /// <summary>Officers with published passwords are there: the embedded defaults, reachable from this machine only.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Without a click for so long, a browser is signed out.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>After so long everybody signs in again.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>From this role on a second factor is demanded; null demands it of nobody.</summary>
    public SecondFactorDemand SecondFactor { get; init; } = SecondFactorDemand.Supervisors;

    /// <summary>Sign-in by the agency's own identity provider; null without one.</summary>
    public IdentityProviderOptions? OpenIdConnect { get; init; }

    public bool DemandsSecondFactor(OfficerRole role) => SecondFactor switch
    {
        SecondFactorDemand.Everybody => true,
        SecondFactorDemand.Supervisors => role is OfficerRole.Supervisor or OfficerRole.Administrator,
        _ => false,
    };
}

/// <summary>Who must have an authenticator app.</summary>
internal enum SecondFactorDemand
{
    Nobody,
    Supervisors,
    Everybody,
}

/// <summary>The agency's identity provider (section <c>SignIn:OpenIdConnect</c>).</summary>
/// <param name="Authority">Its address.</param>
/// <param name="ClientId">This desk's name there.</param>
/// <param name="ClientSecret">This desk's secret there.</param>
/// <param name="OfficerClaim">The claim whose value is an officer's user name.</param>
internal sealed record IdentityProviderOptions(string Authority, string ClientId, string? ClientSecret, string OfficerClaim)
{
    /// <summary>What its button says.</summary>
    public string Name { get; init; } = "OpenID Connect";

    /// <summary>False lets a provider be reached without TLS: for a provider on this machine.</summary>
    public bool RequireHttps { get; init; } = true;
}
