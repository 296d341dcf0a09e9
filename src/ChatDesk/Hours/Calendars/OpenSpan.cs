namespace ChatDesk.Hours.Calendars;

/// <summary>
/// A stretch of opening on one day, in minutes after that day's midnight by the wall clock; half-open, so that a desk open
/// until 16:30 is closed at 16:30. A night shift ends after 1440: 22:00-06:00 is 1320 to 1800 and belongs to the day it begins.
/// </summary>
/// <param name="From">0 to 1439.</param>
/// <param name="To">More than <paramref name="From"/>, at most 1440 later.</param>
internal readonly record struct OpenSpan(int From, int To)
{
    public const int MinutesOfDay = 24 * 60;

    public static readonly OpenSpan WholeDay = new(0, MinutesOfDay);

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{EndHour:00}:{To % 60:00}");

    private int EndHour => To == MinutesOfDay ? 24 : To % MinutesOfDay / 60;
}
