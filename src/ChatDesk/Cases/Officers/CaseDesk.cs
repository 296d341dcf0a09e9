using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Officers;

/// <summary>Everything the desk's case pages ask for and do, in one agency, for one officer at a time.</summary>
internal sealed class CaseDesk(DeskDatabase database, CaseBook book, TimeProvider time)
{
    private const int MostRows = 200;

    /// <summary>A page of the list.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="skip">Rows before it.</param>
    /// <param name="take">At most 200.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<CasePage> ListAsync(string agency, CaseFilter filter, int skip, int take, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var matching = context.Set<Case>().AsNoTracking().Where(filter, time.GetUtcNow());
        var rows = await matching.InOrder(filter.Order).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MostRows)).ToListAsync(stopping);
        return new CasePage([.. rows.Select(CaseRow.Of)], await matching.CountAsync(stopping));
    }

    /// <summary>A case with its timeline; null when the agency has none of that id.</summary>
    public async Task<CaseDetailView?> ReadAsync(string agency, long id, CaseViewer viewer, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await context.Set<Case>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, stopping) is not { } row) return null;
        var events = await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Number).ToListAsync(stopping);
        var hidden = Hide(row, viewer);
        return new CaseDetailView(row, [.. events.Select(e => Line(e, hidden))], CaseMoves.Open(row.State, CaseParty.Officer), hidden);
    }

    /// <summary>Does something to a case.</summary>
    /// <exception cref="CaseRefusal">It may not be done; nothing was changed.</exception>
    public Task<Case> DoAsync(string agency, long id, CaseViewer by, CaseDeed deed, CaseDetail detail, int? seen, CancellationToken stopping) =>
        deed is CaseDeed.Merge or CaseDeed.Link ? throw new CaseRefusal(CaseRefusalReason.NotThisOne) : book.DoAsync(agency, id, Order(by, deed) with { Detail = detail, Seen = seen }, stopping);

    /// <summary>Gives several cases to a unit, an officer, or both. Each stands for itself: those that cannot are named.</summary>
    /// <returns>Ids that were refused, with the reason.</returns>
    public async Task<IReadOnlyDictionary<long, CaseRefusalReason>> AssignAsync(string agency, IReadOnlyList<long> ids, CaseViewer by, string? unit, CaseViewer? to, CancellationToken stopping)
    {
        var refused = new Dictionary<long, CaseRefusalReason>();
        foreach (var id in ids.Distinct())
        {
            try
            {
                await book.DoAsync(agency, id, Order(by, CaseDeed.Assign) with { Detail = new CaseDetail { Unit = unit, Officer = to?.Id, OfficerName = to?.Name } }, stopping);
            }
            catch (CaseRefusal refusal)
            {
                refused[id] = refusal.Reason;
            }
        }
        return refused;
    }

    /// <inheritdoc cref="CaseBook.MergeAsync"/>
    public Task MergeAsync(string agency, long id, long into, CaseViewer by, CancellationToken stopping) => book.MergeAsync(agency, id, into, Order(by, CaseDeed.Merge), stopping);

    /// <inheritdoc cref="CaseBook.LinkAsync"/>
    public Task LinkAsync(string agency, long id, long to, CaseViewer by, CancellationToken stopping) => book.LinkAsync(agency, id, to, Order(by, CaseDeed.Link), stopping);

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
            .Where(c => c.Id != id && c.MergedInto == null && c.Kind == row.Kind && c.OpenedAt >= from && c.OpenedAt <= to && (viewer.SeesProtected || !c.Protected)
                && ((c.Address != null && c.Channel == row.Channel && c.Address == row.Address) || (c.Contact != null && c.Contact == row.Contact)))
            .OrderByDescending(c => c.OpenedAt).Take(50).ToListAsync(stopping);
        return [.. others.Select(c => new SimilarCase(CaseRow.Of(c), CaseLikeness.Of(row, c))).Where(s => s.Likeness >= CaseLikeness.WorthShowing).OrderByDescending(s => s.Likeness)];
    }

    /// <summary>The list as CSV, whole.</summary>
    public async Task ExportAsync(string agency, CaseFilter filter, Stream to, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var csv = new CaseCsv(to);
        await foreach (var row in context.Set<Case>().AsNoTracking().Where(filter, time.GetUtcNow()).InOrder(filter.Order).AsAsyncEnumerable().WithCancellation(stopping))
            await csv.WriteAsync(row, stopping);
    }

    /// <summary>How many cases were decided and how many came back, since a moment.</summary>
    public async Task<(int Decided, int Reopened)> ReopenRateAsync(string agency, DateTimeOffset since, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var events = context.Set<CaseEvent>().Where(e => e.At >= since);
        var decided = await events.CountAsync(e => e.Deed == CaseDeed.Answer || e.Deed == CaseDeed.Fix || e.Deed == CaseDeed.Reject, stopping);
        return (decided, await events.CountAsync(e => e.Deed == CaseDeed.Contest || e.Deed == CaseDeed.Reopen, stopping));
    }

    private static CaseOrder Order(CaseViewer by, CaseDeed deed) => new(deed, CaseParty.Officer) { Author = by.Id, AuthorName = by.Name };

    /// <summary>Takes out who filed a protected case, unless this officer may see it.</summary>
    private static bool Hide(Case row, CaseViewer viewer)
    {
        row.Code = "";
        if (!row.Protected || viewer.SeesProtected) return false;
        (row.Contact, row.Channel, row.Address) = (null, null, null);
        return true;
    }

    private static CaseLine Line(CaseEvent one, bool hidden)
    {
        var detail = CaseDetail.Read(one.Detail);
        if (detail.Opening is { } opening)
            detail = detail with { Opening = hidden ? opening with { Code = "", Contact = null, Channel = null, Address = null } : opening with { Code = "" } };
        return new CaseLine(one.Number, one.Deed, one.By, one.AuthorName, one.At, detail, one.Told);
    }
}
