using System.Globalization;

namespace ChatDesk.Channels.Line;

/// <summary>Everything the settings say about LINE. Read once at start; <see cref="Problems"/> lists all that is wrong with it.</summary>
internal sealed record LineOptions
{
    /// <summary>Host of all calls but content. May carry a path, so that a simulator can live below one.</summary>
    public Uri ApiBaseUrl { get; init; } = new("https://api.line.me");

    /// <summary>Host of message content.</summary>
    public Uri DataApiBaseUrl { get; init; } = new("https://api-data.line.me");

    /// <summary>How long one call may take before it counts as unanswered.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long fetching one file may take altogether.</summary>
    public TimeSpan ContentTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Up to this age a reply token is tried first. LINE promises one minute and asks not to lean on it.</summary>
    public TimeSpan ReplyFreshness { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Largest file taken over from a contact, in bytes.</summary>
    public long MaxContentBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// Replies a second, and pushes, from one channel over all replicas; 0 for no limit. LINE takes 2,000 of each (protocols.md 2.4). Not set: 1,800 where
    /// replicas share a Redis, no limit for a desk alone, which hears LINE's 429 itself.
    /// </summary>
    public int? CallsPerSecond { get; init; }

    /// <summary>The agencies that have a LINE account, by their id.</summary>
    public IReadOnlyDictionary<string, LineAgencyOptions> Agencies { get; init; } = new Dictionary<string, LineAgencyOptions>();

    /// <summary>One readable sentence for each thing that is missing or wrong; empty when the desk may start.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads <c>Line:*</c> and <c>Agencies:{id}:Line:*</c>. Never throws; a value that cannot be read keeps its default and is named in <see cref="Problems"/>.</summary>
    public static LineOptions Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var line = new Section(configuration.GetSection("Line"), problems);
        var defaults = new LineOptions();
        return new LineOptions
        {
            ApiBaseUrl = line.BaseUrl(nameof(ApiBaseUrl), defaults.ApiBaseUrl),
            DataApiBaseUrl = line.BaseUrl(nameof(DataApiBaseUrl), defaults.DataApiBaseUrl),
            RequestTimeout = line.Span(nameof(RequestTimeout), defaults.RequestTimeout, TimeSpan.FromMinutes(1)),
            ContentTimeout = line.Span(nameof(ContentTimeout), defaults.ContentTimeout, TimeSpan.FromHours(1)),
            ReplyFreshness = line.Span(nameof(ReplyFreshness), defaults.ReplyFreshness, TimeSpan.FromMinutes(1)),
            MaxContentBytes = line.Bytes(nameof(MaxContentBytes), defaults.MaxContentBytes),
            CallsPerSecond = line.Count(nameof(CallsPerSecond)),
            Agencies = ReadAgencies(configuration.GetSection("Agencies"), problems),
            Problems = problems,
        };
    }

    private static Dictionary<string, LineAgencyOptions> ReadAgencies(IConfigurationSection agencies, List<string> problems)
    {
        var found = new Dictionary<string, LineAgencyOptions>(StringComparer.Ordinal);
        foreach (var agency in agencies.GetChildren())
        {
            var line = agency.GetSection("Line");
            if (line.Exists()) found[agency.Key] = LineAgencyOptions.Read(agency.Key, line, problems);
        }
        return found;
    }

    /// <summary>Reads single values and collects what is wrong with them.</summary>
    private readonly record struct Section(IConfigurationSection Values, List<string> Problems)
    {
        public Uri BaseUrl(string name, Uri fallback)
        {
            if (Values[name] is not { Length: > 0 } text) return fallback;
            // Plain http would send the access token in the clear, so it is for a simulator on this machine only.
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Query.Length == 0 && url.Fragment.Length == 0
                && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
                return url;
            return Wrong(name, "must be an https address (http only on this machine)", fallback);
        }

        public TimeSpan Span(string name, TimeSpan fallback, TimeSpan most)
        {
            if (Values[name] is not { Length: > 0 } text) return fallback;
            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span <= most) return span;
            return Wrong(name, $"must be a duration such as {fallback:c}, more than zero and at most {most:c}", fallback);
        }

        public long Bytes(string name, long fallback)
        {
            if (Values[name] is not { Length: > 0 } text) return fallback;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0) return bytes;
            return Wrong(name, "must be a number of bytes above zero", fallback);
        }

        public int? Count(string name)
        {
            if (Values[name] is not { Length: > 0 } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
            return Wrong<int?>(name, "must be a whole number, 0 for no limit", null);
        }

        private T Wrong<T>(string name, string rule, T fallback)
        {
            Problems.Add($"{Values.Path}:{name} {rule}.");
            return fallback;
        }
    }
}

/// <summary>One agency's LINE account.</summary>
internal sealed record LineAgencyOptions
{
    /// <summary>Secrets that sign webhooks; more than one during a change-over. The first one also issues tokens.</summary>
    public IReadOnlyList<string> ChannelSecrets { get; init; } = [];

    /// <summary>A fixed token from LINE's console; null lets the desk issue its own from <see cref="ChannelId"/>.</summary>
    public string? ChannelAccessToken { get; init; }

    public string? ChannelId { get; init; }

    /// <summary>
    /// Opens the account with words ready to send, which take the place of <see cref="WordsPlace"/>. Null makes LINE's own link from the
    /// account's id; a simulated account has a page of this desk instead.
    /// </summary>
    public string? MessageLink { get; init; }

    /// <summary>Where the words go in <see cref="MessageLink"/>.</summary>
    public const string WordsPlace = "{words}";

    /// <summary>Kept out of logs and dumps: everything here is secret.</summary>
    public override string ToString() => nameof(LineAgencyOptions);

    internal static LineAgencyOptions Read(string id, IConfigurationSection line, List<string> problems)
    {
        var agency = new LineAgencyOptions
        {
            ChannelSecrets = [.. line.GetSection(nameof(ChannelSecrets)).GetChildren().Select(s => s.Value?.Trim()).OfType<string>().Where(s => s.Length > 0)],
            ChannelAccessToken = Given(line[nameof(ChannelAccessToken)]),
            ChannelId = Given(line[nameof(ChannelId)]),
            MessageLink = Given(line[nameof(MessageLink)]),
        };
        if (id.Length > 64 || id.AsSpan().ContainsAnyExcept(IdLetters))
            problems.Add($"Agencies:{id}: an agency's id may hold at most 64 letters a-z, A-Z, digits, '-' and '_'.");
        if (agency.ChannelSecrets.Count == 0)
            problems.Add($"{line.Path}:{nameof(ChannelSecrets)}:0 is missing: without the channel secret no message can be verified.");
        if (agency is { ChannelAccessToken: null, ChannelId: null })
            problems.Add($"{line.Path}: give {nameof(ChannelAccessToken)}, or {nameof(ChannelId)} so that a token can be issued.");
        if (agency.ChannelAccessToken is { } token && token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            problems.Add($"{line.Path}:{nameof(ChannelAccessToken)} holds a space or a letter that no LINE token has.");
        if (agency.MessageLink is { } link && !(link.Contains(WordsPlace, StringComparison.Ordinal) && (link.StartsWith('/') || link.StartsWith("https://", StringComparison.Ordinal))))
            problems.Add($"{line.Path}:{nameof(MessageLink)} must be an https address with {WordsPlace} in it; leave it out to use LINE's own.");
        return agency;
    }

    private static readonly System.Buffers.SearchValues<char> IdLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
