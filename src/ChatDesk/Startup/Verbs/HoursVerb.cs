using System.Globalization;
using ChatDesk.Hours;
using ChatDesk.Hours.Files;

namespace ChatDesk.Startup.Verbs;

/// <summary>Asks an agency's calendar from the command line. Every question ends with 0, or with 2 and what to type instead.</summary>
/// <param name="agency">Whose calendar.</param>
/// <param name="to">Answers.</param>
/// <param name="errors">What is wrong with the question or with the files.</param>
/// <param name="time">Stands in for a moment that is not given.</param>
internal sealed class HoursVerb(string agency, TextWriter to, TextWriter errors, TimeProvider time)
{
    private const string Shape = "yyyy-MM-dd'T'HH:mmzzz";

    private static readonly string[] MomentShapes = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>Prints the next opening from a moment on.</summary>
    public int Next(string? at) => Ask(hours => Moment(hours, at, "--at") is { } when ? Say(hours.NextOpening(when)) : 2);

    /// <summary>Prints the business time between two moments, as hours and minutes.</summary>
    public int Between(string? from, string? until) => Ask(hours =>
    {
        if (Moment(hours, from, "--from") is not { } start || Moment(hours, until, "--to") is not { } end) return 2;
        var length = hours.Calendar.Between(start, end);
        var minutes = (long)Math.Abs(length.TotalMinutes);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(length < TimeSpan.Zero ? "-" : "")}{minutes / 60}h{minutes % 60:00}m"));
        return 0;
    });

    /// <summary>Prints when so much business time has passed.</summary>
    public int Add(string? from, string? length) => Ask(hours =>
    {
        if (Moment(hours, from, "--from") is not { } start) return 2;
        if (DurationText.Read(length ?? "") is { } businessTime) return Say(hours.Calendar.Add(start, businessTime));
        errors.WriteLine($"--time: '{length}' is no length of time; {DurationText.Example}.");
        return 2;
    });

    /// <summary>Prints what somebody is promised who asks for a person at a moment, in both languages.</summary>
    public int Promise(string? at) => Ask(hours =>
    {
        if (Moment(hours, at, "--at") is not { } when) return 2;
        var due = hours.PromiseFrom(when);
        to.WriteLine(due.ToString(Shape, CultureInfo.InvariantCulture));
        to.WriteLine(hours.Words.Moment(due, "th"));
        to.WriteLine(hours.Words.Moment(due, "en"));
        return 0;
    });

    /// <summary>Prints a year of the calendar.</summary>
    public int Show(string? year) => Ask(hours =>
    {
        var shown = hours.Calendar.Local(time.GetUtcNow()).Year;
        if (year is not null && !(int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out shown) && shown is >= 1950 and <= 2200))
        {
            errors.WriteLine($"--year: '{year}' is no year; write one of the Christian era, such as 2026.");
            return 2;
        }
        HoursPage.Write(hours, agency, shown, to);
        return 0;
    });

    private int Ask(Func<AgencyHours, int> question)
    {
        var problems = new List<string>();
        var content = ContentFolders.Find(null, problems);
        var folder = ContentFolders.Dialogs(content, agency);
        if (problems.Count == 0 && !Directory.Exists(folder)) problems.Add($"--agency: there is no agency '{agency}'; there is no folder {folder}.");
        AgencyHours? hours = null;
        if (problems.Count == 0)
        {
            hours = HoursFolder.Load(folder, out var found);
            problems.AddRange(found.Select(p => p.ToString()));
        }
        foreach (var problem in problems) errors.WriteLine(problem);
        return hours is null ? 2 : question(hours);
    }

    private int Say(DateTimeOffset moment)
    {
        to.WriteLine(moment.ToString(Shape, CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>A moment as typed; without an offset the agency's wall clock is meant, without anything now.</summary>
    private DateTimeOffset? Moment(AgencyHours hours, string? text, string option)
    {
        if (text is null && option == "--at") return time.GetUtcNow();
        if (DateTimeOffset.TryParseExact(text, MomentShapes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 1950 and <= 2200)
        {
            var saysOffset = text!.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
            return saysOffset ? at : new DateTimeOffset(at.DateTime, hours.Calendar.Zone.GetUtcOffset(at.DateTime));
        }
        errors.WriteLine($"{option}: '{text}' is no moment; write date and time, such as 2026-04-10T18:05+07:00 (years of the Christian era).");
        return null;
    }
}
