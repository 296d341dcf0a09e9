namespace ChatDesk.Pages.Simulator;

/// <summary>Whether LINE is played inside this process (<c>/simulator</c>). Never beside a real account.</summary>
/// <param name="Enabled">A simulated LINE account for every agency.</param>
/// <param name="Problem">What is wrong with the setting, or null.</param>
internal sealed record SimulatorOptions(bool Enabled, string? Problem)
{
    private const string Setting = "Simulator:Enabled";

    /// <summary>
    /// Unless the setting says otherwise it is on exactly in the embedded default: no LINE account, no other address for LINE, no
    /// Redis, no other ledger, and listening on this machine only, so that nobody else can play somebody on LINE.
    /// </summary>
    public static SimulatorOptions Read(IConfiguration configuration)
    {
        var asked = configuration[Setting];
        if (!string.IsNullOrWhiteSpace(asked) && !bool.TryParse(asked, out _)) return new(false, $"{Setting}: '{asked}' is neither true nor false.");
        var wanted = bool.TryParse(asked, out var said) ? said : IsEmbeddedDefault(configuration);
        var real = configuration.GetSection("Agencies").GetChildren().FirstOrDefault(a => a.GetSection("Line").Exists());
        if (!wanted || real is null) return new(wanted, null);
        return asked is null ? new(false, null) : new(false, $"{Setting}: agency {real.Key} has a LINE account; a simulated one beside it is not allowed. Take one of the two out.");
    }

    private static bool IsEmbeddedDefault(IConfiguration configuration) =>
        Nothing(configuration["Line:ApiBaseUrl"]) && Nothing(configuration["Redis:Configuration"]) && Nothing(configuration["Ledger:Provider"], "Sqlite")
        && (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(IsThisMachine);

    private static bool Nothing(string? value, string orDefault = "") => string.IsNullOrWhiteSpace(value) || value.Equals(orDefault, StringComparison.OrdinalIgnoreCase);

    private static bool IsThisMachine(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback;
}
