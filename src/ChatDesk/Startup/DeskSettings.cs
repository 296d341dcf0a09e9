using ChatDesk.Cases.Webhooks;
using ChatDesk.Channels.Line;
using ChatDesk.Channels.Mail;
using ChatDesk.Channels.Web;
using ChatDesk.Conversations.Samples;
using ChatDesk.People;
using ChatDesk.Returns;
using ChatDesk.Startup.Telemetry;
using StackExchange.Redis;

namespace ChatDesk.Startup;

/// <summary>The desk's settings, read once at start. Everything wrong with them is in <see cref="Problems"/>, all at once.</summary>
internal sealed record DeskSettings
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The ids of the agencies served; <c>demo</c> when none is configured.</summary>
    public required IReadOnlyList<string> Agencies { get; init; }

    /// <summary>Agencies whose connectors without an address are played from samples.</summary>
    public IReadOnlyList<string> SampleConnectors { get; init; } = [];

    /// <summary>Absolute folder of everything the desk writes.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where everything is kept.</summary>
    public required LedgerSettings Ledger { get; init; }

    /// <summary>Absolute path of the SQLite ledger.</summary>
    public string LedgerPath => Ledger.Path;

    /// <summary>Absolute path of the SQLite database of people, cases and everything else that is no message.</summary>
    public string RecordsPath => Path.Combine(DataDirectory, "desk.db");

    /// <summary>Absolute folder that holds <c>dialogs/</c> and <c>knowledge/</c>.</summary>
    public required string ContentDirectory { get; init; }

    /// <summary>Null keeps session state in memory.</summary>
    public ConfigurationOptions? Redis { get; init; }

    public required LineOptions Line { get; init; }

    public required WebOptions Web { get; init; }

    public required MailOptions Mail { get; init; }

    /// <summary>How answers reach contacts who have left the page.</summary>
    public required ReturnOptions Returns { get; init; }

    /// <summary>Other systems that are told what happens to cases.</summary>
    public required CaseHookOptions CaseHooks { get; init; }

    /// <summary>Sign-in, sessions and the first officers.</summary>
    public required PeopleOptions People { get; init; }

    /// <summary>Whose word about a request's true origin is believed: proxies on this machine, and those named.</summary>
    public required Action<ForwardedHeadersOptions> TrustProxies { get; init; }

    /// <summary>Where figures, traces and logs go; nowhere by default.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Reads everything. Never throws; a value that cannot be read is named in <see cref="Problems"/>.</summary>
    public static DeskSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var line = LineOptions.Read(configuration);
        problems.AddRange(line.Problems);
        var content = ContentFolders.Find(configuration["ContentDirectory"], problems);
        var data = DataDirectoryOf(configuration["DataDirectory"], content, problems);
        var agencies = AgenciesOf(configuration, content, problems);
        var web = WebOptions.Read(configuration, agencies);
        problems.AddRange(web.Problems);
        var mail = MailOptions.Read(configuration, agencies);
        problems.AddRange(mail.Problems);
        CheckUrls(configuration["Urls"], problems);
        return new DeskSettings
        {
            Agencies = agencies,
            SampleConnectors = [.. agencies.Where(id => SampleAnswers.MayServe(id, configuration))],
            DataDirectory = data,
            Ledger = LedgerSettings.Read(configuration.GetSection("Ledger"), data, problems),
            ContentDirectory = content,
            Redis = RedisOf(configuration["Redis:Configuration"], problems),
            Line = line,
            Web = web,
            Mail = mail,
            Returns = ReturnOptions.Read(configuration, problems),
            People = SignInSettings.Read(configuration, agencies, line, problems),
            CaseHooks = CaseHookOptions.Read(configuration, agencies, problems),
            TrustProxies = ProxySettings.Read(configuration, problems),
            Telemetry = TelemetryOptions.Read(configuration.GetSection("Telemetry"), problems),
            Problems = problems,
        };
    }

    /// <summary>The agencies named in the settings, else the demo.</summary>
    public static List<string> AgencyIds(IConfiguration configuration)
    {
        var ids = configuration.GetSection("Agencies").GetChildren().Select(a => a.Key).ToList();
        if (ids.Count == 0) ids.Add("demo");
        return ids;
    }

    private static List<string> AgenciesOf(IConfiguration configuration, string content, List<string> problems)
    {
        var ids = AgencyIds(configuration);
        foreach (var id in ids.Where(id => content.Length > 0 && !Directory.Exists(Path.Combine(content, "dialogs", id))))
            problems.Add($"Agencies:{id}: there is no folder dialogs/{id} in {content}; copy dialogs/demo and knowledge/demo under that name and change the words.");
        return ids;
    }

    private static string DataDirectoryOf(string? given, string content, List<string> problems)
    {
        var directory = Path.GetFullPath(string.IsNullOrWhiteSpace(given) ? Path.Combine(content, "data") : given);
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, ".writable"), "");
            File.Delete(Path.Combine(directory, ".writable"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add($"DataDirectory: cannot write to {directory} ({fault.Message}); name a folder this process may write to.");
        }
        return directory;
    }

    /// <summary>Milliseconds.</summary>
    private const int RedisPatience = 400;

    private static ConfigurationOptions? RedisOf(string? given, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(given)) return null;
        try
        {
            var options = ConfigurationOptions.Parse(given);
            // The client counts INFO, which says whether anything is written down, among administrators' commands; what the desk may do is for Redis to say.
            options.AllowAdmin = true;
            options.AbortOnConnectFail = false;
            options.ClientName ??= "chatdesk";
            // A turn that asks Redis must not wait for one that is away: the ledger knows the same.
            options.BacklogPolicy = BacklogPolicy.FailFast;
            if (!given.Contains("asyncTimeout", StringComparison.OrdinalIgnoreCase)) options.AsyncTimeout = RedisPatience;
            if (options.EndPoints.Count == 0) problems.Add("Redis:Configuration: no host is named; write for example localhost:6379.");
            return options;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            problems.Add($"Redis:Configuration: cannot be read ({fault.Message}); write for example localhost:6379,ssl=true,user=desk,password=...");
            return null;
        }
    }

    private static void CheckUrls(string? urls, List<string> problems)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var plain = url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                problems.Add($"Urls: '{url}' is no address to listen on; write for example {DefaultUrl}.");
        }
    }
}
