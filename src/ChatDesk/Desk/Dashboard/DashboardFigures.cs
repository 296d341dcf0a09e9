using System.Globalization;
using ChatDesk.Desk.Live;
using ChatDesk.Handover;
using ChatDesk.Hours.Calendars;
using Bar = (string Label, int First, int Second);

namespace ChatDesk.Desk.Dashboard;

/// <summary>How the desk stands now.</summary>
/// <param name="Waiting">Contacts who wait for a person, without those who were promised a later time.</param>
/// <param name="Longest">How long the longest of them has waited; null when nobody waits.</param>
/// <param name="Free">Officers who can take one more.</param>
/// <param name="OnDuty">Officers who are here, free or busy.</param>
/// <param name="Late">Open handovers over their time.</param>
internal sealed record LiveFigures(int Waiting, TimeSpan? Longest, int Free, int OnDuty, int Late)
{
    public static LiveFigures Of(DeskSnapshot desk, DateTimeOffset now)
    {
        var waiting = desk.Rows.Values.Where(r => r.State == HandoverState.Waiting).ToList();
        return new LiveFigures(
            waiting.Count, waiting.Count == 0 ? null : now - waiting.Min(r => r.WaitingSince ?? r.AskedAt),
            desk.Officers.Values.Count(o => o.State == PresenceState.Free), desk.Officers.Values.Count(o => o.IsHere),
            desk.Rows.Values.Count(r => RowFilter.IsLate(r, now)));
    }
}

/// <summary>What happened in a range of days.</summary>
/// <param name="Asked">Handovers asked for.</param>
/// <param name="Hours">For each hour of the day: asked for while open, and while closed.</param>
/// <param name="Outcomes">How those that ended did, most frequent first; the label is the outcome's name.</param>
/// <param name="Officers">Ended by each officer, most first.</param>
internal sealed record DashboardFigures(int Asked, IReadOnlyList<Bar> Hours, IReadOnlyList<Bar> Outcomes, IReadOnlyList<Bar> Officers)
{
    public static DashboardFigures Of(IReadOnlyList<HandoverRow> rows, DashboardRange range, BusinessCalendar calendar)
    {
        bool In(DateTimeOffset? at) => at is { } moment && calendar.DateOf(moment) is var day && day >= range.From && day <= range.To;
        var asked = rows.Where(r => In(r.AskedAt)).ToList();
        var ended = rows.Where(r => In(r.ClosedAt)).ToList();
        var byHour = asked.ToLookup(r => calendar.Local(r.AskedAt).Hour);
        return new DashboardFigures(
            asked.Count,
            [.. Enumerable.Range(0, 24).Select(hour => (
                hour.ToString("00", CultureInfo.InvariantCulture), byHour[hour].Count(r => calendar.IsOpen(r.AskedAt)), byHour[hour].Count(r => !calendar.IsOpen(r.AskedAt))))],
            Counted(ended.Select(r => r.Outcome ?? "other")), Counted(ended.Select(r => r.OfficerName).OfType<string>()));
    }

    private static List<Bar> Counted(IEnumerable<string> names) =>
        [.. names.GroupBy(n => n, StringComparer.Ordinal).Select(g => (Label: g.Key, First: g.Count(), Second: 0)).OrderByDescending(b => b.First).ThenBy(b => b.Label, StringComparer.Ordinal)];
}
