using System.Globalization;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Files;

namespace ChatDesk.Hours;

/// <summary>How long an answer may take: business time to the minute, or whole working days.</summary>
/// <param name="Time">Business time; zero when days are meant.</param>
/// <param name="WorkingDays">Days; zero when business time is meant.</param>
internal sealed record AnswerLimit(TimeSpan Time, int WorkingDays = 0)
{
    private const int MostDays = 1000;

    public bool IsDays => WorkingDays > 0;

    /// <summary>
    /// The exact moment by which the answer is there. What comes in when closed counts as received at the next opening.
    /// Working days begin to count on the day after, and end when the agency closes on the last of them.
    /// </summary>
    /// <returns>By the agency's wall clock; null when the agency never opens long enough again.</returns>
    public DateTimeOffset? DueFrom(DateTimeOffset asked, BusinessCalendar calendar)
    {
        if (!IsDays) return calendar.TryAdd(asked, Time);
        return calendar.NextOpening(asked) is { } received ? calendar.LastClosingOn(calendar.AddWorkingDays(calendar.DateOf(received), WorkingDays)) : null;
    }

    /// <summary>Reads <c>1h30m</c> or <c>15 working days</c>; null when it is neither, or nothing at all.</summary>
    public static AnswerLimit? Read(string text)
    {
        if (DurationText.Read(text) is { } time) return time > TimeSpan.Zero ? new AnswerLimit(time) : null;
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, "working", "day" or "days"]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? new AnswerLimit(TimeSpan.Zero, days)
            : null;
    }
}
