using ChatDesk.Cases.Open311;
using ChatDesk.Cases.Tracking;
using ChatDesk.Cases.Webhooks;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Channels.Web;
using ChatDesk.Conversations;
using ChatDesk.Delivery;
using ChatDesk.Desk;
using ChatDesk.Desk.Live;
using ChatDesk.Desk.Shell;
using ChatDesk.Pages;
using ChatDesk.Pages.Simulator;
using ChatDesk.People;
using ChatDesk.People.Accounts;
using ChatDesk.Returns;
using ChatDesk.Startup.Telemetry;
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
        var first = await PrepareOfficersAsync(app.Services);
        var loading = Task.Run(() => ContentFolders.Load(settings, app.Services.GetRequiredService<ContentLibrary>(), TimeProvider.System));
        await app.StartAsync();
        await loading;
        StartBanner.Print(Console.Out, settings, app.Urls, first, app.Services.GetService<SimulatedLine>() is not null);
        await app.WaitForShutdownAsync();
    }

    /// <summary>Everything wired, nothing started.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            // The list of static files is found by this name, also when a test program is the one that runs.
            ApplicationName = typeof(DeskHost).Assembly.GetName().Name,
        });
        // From a build, wwwroot and the framework's script lie in the source and in packages; published, this changes nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddJsonFile("appsettings.Local.json", optional: true).AddSecretFiles(builder.Configuration).AddEnvironmentVariables().AddCommandLine(args);
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // Its one warning, that keys lie unencrypted in their folder, stands in docs/security.md with what to do about it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Static files are those of the build; the framework would otherwise map a catch-all for files that come later.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        change?.Invoke(builder);

        var simulator = SimulatorOptions.Read(builder.Configuration);
        var simulated = simulator.Enabled ? new SimulatedLine(DeskSettings.AgencyIds(builder.Configuration), TimeProvider.System) : null;
        if (simulated is not null) builder.Configuration.AddInMemoryCollection(simulated.Settings);
        var settings = DeskSettings.Read(builder.Configuration);
        string[] problems = [.. settings.Problems, .. simulator.Problem is { } problem ? [problem] : Array.Empty<string>()];
        if (problems.Length > 0) throw new StartupException(problems);
        if (string.IsNullOrWhiteSpace(builder.Configuration["Urls"])) builder.WebHost.UseUrls(DeskSettings.DefaultUrl);
        builder.AddTelemetry(settings.Telemetry);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A little above the endpoint's own limit, so that the endpoint can say which limit it was.
            kestrel.Limits.MaxRequestBodySize = LineWebhookEndpoint.BodyLimit + 64 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSimulator(simulated);
        builder.Services.AddSingleton(new LineStanding(simulated is not null));
        builder.Services.AddDesk(settings, builder.Configuration).AddPeople(settings.People).AddDeskPages().AddHostedService<ContentWatcher>();
        builder.Services.Configure<ForwardedHeadersOptions>(settings.TrustProxies);

        var app = builder.Build();
        app.UseTelemetry(settings.Telemetry);
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ContentGate>();
        app.UseDeskPages();
        app.UseRouting();
        app.UseAuthentication();
        app.Use(DeskPreferences.UseLanguageAsync);
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapLineReceiving();
        app.MapWebChat();
        app.MapReturns();
        app.MapHealth();
        app.MapFileLinks();
        app.MapCaseTracking(settings.Agencies);
        app.MapOpen311();
        app.MapCaseEvents();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapPages();
        app.MapSimulator();
        app.MapDeskPages();
        return app;
    }

    /// <summary>Makes sure that somebody can sign in.</summary>
    /// <returns>The agencies without an administrator, each with the word its first one needs.</returns>
    public static async Task<IReadOnlyList<(string Agency, string Token)>> PrepareOfficersAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstOfficers>().PrepareAsync();
    }
}
