using System.Globalization;
using ChatDesk.Dialogs.Answers;

namespace ChatDesk.Dialogs.Engine;

/// <summary>Numbers and dates as people write them here. Years are Buddhist in Thai, Christian in English; kept values never are.</summary>
internal static class Shown
{
    public static string Number(decimal number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date, Vocabulary words, string language)
    {
        var thai = language != "en";
        var weekday = (thai ? words.WeekdaysTh : words.WeekdaysEn)[(int)date.DayOfWeek];
        var month = (thai ? words.MonthsTh : words.MonthsEn)[date.Month - 1];
        var year = date.Year + (thai ? 543 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{weekday} {date.Day} {month} {year}");
    }
}
