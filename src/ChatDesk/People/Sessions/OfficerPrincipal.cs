using System.Globalization;
using System.Security.Claims;

namespace ChatDesk.People.Sessions;

/// <summary>Turns an account into the principal of a request, and the session into the principal of a cookie.</summary>
internal static class OfficerPrincipal
{
    /// <summary>What the cookie carries: the session's secret and nothing that could grow old.</summary>
    public static ClaimsPrincipal ForCookie(string secret) =>
        new(new ClaimsIdentity([new Claim(DeskClaims.Session, secret)], DeskClaims.Scheme));

    /// <summary>What a request carries.</summary>
    /// <param name="officer">The account as it is now.</param>
    /// <param name="secret">The session's secret.</param>
    /// <param name="mustSecure">A second factor is demanded and missing.</param>
    public static ClaimsPrincipal ForRequest(Officer officer, string secret, bool mustSecure)
    {
        var claims = new List<Claim>
        {
            new(DeskClaims.Session, secret),
            new(ClaimTypes.NameIdentifier, officer.Id),
            new(ClaimTypes.Name, officer.UserName!),
            new(ClaimTypes.Role, officer.Role.ToString()),
            new(DeskClaims.Agency, officer.Agency),
            new(DeskClaims.DisplayName, officer.DisplayName),
            new(DeskClaims.Language, officer.Language),
            new(DeskClaims.Capacity, officer.Capacity.ToString(CultureInfo.InvariantCulture)),
        };
        claims.AddRange(officer.Units.Select(unit => new Claim(DeskClaims.Unit, unit)));
        claims.AddRange(officer.Languages.Select(language => new Claim(DeskClaims.AnswersIn, language)));
        if (mustSecure) claims.Add(new Claim(DeskClaims.MustSecure, "totp"));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, DeskClaims.Scheme));
    }
}
