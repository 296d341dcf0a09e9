using ChatDesk.Hours;
using ChatDesk.Hours.Files;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Hours;

/// <summary>The calendars and tables that tests of this room share.</summary>
internal static class Golden
{
    public static string Folder { get; } = Path.Combine(DemoFolders.Root, "tests", "ChatDesk.Tests", "Hours", "Golden");

    /// <summary>The demo agency's hours as shipped.</summary>
    public static AgencyHours Demo { get; } = Read(Path.Combine(DemoFolders.Root, "dialogs", "demo"));

    /// <summary>A calendar of the tests, or the demo agency's.</summary>
    public static AgencyHours Hours(string name) => name == "demo" ? Demo : Read(Path.Combine(Folder, "calendars", name));

    public static AgencyHours Read(string agencyFolder)
    {
        var hours = HoursFolder.Load(agencyFolder, out var problems);
        Assert.True(hours is not null, string.Join('\n', problems));
        return hours;
    }
}
