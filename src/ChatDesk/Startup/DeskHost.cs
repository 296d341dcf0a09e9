using System.Net;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Channels.Web;
using ChatDesk.Conversations;
using ChatDesk.Delivery;
using ChatDesk.Pages;
using ChatDesk.Pages.Simulator;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;

namespace ChatDesk.Startup;

/// <summary>Builds and runs the desk as a web application.</summary>
internal static class DeskHost
{
    /// <summary>Runs until stopped.</summary>
    /// <exception cref="StartupException">Settings or content must be mended first.</exception>
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        var settings = app.Services.GetRequiredService<DeskSettings>();
        var standings = app.Services.GetRequiredService<ChannelStandings>();
        foreach (var agency in settings.Agencies) await standings.RecallAsync(agency, LineActivityMapper.Channel);
        var loading = Task.Run(() => ContentFolders.Load(settings, app.Services.GetRequiredService<ContentLibrary>(), TimeProvider.System));
        await app.StartAsync();
        await loading;
        StartBanner.Print(Console.Out, settings, app.Urls, app.Services.GetService<SimulatedLine>() is not null);
        await app.WaitForShutdownAsync();
    }

    /// <summary>Everything wired, nothing started.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile("appsettings.Local.json", optional: true).AddEnvironmentVariables().AddCommandLine(args);
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // It warns that keys lie unencrypted in their folder, which is so on purpose (README, data).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        change?.Invoke(builder);

        var simulator = SimulatorOptions.Read(builder.Configuration);
        var simulated = simulator.Enabled ? new SimulatedLine(DeskSettings.AgencyIds(builder.Configuration), TimeProvider.System) : null;
        if (simulated is not null) builder.Configuration.AddInMemoryCollection(simulated.Settings);
        var settings = DeskSettings.Read(builder.Configuration);
        string[] problems = [.. settings.Problems, .. simulator.Problem is { } problem ? [problem] : Array.Empty<string>()];
        if (problems.Length > 0) throw new StartupException(problems);
        if (string.IsNullOrWhiteSpace(builder.Configuration["Urls"])) builder.WebHost.UseUrls(DeskSettings.DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A little above the endpoint's own limit, so that the endpoint can say which limit it was.
            kestrel.Limits.MaxRequestBodySize = LineWebhookEndpoint.BodyLimit + 64 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSimulator(simulated);
        builder.Services.AddDesk(settings, builder.Configuration).AddHostedService<ContentWatcher>();

        var app = builder.Build();
        app.UseTrustedProxies(settings.Web.TrustedProxies);
        app.MapLineReceiving();
        app.MapWebChat();
        app.MapHealth();
        app.MapPages();
        app.MapSimulator();
        return app;
    }

    /// <summary>Believes what named proxies say about the caller's address and scheme, and nobody else.</summary>
    private static void UseTrustedProxies(this WebApplication app, IReadOnlyList<IPAddress> proxies)
    {
        if (proxies.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
