using ChatDesk.Delivery;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatDesk.Startup.Telemetry;

/// <summary>
/// OpenTelemetry, when the settings name a place for it. Figures: the desk's own, and the runtime's. Traces: the desk's own spans only,
/// since those of the web server and the HTTP client carry addresses, and an address may name a contact.
/// </summary>
internal static class TelemetrySetup
{
    /// <summary>The framework's meters whose labels are closed lists.</summary>
    private static readonly string[] Framework = ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (!options.Enabled) return;
        if (options.Prometheus is { } address)
        {
            var urls = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
            builder.WebHost.UseUrls([.. urls!.Split(';', StringSplitOptions.RemoveEmptyEntries), address.OriginalString]);
        }
        builder.Services.AddSingleton<DeskGauges>().AddHostedService(provider => provider.GetRequiredService<DeskGauges>());
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("chatdesk", serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => Figures(metrics, options))
            .WithTracing(traces =>
            {
                if (options.Otlp is null) return;
                traces.AddSource(DeskTraces.Name).SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare))).AddOtlpExporter(to => Point(to, options, "v1/traces"));
            });
        if (options.Otlp is not null) builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter(to => Point(to, options, "v1/logs")));
    }

    /// <summary>The address of figures answers with figures only, and every other address without them.</summary>
    public static void UseTelemetry(this WebApplication app, TelemetryOptions options)
    {
        if (options.Prometheus is not { } address) return;
        app.UseWhen(http => http.Connection.LocalPort == address.Port, door =>
        {
            door.UseOpenTelemetryPrometheusScrapingEndpoint();
            door.Run(http =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    private static void Figures(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(DeskMeters.Name).AddMeter(Framework);
        if (options.Otlp is not null) metrics.AddOtlpExporter(to => Point(to, options, "v1/metrics"));
        if (options.Prometheus is not null) metrics.AddPrometheusExporter();
    }

    private static void Point(OtlpExporterOptions to, TelemetryOptions options, string path)
    {
        to.Protocol = options.Protocol;
        // Over gRPC the service names the path; over HTTP the exporter leaves it to us as soon as an address is given.
        to.Endpoint = options.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(options.Otlp!.AbsoluteUri.TrimEnd('/') + "/" + path) : options.Otlp!;
    }
}
