using System.Security.Cryptography;
using System.Text;
using ChatDesk.Cases.Rules;

namespace ChatDesk.Cases.Open311;

/// <summary>Whose cases a caller means, and whether it may write: <c>jurisdiction_id</c> is the agency, <c>api_key</c> one of <c>Agencies:{id}:Open311:ApiKeys</c>.</summary>
internal sealed class Open311Access(CaseAgencies agencies, IConfiguration configuration)
{
    /// <summary>The agency; or the error to answer with.</summary>
    public (string Agency, Open311Answer? Error) Jurisdiction(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return agencies.Ids.Count == 1
                ? (agencies.Ids[0], null)
                : ("", Open311Answer.Error(StatusCodes.Status400BadRequest, "jurisdiction_id was not provided"));
        }
        return agencies.Ids.Contains(given) ? (given, null) : ("", Open311Answer.Error(StatusCodes.Status404NotFound, "jurisdiction_id provided was not found"));
    }

    /// <summary>Compares with every key, each in the same time.</summary>
    public bool MayWrite(string agency, string? key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key ?? ""));
        var fits = false;
        foreach (var known in configuration.GetSection($"Agencies:{agency}:Open311:ApiKeys").GetChildren())
            fits |= known.Value is { Length: >= 16 } value && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(value)), hash);
        return fits;
    }

    public static Open311Answer NoKey() => Open311Answer.Error(StatusCodes.Status403Forbidden, "Missing or invalid api_key");
}
