using System.Security.Claims;

namespace ChatDesk.People;

/// <summary>Who is signed in, as other rooms need it. The agency of everything an officer asks for comes from here and from nowhere else.</summary>
/// <param name="Agency">The agency's id.</param>
/// <param name="Id">The account's id; never changes.</param>
/// <param name="Name">The name colleagues and contacts read.</param>
/// <param name="Role">What the officer may do.</param>
/// <param name="Units">Units and topics the officer answers for.</param>
/// <param name="Languages">Languages the officer answers in: <c>th</c>, <c>en</c> …</param>
internal sealed record OfficerIdentity(string Agency, string Id, string Name, OfficerRole Role, IReadOnlyList<string> Units, IReadOnlyList<string> Languages)
{
    /// <summary>How many conversations at once.</summary>
    public int Capacity { get; init; } = Officer.DefaultCapacity;

    /// <summary>The language of the desk's own pages: <c>th</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "th";

    /// <summary>The name typed to sign in.</summary>
    public string UserName { get; init; } = "";

    /// <returns>Null when nobody is signed in.</returns>
    public static OfficerIdentity? From(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, AuthenticationType: DeskClaims.Scheme }) return null;
        return new OfficerIdentity(
            principal.FindFirstValue(DeskClaims.Agency)!,
            principal.FindFirstValue(ClaimTypes.NameIdentifier)!,
            principal.FindFirstValue(DeskClaims.DisplayName)!,
            Enum.Parse<OfficerRole>(principal.FindFirstValue(ClaimTypes.Role)!),
            [.. principal.FindAll(DeskClaims.Unit).Select(c => c.Value)],
            [.. principal.FindAll(DeskClaims.AnswersIn).Select(c => c.Value)])
        {
            Capacity = int.Parse(principal.FindFirstValue(DeskClaims.Capacity)!, System.Globalization.CultureInfo.InvariantCulture),
            Language = principal.FindFirstValue(DeskClaims.Language)!,
            UserName = principal.FindFirstValue(ClaimTypes.Name)!,
        };
    }

    /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks a policy.</exception>
    public static OfficerIdentity Of(ClaimsPrincipal principal) => From(principal) ?? throw new InvalidOperationException("nobody is signed in");
}
