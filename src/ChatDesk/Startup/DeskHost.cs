using ChatDesk.Cases.Tracking;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Conversations;
using ChatDesk.Delivery;
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
        StartBanner.Print(Console.Out, settings, app.Urls);
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
        change?.Invoke(builder);

        var settings = DeskSettings.Read(builder.Configuration);
        if (settings.Problems.Count > 0) throw new StartupException(settings.Problems);
        if (string.IsNullOrWhiteSpace(builder.Configuration["Urls"])) builder.WebHost.UseUrls(DeskSettings.DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A little above the endpoint's own limit, so that the endpoint can say which limit it was.
            kestrel.Limits.MaxRequestBodySize = LineWebhookEndpoint.BodyLimit + 64 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddDesk(settings, builder.Configuration).AddHostedService<ContentWatcher>();

        var app = builder.Build();
        app.MapLineReceiving();
        app.MapHealth();
        app.MapCaseTracking(settings.Agencies);
        return app;
    }
}
