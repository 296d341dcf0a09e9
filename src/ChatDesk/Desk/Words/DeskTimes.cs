using System.Globalization;

namespace ChatDesk.Desk.Words;

/// <summary>Dates and times as officers read them: Thai months and the Buddhist era in Thai, by the agency's wall clock.</summary>
internal static class DeskTimes
{
    private static readonly DateTimeFormatInfo ThaiNames = CultureInfo.GetCultureInfo("th-TH").DateTimeFormat;

    /// <summary>09:14.</summary>
    public static string Clock(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>12 ต.ค. 2569 or 12 Oct 2026.</summary>
    public static string Day(DateTimeOffset local, ConsoleTexts texts) => texts.Language == "en"
        ? local.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
        : $"{local.Day} {ThaiNames.GetAbbreviatedMonthName(local.Month)} {local.Year + 543}";

    /// <summary>The clock for today, else the day.</summary>
    public static string Short(DateTimeOffset local, DateTimeOffset now, ConsoleTexts texts) =>
        local.Date == now.Date ? Clock(local) : local.Year == now.Year ? DayOfYear(local, texts) : Day(local, texts);

    /// <summary>Day and clock.</summary>
    public static string Moment(DateTimeOffset local, DateTimeOffset now, ConsoleTexts texts) =>
        local.Date == now.Date ? Clock(local) : $"{DayOfYear(local, texts)} {Clock(local)}";

    private static string DayOfYear(DateTimeOffset local, ConsoleTexts texts) => texts.Language == "en"
        ? local.ToString("d MMM", CultureInfo.InvariantCulture)
        : $"{local.Day} {ThaiNames.GetAbbreviatedMonthName(local.Month)}";
}
