using ChatDesk.Hours.Calendars;

namespace ChatDesk.Hours;

/// <summary>How an agency promises an answer: so much business time after the next opening (at once, when it is open).</summary>
/// <param name="Within">Business time; more than zero.</param>
internal sealed record PromiseRule(TimeSpan Within)
{
    /// <returns>Null when the agency never opens long enough again.</returns>
    public DateTimeOffset? DueFrom(DateTimeOffset asked, BusinessCalendar calendar) => calendar.TryAdd(asked, Within);
}
