namespace ChatDesk.Channels.Web.Access;

/// <summary>Which pages may use a chat: those of the desk's own host, and those the agency named. No Origin means no browser page sent it.</summary>
internal sealed class TrustedOrigins(WebOptions options)
{
    /// <summary>True when any agency trusts it: enough to answer a preflight, never to answer the request itself.</summary>
    public bool IsKnown(HttpRequest request, string origin) =>
        IsOwn(request, origin) || options.Agencies.Values.Any(agency => Names(agency, origin));

    /// <param name="request">Whose Origin header counts.</param>
    /// <param name="agency">The agency that is asked for.</param>
    /// <param name="narrowed">Origins that its token allows, separated by spaces; empty leaves it to the agency.</param>
    /// <param name="needed">True when a request without Origin is refused as well.</param>
    public bool Allows(HttpRequest request, string agency, string narrowed = "", bool needed = false)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return !needed;
        if (IsOwn(request, origin)) return true;
        return options.Agencies.TryGetValue(agency, out var settings) && Names(settings, origin)
            && (narrowed.Length == 0 || narrowed.Split(' ').Contains(origin, StringComparer.OrdinalIgnoreCase));
    }

    private static bool Names(WebAgencyOptions agency, string origin) =>
        agency.TrustedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (agency.PublicUrl is { } own && origin.Equals(own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));

    /// <summary>The scheme is not compared: behind a proxy that ends TLS it differs, and a page of this host is ours by either.</summary>
    private static bool IsOwn(HttpRequest request, string origin)
    {
        var host = origin.IndexOf("://", StringComparison.Ordinal);
        return host > 0 && origin.AsSpan(host + 3).Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
