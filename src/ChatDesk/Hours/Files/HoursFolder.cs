using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours.Files;

/// <summary>Reads an agency's hours: <c>hours/hours.yaml</c>, <c>hours/holidays-2026.yaml</c> and so on, <c>hours/*.ics</c>, and <c>law/*.yaml</c>.</summary>
internal static class HoursFolder
{
    private const string MainFile = "hours.yaml";

    /// <summary>Reads the folders <c>hours</c> and <c>law</c> of an agency. Never throws for what they hold.</summary>
    /// <param name="agencyFolder">The agency's content, <c>dialogs/{agency}</c>.</param>
    /// <param name="problems">Everything that must be mended; empty exactly when hours are returned.</param>
    public static AgencyHours? Load(string agencyFolder, out IReadOnlyList<HoursProblem> problems)
    {
        var found = new List<HoursProblem>();
        problems = found;
        var laws = LawFolder.Load(Path.Combine(agencyFolder, "law"), found);
        var hours = LoadHours(Path.Combine(agencyFolder, "hours"), found);
        return found.Count == 0 && hours is not null ? hours with { Laws = laws } : null;
    }

    private static AgencyHours? LoadHours(string folder, List<HoursProblem> found)
    {
        var main = Path.Combine(folder, MainFile);
        if (!File.Exists(main))
        {
            found.Add(new HoursProblem(main, 0, "the file is missing", "copy the folder dialogs/demo/hours and change the hours in it"));
            return null;
        }
        var days = new Dictionary<DateOnly, DayPlan>();
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        // Yearly files come after iCalendar and win, for they carry names in both languages and half days.
        foreach (var path in files.Where(f => f.EndsWith(".ics", StringComparison.OrdinalIgnoreCase))) IcsReader.Read(new Sheet(path, found), days);
        foreach (var path in files.Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) && f != main)) ReadHolidays(path, days, found);
        if (new Sheet(main, found).Read() is not { } entry) return null;
        var hours = HoursFile.Read(entry);
        foreach (var (date, plan) in hours.Days) days[date] = plan;
        if (found.Count > 0) return null;
        var plans = new CalendarPlan
        {
            Version = Version(files),
            Zone = hours.Zone,
            Weeks = hours.Weeks,
            WorkingDays = hours.WorkingDays,
            Days = days.ToFrozenDictionary(),
        };
        return new AgencyHours { Calendar = new BusinessCalendar(plans), Promise = hours.Promise, Words = hours.Words };
    }

    private static void ReadHolidays(string path, Dictionary<DateOnly, DayPlan> days, List<HoursProblem> problems)
    {
        var sheet = new Sheet(path, problems);
        if (!Path.GetFileName(path).StartsWith("holidays-", StringComparison.Ordinal))
            sheet.Report(0, "a file of this name has no place here", "name it holidays-2026.yaml, or remove it");
        else if (sheet.Read() is { } entry)
            DaysReader.ReadYear(entry, days);
    }

    private static string Version(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..10];
    }
}
