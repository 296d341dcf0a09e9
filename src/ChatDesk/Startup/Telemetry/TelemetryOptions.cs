using System.Globalization;
using OpenTelemetry.Exporter;

namespace ChatDesk.Startup.Telemetry;

/// <summary>Where figures, traces and logs go. Nowhere by default.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>An OpenTelemetry collector; null for none.</summary>
    public Uri? Otlp { get; init; }

    public OtlpExportProtocol Protocol { get; init; } = OtlpExportProtocol.Grpc;

    /// <summary>The share of messages whose way is traced, 0 to 1.</summary>
    public double TraceShare { get; init; } = 1;

    /// <summary>The address that serves <c>/metrics</c> and nothing else; null for none.</summary>
    public Uri? Prometheus { get; init; }

    public bool Enabled => Otlp is not null || Prometheus is not null;

    public static TelemetryOptions Read(IConfigurationSection section, List<string> problems) => new()
    {
        Otlp = Address(section, "Otlp", "http://localhost:4317", problems),
        Protocol = ProtocolOf(section["OtlpProtocol"], problems),
        TraceShare = Share(section["TraceShare"], problems),
        Prometheus = Address(section, "Prometheus", "http://localhost:9464", problems),
    };

    private static Uri? Address(IConfigurationSection section, string name, string example, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } given) return null;
        // "Every address of this machine", as Urls takes it.
        var plain = given.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (Uri.TryCreate(plain, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        problems.Add($"Telemetry:{name}: '{given}' is no address; write for example {example}.");
        return null;
    }

    private static OtlpExportProtocol ProtocolOf(string? given, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(given)) return OtlpExportProtocol.Grpc;
        if (Enum.TryParse<OtlpExportProtocol>(given, ignoreCase: true, out var protocol) && Enum.IsDefined(protocol)) return protocol;
        problems.Add($"Telemetry:OtlpProtocol: '{given}' is not known; write Grpc or HttpProtobuf.");
        return OtlpExportProtocol.Grpc;
    }

    private static double Share(string? given, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(given)) return 1;
        if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1) return share;
        problems.Add($"Telemetry:TraceShare: '{given}' is no share; write a number from 0 to 1.");
        return 1;
    }
}
