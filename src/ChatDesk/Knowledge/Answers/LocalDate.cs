using System.Globalization;

namespace ChatDesk.Knowledge.Answers;

/// <summary>Dates as people of a language write them: Thai in the Buddhist era, English in the Christian.</summary>
internal static class LocalDate
{
    private static readonly CultureInfo s_thai = CultureInfo.GetCultureInfo("th-TH");

    public static string Format(DateOnly date, string language) =>
        language == "th"
            ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} {s_thai.DateTimeFormat.GetMonthName(date.Month)} {date.Year + 543}")
            : date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
