using System.Globalization;

namespace ChatDesk.Hours;

/// <summary>
/// Says a moment so that nobody can mistake it: weekday, date and time. The pattern is the agency's (hours.yaml); names of
/// days and months come from the platform. Thai counts years in the Buddhist era.
/// </summary>
/// <param name="ThaiMoment">With {weekday}, {day}, {month}, {year} and {time}.</param>
/// <param name="EnglishMoment">The same places in English.</param>
/// <param name="ThaiDay">A day without its time: {weekday}, {day}, {month} and {year}.</param>
/// <param name="EnglishDay">The same places in English.</param>
internal sealed record PromiseWords(string ThaiMoment, string EnglishMoment, string ThaiDay, string EnglishDay)
{
    /// <summary>What a pattern must hold for a day to be exact.</summary>
    public static readonly IReadOnlyList<string> DayPlaces = ["{weekday}", "{day}", "{month}", "{year}"];

    /// <summary>The same for a moment.</summary>
    public static readonly IReadOnlyList<string> MomentPlaces = [.. DayPlaces, "{time}"];

    private static readonly DateTimeFormatInfo ThaiNames = CultureInfo.GetCultureInfo("th-TH").DateTimeFormat;
    private static readonly DateTimeFormatInfo EnglishNames = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <param name="at">Already by the agency's wall clock.</param>
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    public string Moment(DateTimeOffset at, string language) =>
        Fill(language == "en" ? EnglishMoment : ThaiMoment, DateOnly.FromDateTime(at.DateTime), language)
            .Replace("{time}", at.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <param name="day">The agency's date.</param>
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    public string Day(DateOnly day, string language) => Fill(language == "en" ? EnglishDay : ThaiDay, day, language);

    private static string Fill(string pattern, DateOnly day, string language)
    {
        var (names, era) = language == "en" ? (EnglishNames, 0) : (ThaiNames, 543);
        return pattern
            .Replace("{weekday}", names.GetDayName(day.DayOfWeek), StringComparison.Ordinal)
            .Replace("{day}", day.Day.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", names.GetMonthName(day.Month), StringComparison.Ordinal)
            .Replace("{year}", (day.Year + era).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
