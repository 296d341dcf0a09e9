using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Channels.Web.Access;

/// <summary>Finds the agency that a request without a token means.</summary>
internal sealed class WebAgencies
{
    private readonly WebOptions _options;
    private readonly (string Agency, byte[] Hash)[] _secrets;

    public WebAgencies(WebOptions options)
    {
        _options = options;
        _secrets = [.. options.Agencies.Where(a => a.Value.Secret is not null).Select(a => (a.Key, Hash(a.Value.Secret!)))];
    }

    /// <returns>By <c>?agency=</c>, else by the host's name, else the only one; null when it cannot be told.</returns>
    public string? Of(HttpRequest request)
    {
        if (request.Query["agency"] is [{ Length: > 0 } named]) return _options.Agencies.ContainsKey(named) ? named : null;
        foreach (var (id, agency) in _options.Agencies)
        {
            if (agency.PublicUrl is { } url && url.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)) return id;
        }
        return _options.Agencies.Count == 1 ? _options.Agencies.Keys.First() : null;
    }

    /// <returns>The agency whose secret this is. Takes the same time whichever it is, or is not.</returns>
    public string? OfSecret(string secret)
    {
        var hash = Hash(secret);
        string? found = null;
        foreach (var (agency, own) in _secrets)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, own)) found = agency;
        }
        return found;
    }

    /// <returns>Where contacts reach the desk, without a slash at the end.</returns>
    public string BaseUrl(HttpRequest request, string agency) =>
        _options.Agencies[agency].PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) : $"{request.Scheme}://{request.Host}";

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
