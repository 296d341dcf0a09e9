using System.Globalization;

namespace ChatDesk.Hours;

/// <summary>
/// Says a moment so that nobody can mistake it: weekday, date and time. The pattern is the agency's (hours.yaml); names of
/// days and months come from the platform. Thai counts years in the Buddhist era.
/// </summary>
/// <param name="ThaiMoment">With {weekday}, {day}, {month}, {year} and {time}.</param>
/// <param name="EnglishMoment">The same places in English.</param>
internal sealed record PromiseWords(string ThaiMoment, string EnglishMoment)
{
    /// <summary>What a pattern must hold for the moment to be exact.</summary>
    public static readonly IReadOnlyList<string> Places = ["{weekday}", "{day}", "{month}", "{year}", "{time}"];

    private static readonly DateTimeFormatInfo ThaiNames = CultureInfo.GetCultureInfo("th-TH").DateTimeFormat;
    private static readonly DateTimeFormatInfo EnglishNames = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <param name="at">Already by the agency's wall clock.</param>
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    public string Moment(DateTimeOffset at, string language)
    {
        var (pattern, names, era) = language == "en" ? (EnglishMoment, EnglishNames, 0) : (ThaiMoment, ThaiNames, 543);
        return pattern
            .Replace("{weekday}", names.GetDayName(at.DayOfWeek), StringComparison.Ordinal)
            .Replace("{day}", at.Day.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", names.GetMonthName(at.Month), StringComparison.Ordinal)
            .Replace("{year}", (at.Year + era).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", at.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
