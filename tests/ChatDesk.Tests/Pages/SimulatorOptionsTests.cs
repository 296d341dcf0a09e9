using System.Net;
using ChatDesk.Pages.Simulator;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Configuration;

namespace ChatDesk.Tests.Pages;

/// <summary>LINE is played only where nobody could mistake it for the real one.</summary>
public sealed class SimulatorOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("Urls=http://localhost:5080", true)]
    [InlineData("Urls=http://0.0.0.0:5080", false)]
    [InlineData("Urls=http://localhost:5080;http://desk.example.go.th", false)]
    [InlineData("Redis:Configuration=localhost:6379", false)]
    [InlineData("Ledger:Provider=Postgres", false)]
    [InlineData("Ledger:Provider=Sqlite", true)]
    [InlineData("Line:ApiBaseUrl=http://127.0.0.1:9000", false)]
    [InlineData("Agencies:demo:Line:ChannelId=1|Agencies:demo:Line:ChannelSecrets:0=x", false)]
    [InlineData("Simulator:Enabled=false", false)]
    [InlineData("Simulator:Enabled=true|Urls=http://0.0.0.0:5080", true)]
    public void It_is_on_in_the_embedded_default_or_when_asked_for(string settings, bool on)
    {
        var read = SimulatorOptions.Read(Configure(settings));

        Assert.Equal((on, null), (read.Enabled, read.Problem));
    }

    [Theory]
    [InlineData("Simulator:Enabled=true|Agencies:demo:Line:ChannelId=1", "has a LINE account")]
    [InlineData("Simulator:Enabled=maybe", "neither true nor false")]
    public void Beside_a_real_account_it_stops_the_start(string settings, string problem)
    {
        var read = SimulatorOptions.Read(Configure(settings));

        Assert.False(read.Enabled);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
        var refused = Assert.Throws<StartupException>(() => DeskHost.Build([], builder => builder.Configuration.AddConfiguration(Configure(settings + "|DataDirectory=" + Path.GetTempPath()))));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_real_account_there_is_no_such_page()
    {
        await using var desk = await TestDesk.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await desk.Http.GetAsync(new Uri($"{desk.Url}/simulator"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", "application/json", HttpStatusCode.Forbidden)]
    [InlineData(null, "text/plain", HttpStatusCode.Forbidden)]
    [InlineData(null, "application/json", HttpStatusCode.NoContent)]
    public async Task Pages_of_other_sites_cannot_play_people(string? origin, string type, HttpStatusCode expected)
    {
        await using var desk = await TestDesk.StartAsync(settings =>
        {
            foreach (var key in settings.Keys.Where(k => k.StartsWith("Line:", StringComparison.Ordinal) || k.StartsWith("Agencies:", StringComparison.Ordinal)).ToList()) settings.Remove(key);
            // The simulator is for trying the desk out, which is one on SQLite.
            settings["Ledger:Provider"] = "Sqlite";
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{desk.Url}/simulator/demo/act"))
        {
            Content = new ByteArrayContent("""{"user":"A","do":"follow"}"""u8.ToArray()),
        };
        request.Content.Headers.ContentType = new(type);
        if (origin is not null) request.Headers.Add("Origin", origin);

        Assert.Equal(expected, (await desk.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    private static IConfiguration Configure(string settings) => new ConfigurationBuilder().AddInMemoryCollection(settings
        .Split('|', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build();
}
