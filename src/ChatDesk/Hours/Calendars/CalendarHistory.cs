using System.Collections.Immutable;

namespace ChatDesk.Hours.Calendars;

/// <param name="Since">When it went live.</param>
/// <param name="Calendar">The version.</param>
internal sealed record CalendarInForce(DateTimeOffset Since, BusinessCalendar Calendar);

/// <summary>
/// Which version of an agency's calendar was in force when, as far as this process has seen: a changed file replaces the
/// calendar and the one before is kept. Promises carry their due moment and version themselves and need nothing from here.
/// </summary>
internal sealed class CalendarHistory
{
    private const int Kept = 50;

    private readonly ImmutableArray<CalendarInForce> _versions;

    private CalendarHistory(ImmutableArray<CalendarInForce> versions) => _versions = versions;

    public IReadOnlyList<CalendarInForce> Versions => _versions;

    /// <summary>A history that begins with this version, in force for all times before.</summary>
    public static CalendarHistory Of(BusinessCalendar first) => new([new CalendarInForce(DateTimeOffset.MinValue, first)]);

    /// <summary>The history after a change; the same one when the version is the one in force.</summary>
    public CalendarHistory With(BusinessCalendar next, DateTimeOffset since)
    {
        if (_versions[^1].Calendar.Version == next.Version) return this;
        var kept = _versions.Length < Kept ? _versions : _versions.RemoveAt(0);
        return new CalendarHistory(kept.Add(new CalendarInForce(since, next)));
    }

    /// <summary>The version in force at a moment: the oldest one known, for moments before it.</summary>
    public BusinessCalendar At(DateTimeOffset moment)
    {
        for (var i = _versions.Length - 1; i > 0; i--)
        {
            if (_versions[i].Since <= moment) return _versions[i].Calendar;
        }
        return _versions[0].Calendar;
    }

    /// <summary>A version by its name, or null when it is not kept any more.</summary>
    public BusinessCalendar? Find(string version) => _versions.FirstOrDefault(v => v.Calendar.Version == version)?.Calendar;
}
