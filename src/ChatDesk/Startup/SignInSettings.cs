using System.Globalization;
using ChatDesk.Channels.Line;
using ChatDesk.People;

namespace ChatDesk.Startup;

/// <summary>Reads section <c>SignIn</c>.</summary>
internal static class SignInSettings
{
    public static PeopleOptions Read(IConfiguration configuration, IReadOnlyList<string> agencies, LineOptions line, List<string> problems)
    {
        var section = configuration.GetSection("SignIn");
        return new PeopleOptions
        {
            Agencies = agencies,
            IsDemo = IsDemo(configuration, line, problems),
            IdleTime = Duration(section, "IdleTime", TimeSpan.FromMinutes(30), problems),
            SessionLength = Duration(section, "SessionLength", TimeSpan.FromHours(12), problems),
            SecondFactor = SecondFactor(section["SecondFactor"], problems),
            OpenIdConnect = Provider(section.GetSection("OpenIdConnect"), problems),
        };
    }

    /// <summary>
    /// Officers with published passwords may exist only where nobody else can reach them and no real contact writes: every
    /// address is this machine's, and LINE is not configured or is a simulator on this machine.
    /// </summary>
    private static bool IsDemo(IConfiguration configuration, LineOptions line, List<string> problems)
    {
        var isLocal = (configuration["Urls"] is { Length: > 0 } urls ? urls : DeskSettings.DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries).All(IsLoopback);
        var isPlay = line.Agencies.Count == 0 || IsLoopback(configuration["Line:ApiBaseUrl"] ?? "");
        switch (configuration["SignIn:DemoOfficers"])
        {
            case null or "":
                return isLocal && isPlay;
            case var given when bool.TryParse(given, out var wanted):
                if (wanted && !(isLocal && isPlay))
                    problems.Add("SignIn:DemoOfficers: their passwords are public, so they need Urls on localhost only and no real LINE account; leave the setting out.");
                return wanted && isLocal && isPlay;
            case var given:
                problems.Add($"SignIn:DemoOfficers: '{given}' is not known; write true or false.");
                return false;
        }
    }

    private static bool IsLoopback(string url) => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.IsLoopback;

    private static TimeSpan Duration(IConfigurationSection section, string name, TimeSpan otherwise, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } given) return otherwise;
        if (TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.FromMinutes(1) && duration <= TimeSpan.FromDays(7)) return duration;
        problems.Add($"{section.Path}:{name}: '{given}' is no time between a minute and a week; write for example 00:30:00.");
        return otherwise;
    }

    private static SecondFactorDemand SecondFactor(string? given, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(given)) return SecondFactorDemand.Supervisors;
        if (Enum.TryParse<SecondFactorDemand>(given, ignoreCase: true, out var demand) && Enum.IsDefined(demand)) return demand;
        problems.Add($"SignIn:SecondFactor: '{given}' is not known; write Nobody, Supervisors or Everybody.");
        return SecondFactorDemand.Supervisors;
    }

    private static IdentityProviderOptions? Provider(IConfigurationSection section, List<string> problems)
    {
        if (section["Authority"] is not { Length: > 0 } authority) return null;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !(address.Scheme == "https" || address is { Scheme: "http", IsLoopback: true }))
            problems.Add($"{section.Path}:Authority: '{authority}' is no https address (http is taken on this machine only).");
        if (string.IsNullOrWhiteSpace(section["ClientId"])) problems.Add($"{section.Path}:ClientId: missing; it is this desk's name at the provider.");
        return new IdentityProviderOptions(authority, section["ClientId"] ?? "", section["ClientSecret"], section["OfficerClaim"] is { Length: > 0 } claim ? claim : "email")
        {
            Name = section["Name"] is { Length: > 0 } name ? name : "OpenID Connect",
            RequireHttps = address?.Scheme != "http",
        };
    }
}
