using System.Globalization;
using System.Text;

namespace ChatDesk.Desk.Casework;

/// <summary>
/// Dates as officers type them: <c>31/12/2569</c> (Buddhist era) or <c>31/12/2026</c>, Thai digits too, several apart by commas.
/// The browser's own date field shows neither (ui.md 1.3).
/// </summary>
internal static class LawDates
{
    public const string Example = "31/12/2569";

    private const int FirstBuddhistYear = 2400;
    private const int Era = 543;

    /// <returns>False when there is something and it is no date; nothing at all is fine and gives null.</returns>
    public static bool Read(string? typed, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(typed)) return true;
        if (Fold(typed.Trim()).Split('/', '-', '.') is not [var first, var second, var third]) return false;
        // The other way round when it begins with the year: 2026-12-31.
        var (dd, mm, yyyy) = first.Length == 4 ? (third, second, first) : (first, second, third);
        if (!Number(dd, out var date) || !Number(mm, out var month) || !Number(yyyy, out var year) || yyyy.Length != 4) return false;
        if (year >= FirstBuddhistYear) year -= Era;
        if (year is < 1900 or > 2200 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    /// <returns>False when one of them is no date.</returns>
    public static bool ReadAll(string? typed, out IReadOnlyList<DateOnly> days)
    {
        var found = new SortedSet<DateOnly>();
        days = [];
        foreach (var one in (typed ?? "").Split((char[])[',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Read(one, out var day)) return false;
            found.Add(day!.Value);
        }
        days = [.. found];
        return true;
    }

    /// <summary>In the Buddhist era, as it is typed.</summary>
    public static string Write(DateOnly? day) => day is { } d ? string.Create(CultureInfo.InvariantCulture, $"{d.Day:00}/{d.Month:00}/{d.Year + Era}") : "";

    public static string Write(IReadOnlyList<DateOnly> days) => string.Join(", ", days.Select(d => Write(d)));

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text) folded.Append(letter is >= '๐' and <= '๙' ? (char)('0' + (letter - '๐')) : letter);
        return folded.ToString();
    }
}
