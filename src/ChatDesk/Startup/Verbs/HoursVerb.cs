using System.Globalization;
using ChatDesk.Hours;
using ChatDesk.Hours.Files;

namespace ChatDesk.Startup.Verbs;

/// <summary>Asks an agency's calendar from the command line.</summary>
internal static class HoursVerb
{
    private const string Shape = "yyyy-MM-dd'T'HH:mmzzz";

    /// <summary>Prints the next opening.</summary>
    public static int Next(string agency, string? at, TextWriter to, TextWriter errors)
    {
        if (Load(agency, errors) is not { } hours || Instant(at, "--at", errors) is not { } when) return 2;
        if (hours.Calendar.NextOpening(when) is not { } opens)
        {
            errors.WriteLine($"{agency} never opens after {when.ToString(Shape, CultureInfo.InvariantCulture)}.");
            return 1;
        }
        to.WriteLine(opens.ToString(Shape, CultureInfo.InvariantCulture));
        return 0;
    }

    private static AgencyHours? Load(string agency, TextWriter errors)
    {
        var trouble = new List<string>();
        var content = ContentFolders.Find(null, trouble);
        foreach (var problem in trouble) errors.WriteLine(problem);
        if (trouble.Count > 0) return null;
        var hours = HoursFolder.Load(ContentFolders.Hours(content, agency), out var problems);
        foreach (var problem in problems) errors.WriteLine(problem);
        return hours;
    }

    private static DateTimeOffset? Instant(string? text, string option, TextWriter errors)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 1950 and <= 2200) return at;
        errors.WriteLine($"{option}: '{text}' is no moment; write date, time and offset, such as 2026-04-10T18:05+07:00.");
        return null;
    }
}
