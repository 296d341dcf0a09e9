namespace ChatDesk.Desk.Opening;

/// <summary>What the two forms of the hours page send: a special day, or the whole file.</summary>
internal sealed class HoursForm
{
    public string? Mark { get; set; }

    public string? Text { get; set; }

    public int Day { get; set; }

    public int Month { get; set; }

    /// <summary>Buddhist era or Christian era, as the page's language writes it.</summary>
    public int Year { get; set; }

    public string? Kind { get; set; }

    public string? Open { get; set; }

    public string? Thai { get; set; }

    public string? English { get; set; }

    /// <returns>Null when there is no such day.</returns>
    public DateOnly? Date(int eraOffset) =>
        Year - eraOffset is >= 1950 and <= 2200 and var year && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(year, Month) ? new DateOnly(year, Month, Day) : null;
}
