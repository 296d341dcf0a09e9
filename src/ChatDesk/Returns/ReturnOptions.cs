using System.Globalization;

namespace ChatDesk.Returns;

/// <summary>What the settings say about the way back.</summary>
/// <param name="Patience">How long an answer waits for a page that is looked at before it goes elsewhere too.</param>
internal sealed record ReturnOptions(TimeSpan Patience)
{
    private const string Setting = "Returns:Patience";
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    public static ReturnOptions Read(IConfiguration configuration, List<string> problems)
    {
        if (configuration[Setting] is not { Length: > 0 } given) return new(TimeSpan.FromMinutes(1));
        if (TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span <= Most) return new(span);
        problems.Add($"{Setting}: '{given}' is no duration from 00:00:00 to {Most:c}; write for example 00:01:00.");
        return new(TimeSpan.FromMinutes(1));
    }
}
