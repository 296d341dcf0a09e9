using ChatDesk.Handover;

namespace ChatDesk.Desk.Dashboard;

/// <summary>Collects the handovers of a range: those that are open, and those that ended since its first day.</summary>
internal sealed class DashboardReader(IOfficerQueue queue)
{
    private const int PageRows = 200;

    /// <summary>More than an agency of any size ends in a budget year; a page must not read without end.</summary>
    private const int MostRows = 200_000;

    public async Task<IReadOnlyList<HandoverRow>> ReadAsync(string agency, DateTimeOffset from, DeskSnapshot desk)
    {
        var rows = desk.Rows.Values.ToDictionary(r => r.Id);
        DateTimeOffset? before = null;
        while (rows.Count < MostRows)
        {
            var page = await queue.ClosedAsync(agency, before, PageRows);
            var known = rows.Count;
            foreach (var row in page) rows[row.Id] = row;
            if (page.Count < PageRows || rows.Count == known || page[^1].ClosedAt is not { } last || last < from) break;
            // Rows of the same moment may stand on both sides of the page's edge.
            before = last.AddMilliseconds(1);
        }
        return [.. rows.Values];
    }
}
