using System.Globalization;

namespace ChatDesk.Channels.Web;

/// <summary>Everything the settings say about the web chat. Read once at start; <see cref="Problems"/> lists all that is wrong with it.</summary>
internal sealed record WebOptions
{
    /// <summary>How long a token is good for; a page that is open renews it.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a browser is known again, counted from its last token.</summary>
    public TimeSpan VisitorLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Largest file taken from a contact, in bytes.</summary>
    public int MaxFileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Activities that one conversation may post in a minute; a third of it at once.</summary>
    public int MessagesPerMinute { get; init; } = 60;

    /// <summary>Requests of any kind that one address may make in a minute. Many contacts share one address behind a mobile network.</summary>
    public int RequestsPerMinutePerAddress { get; init; } = 12_000;

    /// <summary>Tokens that one address may have made in a minute.</summary>
    public int TokensPerMinutePerAddress { get; init; } = 600;

    /// <summary>Streams that one conversation may hold open (tabs, devices).</summary>
    public int StreamsPerConversation { get; init; } = 8;

    /// <summary>Every agency served, by its id.</summary>
    public IReadOnlyDictionary<string, WebAgencyOptions> Agencies { get; init; } = new Dictionary<string, WebAgencyOptions>();

    /// <summary>One readable sentence for each thing that is wrong; empty when the desk may start.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads <c>Web:*</c> and <c>Agencies:{id}:Web:*</c>. Never throws; a value that cannot be read keeps its default and is named.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="agencies">The agencies served.</param>
    public static WebOptions Read(IConfiguration configuration, IEnumerable<string> agencies)
    {
        var problems = new List<string>();
        var web = new WebSection(configuration.GetSection("Web"), problems);
        var defaults = new WebOptions();
        return new WebOptions
        {
            TokenLife = web.Span(nameof(TokenLife), defaults.TokenLife, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)),
            VisitorLife = web.Span(nameof(VisitorLife), defaults.VisitorLife, TimeSpan.FromHours(1), TimeSpan.FromDays(400)),
            MaxFileBytes = web.Count(nameof(MaxFileBytes), defaults.MaxFileBytes, 100 * 1024 * 1024),
            MessagesPerMinute = web.Count(nameof(MessagesPerMinute), defaults.MessagesPerMinute),
            RequestsPerMinutePerAddress = web.Count(nameof(RequestsPerMinutePerAddress), defaults.RequestsPerMinutePerAddress),
            TokensPerMinutePerAddress = web.Count(nameof(TokensPerMinutePerAddress), defaults.TokensPerMinutePerAddress),
            StreamsPerConversation = web.Count(nameof(StreamsPerConversation), defaults.StreamsPerConversation),
            Agencies = agencies.ToDictionary(id => id, id => WebAgencyOptions.Read(new(configuration.GetSection($"Agencies:{id}:Web"), problems)), StringComparer.Ordinal),
            Problems = problems,
        };
    }
}

/// <summary>One agency's web chat.</summary>
internal sealed record WebAgencyOptions
{
    private const int ShortestSecret = 24;

    /// <summary>Lets the agency's own servers make tokens; null when none of them does.</summary>
    public string? Secret { get; init; }

    /// <summary>Sites whose pages may hold the chat, as <c>https://host[:port]</c>.</summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    /// <summary>The address by which contacts reach this desk; null takes it from each request.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Kept out of logs and dumps: it holds a secret.</summary>
    public override string ToString() => nameof(WebAgencyOptions);

    internal static WebAgencyOptions Read(WebSection web)
    {
        var secret = web.Values[nameof(Secret)] is { Length: > 0 } given ? given : null;
        if (secret is { Length: < ShortestSecret }) web.Wrong(nameof(Secret), $"must have at least {ShortestSecret} characters, made by a generator", secret);
        return new WebAgencyOptions
        {
            Secret = secret,
            TrustedOrigins = web.Origins(nameof(TrustedOrigins)),
            PublicUrl = web.Site(nameof(PublicUrl)),
        };
    }
}

/// <summary>Reads single values of one section and collects what is wrong with them.</summary>
internal readonly record struct WebSection(IConfigurationSection Values, List<string> Problems)
{
    public TimeSpan Span(string name, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        if (Values[name] is not { Length: > 0 } text) return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most) return span;
        return Wrong(name, $"must be a duration such as {fallback:c}, from {least:c} to {most:c}", fallback);
    }

    public int Count(string name, int fallback, int most = 1_000_000)
    {
        if (Values[name] is not { Length: > 0 } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= most) return count;
        return Wrong(name, $"must be a whole number from 1 to {most}", fallback);
    }

    public Uri? Site(string name)
    {
        if (Values[name] is not { Length: > 0 } text) return null;
        return IsSite(text, out var url) ? url : Wrong<Uri?>(name, "must be an address such as https://chat.agency.go.th, without a path", null);
    }

    public IReadOnlyList<string> Origins(string name)
    {
        var origins = new List<string>();
        foreach (var entry in Values.GetSection(name).GetChildren())
        {
            if (entry.Value is { Length: > 0 } text && IsSite(text, out var url)) origins.Add(url.GetLeftPart(UriPartial.Authority));
            else Wrong(name, $"holds '{entry.Value}', which is no site: write https://www.agency.go.th, without a path", "");
        }
        return origins;
    }

    public T Wrong<T>(string name, string rule, T fallback)
    {
        Problems.Add($"{Values.Path}:{name} {rule}.");
        return fallback;
    }

    private static bool IsSite(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!) && url.Scheme is "https" or "http" && url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0;
}
