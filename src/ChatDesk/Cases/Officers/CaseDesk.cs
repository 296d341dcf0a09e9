using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Officers;

/// <summary>Everything the desk's case pages ask for, in one agency, for one officer at a time. What they do is in <see cref="CaseActs"/>.</summary>
internal sealed class CaseDesk(DeskDatabase database, TimeProvider time)
{
    private const int MostRows = 200;

    /// <summary>A page of the list.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="skip">Rows before it.</param>
    /// <param name="take">At most 200.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<CaseRows> ListAsync(string agency, CaseFilter filter, CaseViewer viewer, int skip, int take, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var matching = context.Set<Case>().AsNoTracking().Where(viewer.Sees).Where(filter, time.GetUtcNow());
        var rows = await matching.InOrder(filter.Order).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MostRows)).ToListAsync(stopping);
        return new CaseRows([.. rows.Select(CaseRow.Of)], await matching.CountAsync(stopping));
    }

    /// <summary>How many cases each filter finds, in the order of the filters.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(string agency, IReadOnlyList<CaseFilter> filters, CaseViewer viewer, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var (counts, now) = (new List<int>(filters.Count), time.GetUtcNow());
        foreach (var filter in filters) counts.Add(await context.Set<Case>().Where(viewer.Sees).Where(filter, now).CountAsync(stopping));
        return counts;
    }

    /// <summary>The id of the case with a number, as somebody typed it; null when there is none, or more than one.</summary>
    public async Task<long?> FindAsync(string agency, string? typed, CaseViewer viewer, CancellationToken stopping)
    {
        if (CaseNumber.Read(typed) is not { } number) return null;
        await using var context = database.Open(agency);
        var found = await context.Set<Case>().Where(viewer.Sees).Where(c => c.Number == number).Select(c => c.Id).Take(2).ToListAsync(stopping);
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Units that cases were given to, by name.</summary>
    public async Task<IReadOnlyList<string>> UnitsAsync(string agency, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        return await context.Set<Case>().Where(c => c.Unit != null).Select(c => c.Unit!).Distinct().OrderBy(u => u).Take(MostRows).ToListAsync(stopping);
    }

    /// <summary>A case with its timeline; null when the agency has none of that id.</summary>
    public async Task<CaseDetailView?> ReadAsync(string agency, long id, CaseViewer viewer, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await context.Set<Case>().AsNoTracking().Where(viewer.Sees).FirstOrDefaultAsync(c => c.Id == id, stopping) is not { } row) return null;
        var events = await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Number).ToListAsync(stopping);
        var (told, hidden) = (row.ToldIn, Hide(row, viewer));
        return new CaseDetailView(
            row, [.. events.Select(e => Line(e, hidden))], CaseMoves.Open(row.State, CaseParty.Officer), hidden, told is { } home ? (home.Agency, home.Channel) : null);
    }

    /// <summary>Other cases of the same person on what may be the same matter, most alike first.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="id">The case.</param>
    /// <param name="viewer">Who asks: that two protected cases are one person's is itself protected.</param>
    /// <param name="days">How far back and forth.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<IReadOnlyList<SimilarCase>> SimilarAsync(string agency, long id, CaseViewer viewer, int days, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await context.Set<Case>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, stopping) is not { } row || (row.Protected && !viewer.SeesProtected)) return [];
        var (from, to) = (row.OpenedAt.AddDays(-days), row.OpenedAt.AddDays(days));
        var others = await context.Set<Case>().AsNoTracking()
            .Where(viewer.Sees).Where(c => c.Id != id && c.MergedInto == null && c.Kind == row.Kind && c.OpenedAt >= from && c.OpenedAt <= to && (viewer.SeesProtected || !c.Protected)
                && ((c.Address != null && c.Channel == row.Channel && c.Address == row.Address) || (c.Contact != null && c.Contact == row.Contact)))
            .OrderByDescending(c => c.OpenedAt).Take(50).ToListAsync(stopping);
        return [.. others.Select(c => new SimilarCase(CaseRow.Of(c), CaseLikeness.Of(row, c))).Where(s => s.Likeness >= CaseLikeness.WorthShowing).OrderByDescending(s => s.Likeness)];
    }

    /// <summary>The list as CSV, whole.</summary>
    /// <returns>How many cases are in it.</returns>
    public async Task<int> ExportAsync(string agency, CaseFilter filter, CaseViewer viewer, Stream to, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var csv = new CaseCsv(to);
        var count = 0;
        await foreach (var row in context.Set<Case>().AsNoTracking().Where(viewer.Sees).Where(filter, time.GetUtcNow()).InOrder(filter.Order).AsAsyncEnumerable().WithCancellation(stopping))
        {
            await csv.WriteAsync(row, stopping);
            count++;
        }
        return count;
    }

    /// <summary>How many cases were decided and how many came back, since a moment.</summary>
    public async Task<(int Decided, int Reopened)> ReopenRateAsync(string agency, DateTimeOffset since, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var events = context.Set<CaseEvent>().Where(e => e.At >= since);
        var decided = await events.CountAsync(e => e.Deed == CaseDeed.Answer || e.Deed == CaseDeed.Fix || e.Deed == CaseDeed.Reject, stopping);
        return (decided, await events.CountAsync(e => e.Deed == CaseDeed.Contest || e.Deed == CaseDeed.Reopen, stopping));
    }

    /// <summary>Takes out who filed a protected case, unless this officer may see it, and always what belongs to another agency.</summary>
    private static bool Hide(Case row, CaseViewer viewer)
    {
        row.Code = "";
        (row.ToldAgency, row.ToldChannel, row.ToldAddress) = (null, null, null);
        if (!row.Protected || viewer.SeesProtected) return false;
        (row.Contact, row.Channel, row.Address) = (null, null, null);
        return true;
    }

    private static CaseLine Line(CaseEvent one, bool hidden)
    {
        var detail = CaseDetail.Read(one.Detail);
        if (detail.Opening is { } opening)
        {
            opening = opening with { Code = "", ToldIn = null };
            detail = detail with { Opening = hidden ? opening with { Contact = null, Channel = null, Address = null } : opening };
        }
        return new CaseLine(one.Number, one.Deed, one.By, one.AuthorName, one.At, detail, one.Told);
    }
}
