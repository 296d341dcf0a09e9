using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>The four lists of the console.</summary>
internal enum DeskTab
{
    /// <summary>รอรับ: nobody has them yet.</summary>
    Waiting,

    /// <summary>ของฉัน: the officer's own, and what is offered to them.</summary>
    Mine,

    /// <summary>ทีม: what colleagues have.</summary>
    Team,

    /// <summary>ปิดแล้ว: newest first.</summary>
    Closed,
}

/// <summary>Which row belongs into which list, and in what order.</summary>
internal static class DeskTabs
{
    public static IReadOnlyList<HandoverRow> Rows(DeskSnapshot snapshot, DeskTab tab, string officer, IReadOnlyList<string> units) => tab switch
    {
        DeskTab.Waiting => [.. snapshot.Rows.Values.Where(IsWaiting).OrderBy(r => r.State == HandoverState.Promised).ThenByDescending(r => r.Priority)
            .ThenBy(r => r.OpensAt ?? Since(r)).ThenBy(r => r.Id)],
        DeskTab.Mine => [.. snapshot.Rows.Values.Where(r => IsMine(r, officer) || IsOfferedTo(r, officer, units))
            .OrderByDescending(r => IsOfferedTo(r, officer, units)).ThenBy(r => r.WaitingSince ?? DateTimeOffset.MaxValue).ThenByDescending(r => r.LastAt).ThenBy(r => r.Id)],
        DeskTab.Team => [.. snapshot.Rows.Values.Where(r => r.IsHeld && r.OfficerId != officer)
            .OrderBy(r => r.WaitingSince ?? DateTimeOffset.MaxValue).ThenByDescending(r => r.LastAt).ThenBy(r => r.Id)],
        _ => [],
    };

    /// <summary>The list in which a row is looked for.</summary>
    public static DeskTab Of(HandoverRow row, string officer, IReadOnlyList<string> units) => row switch
    {
        _ when IsMine(row, officer) || IsOfferedTo(row, officer, units) => DeskTab.Mine,
        { IsHeld: true } => DeskTab.Team,
        { IsOpen: false } => DeskTab.Closed,
        _ => DeskTab.Waiting,
    };

    public static bool IsWaiting(HandoverRow row) => row.State is HandoverState.Waiting or HandoverState.Promised;

    public static bool IsMine(HandoverRow row, string officer) => row.IsHeld && row.OfficerId == officer;

    /// <summary>True when a colleague offers it to this officer or to one of their units.</summary>
    public static bool IsOfferedTo(HandoverRow row, string officer, IReadOnlyList<string> units) =>
        row.Offer is { } offer && offer.ById != officer && (offer.To.OfficerId == officer || (offer.To.Unit is { } unit && units.Contains(unit)));

    /// <summary>Since when somebody waits for a person's answer.</summary>
    public static DateTimeOffset Since(HandoverRow row) => row.WaitingSince ?? row.AskedAt;
}
