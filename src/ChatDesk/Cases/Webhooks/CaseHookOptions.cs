using System.Security.Cryptography;
using System.Text;

namespace ChatDesk.Cases.Webhooks;

/// <summary>Addresses of other systems that are told what happens to cases.</summary>
/// <param name="Hooks">Every address of every agency.</param>
internal sealed record CaseHookOptions(IReadOnlyList<CaseHook> Hooks)
{
    private const int ShortestSecret = 16;

    /// <summary>Reads <c>Agencies:{id}:CaseWebhooks</c>; what cannot be used is named and left out.</summary>
    public static CaseHookOptions Read(IConfiguration configuration, IEnumerable<string> agencies, List<string> problems)
    {
        var hooks = new List<CaseHook>();
        foreach (var agency in agencies)
        {
            foreach (var section in configuration.GetSection($"Agencies:{agency}:CaseWebhooks").GetChildren())
            {
                if (Read(agency, section, problems) is { } hook) hooks.Add(hook);
            }
        }
        return new(hooks);
    }

    private static CaseHook? Read(string agency, IConfigurationSection section, List<string> problems)
    {
        var given = section["Url"] ?? "";
        var isAddress = Uri.TryCreate(given, UriKind.Absolute, out var url) && (url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true });
        if (!isAddress) problems.Add($"{section.Path}:Url: '{given}' is no https address (http is taken on this machine only).");
        if (section["Secret"] is { Length: >= ShortestSecret } secret) return isAddress ? new CaseHook(NameOf(agency, url!), agency, url!, secret) : null;
        problems.Add($"{section.Path}:Secret: must have at least {ShortestSecret} characters, made by a generator; the other system checks signatures with it.");
        return null;
    }

    /// <summary>The place reached is kept under this name: the same address goes on where it was.</summary>
    private static string NameOf(string agency, Uri url) => $"hook:{agency}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.ToString())))[..16]}";
}

/// <summary>One address.</summary>
internal sealed record CaseHook(string Name, string Agency, Uri Url, string Secret)
{
    /// <summary>Kept out of logs and dumps: it holds a secret.</summary>
    public override string ToString() => Name;
}
