using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ChatDesk.Startup;

/// <summary>
/// Section <c>Proxy</c>: which proxies may say where a request truly comes from and whether it came over TLS. A loopback
/// proxy always may; nobody else's <c>X-Forwarded-*</c> is read.
/// </summary>
internal static class ProxySettings
{
    public static Action<ForwardedHeadersOptions> Read(IConfiguration configuration, List<string> problems)
    {
        var networks = new List<IPNetwork>();
        foreach (var entry in configuration.GetSection("Proxy:Trusted").GetChildren())
        {
            var text = entry.Value ?? "";
            if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(text, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else problems.Add($"{entry.Path}: '{text}' is no address and no network; write for example 10.0.0.5 or 10.0.0.0/24.");
        }
        return options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.ForwardLimit = null;
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
        };
    }
}
