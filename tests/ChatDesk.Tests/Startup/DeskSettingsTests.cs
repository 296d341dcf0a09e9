using ChatDesk.Startup;
using Microsoft.Extensions.Configuration;

namespace ChatDesk.Tests.Startup;

/// <summary>Wrong settings stop the start, all of them named at once; none are needed.</summary>
public sealed class DeskSettingsTests
{
    [Fact]
    public void Nothing_set_serves_the_demo_agency_from_embedded_defaults()
    {
        var settings = Read([]);

        Assert.Empty(settings.Problems);
        Assert.Equal(["demo"], settings.Agencies);
        Assert.EndsWith("ledger.db", settings.LedgerPath, StringComparison.Ordinal);
        Assert.Null(settings.Redis);
    }

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var settings = Read(new()
        {
            ["Urls"] = "localhost:5080;ftp://x",
            ["Ledger:Provider"] = "Oracle",
            ["Ledger:ConnectionString"] = "Host=db;Database=desk",
            ["Redis:Configuration"] = "localhost:6379,nonsense=true",
            ["DataDirectory"] = "/proc/nowhere",
            ["Line:ApiBaseUrl"] = "http://line.example.com",
            ["Line:ReplyFreshness"] = "an hour",
            ["Telemetry:Otlp"] = "collector",
            ["Telemetry:OtlpProtocol"] = "Smoke",
            ["Telemetry:TraceShare"] = "1.5",
            ["Telemetry:Prometheus"] = "9464",
            ["Agencies:demo:Line:ChannelAccessToken"] = "token",
            ["Agencies:nofolder:Line:ChannelSecrets:0"] = "secret",
        });

        foreach (var setting in (string[])["Urls", "Ledger:Provider", "Ledger:ConnectionString", "Redis:Configuration", "DataDirectory", "Line:ApiBaseUrl", "Line:ReplyFreshness",
            "Telemetry:Otlp:", "Telemetry:OtlpProtocol", "Telemetry:TraceShare", "Telemetry:Prometheus",
            "Agencies:demo:Line:ChannelSecrets", "Agencies:nofolder:Line", "Agencies:nofolder: there is no folder"])
            Assert.Contains(settings.Problems, p => p.Contains(setting, StringComparison.Ordinal));
    }

    [Fact]
    public void Postgres_needs_to_be_told_where_it_is()
    {
        Assert.Contains(Read(new() { ["Ledger:Provider"] = "Postgres" }).Problems, p => p.Contains("Ledger:ConnectionString", StringComparison.Ordinal));
        Assert.Contains(Read(new() { ["Ledger:Provider"] = "Postgres", ["Ledger:ConnectionString"] = "nonsense=1" }).Problems, p => p.Contains("Ledger:ConnectionString", StringComparison.Ordinal));
        Assert.Contains("Host=db", Read(new() { ["Ledger:Provider"] = "Postgres", ["Ledger:ConnectionString"] = "Host=db;Database=desk" }).Ledger.Postgres, StringComparison.Ordinal);
        // A pool of Npgsql's own size would be a hundred connections, and its own patience half a minute.
        var few = Read(new() { ["Ledger:Provider"] = "Postgres", ["Ledger:ConnectionString"] = "Host=db;Database=desk;Timeout=7" }).Ledger.Postgres;
        Assert.Contains("Maximum Pool Size=20", few, StringComparison.Ordinal);
        Assert.Contains("Timeout=7", few, StringComparison.Ordinal);
        Assert.Contains("Command Timeout=10", few, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_read_from_files_named_as_their_settings()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-secrets-").FullName;
        File.WriteAllText(Path.Combine(folder, "Redis__Configuration"), "redis.example:6380");

        var configuration = new ConfigurationBuilder()
            .AddSecretFiles(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["SecretsDirectory"] = folder }).Build()).Build();

        Assert.Equal("redis.example:6380", configuration["Redis:Configuration"]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_desk_does_not_start_and_says_why_in_one_message()
    {
        var fault = Assert.Throws<StartupException>(() => DeskHost.Build([], b => b.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "nowhere",
            ["Ledger:Provider"] = "Oracle",
        })));

        Assert.Contains("Urls", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Ledger:Provider", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_names_every_setting_and_can_be_read()
    {
        var sample = Find("appsettings.sample.json");
        var configuration = new ConfigurationBuilder().AddJsonFile(sample).Build();

        Assert.Empty(DeskSettings.Read(configuration).Problems);
    }

    private static DeskSettings Read(Dictionary<string, string?> values) => DeskSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, name))) return Path.Combine(folder.FullName, name);
        }
        throw new FileNotFoundException(name);
    }
}
