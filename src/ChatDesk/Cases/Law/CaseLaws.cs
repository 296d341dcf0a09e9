using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Rules;
using ChatDesk.Data;
using ChatDesk.Hours.Law;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Law;

/// <summary>The statutory side of an agency's cases: which decisions are late, and which notices are owed.</summary>
internal sealed class CaseLaws(DeskDatabase database, CaseBasisOf basisOf, TimeProvider time)
{
    private const int MostCases = 2_000;

    /// <summary>The statutory clock of one case; null where it has none, or the case is not there for this officer.</summary>
    public async Task<CaseLaw?> OfAsync(string agency, long id, CaseViewer viewer, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await context.Set<Case>().AsNoTracking().Where(viewer.Sees).FirstOrDefaultAsync(c => c.Id == id && c.Kind == CaseKind.Delay, stopping) is not { } row) return null;
        var entered = await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == id && e.Deed == CaseDeed.Law).OrderByDescending(e => e.Number).FirstOrDefaultAsync(stopping);
        return CaseLaw.Of(row, entered is null ? null : CaseDetail.Read(entered.Detail).Law, basisOf(agency).Hours);
    }

    /// <summary>Cases about decisions that are outstanding: the latest first, then those not late yet, then those of which too little is known.</summary>
    public async Task<IReadOnlyList<LawRow>> ListAsync(string agency, CaseViewer viewer, CancellationToken stopping)
    {
        var hours = basisOf(agency).Hours;
        var today = hours.Calendar.DateOf(time.GetUtcNow());
        await using var context = database.Open(agency);
        var cases = await context.Set<Case>().AsNoTracking().Where(viewer.Sees).Where(c => c.Kind == CaseKind.Delay && c.MergedInto == null)
            .OrderByDescending(c => c.Id).Take(MostCases).ToListAsync(stopping);
        var ids = cases.Select(c => c.Id).ToList();
        var entered = (await context.Set<CaseEvent>().AsNoTracking().Where(e => e.Deed == CaseDeed.Law && ids.Contains(e.CaseId)).OrderBy(e => e.Number).ToListAsync(stopping))
            .GroupBy(e => e.CaseId).ToDictionary(g => g.Key, g => CaseDetail.Read(g.Last().Detail).Law);
        return
        [
            .. cases.Select(c => (Case: c, Law: CaseLaw.Of(c, entered.GetValueOrDefault(c.Id), hours))).Where(one => one.Law is { Entry.Decided: null })
                .Select(one => new LawRow(CaseRow.Of(one.Case), one.Law!, one.Law!.Read(today), one.Law!.NextNotice(today)))
                .OrderBy(one => one.Reading?.Due is null).ThenBy(one => one.Reading?.Due).ThenBy(one => one.Case.Id),
        ];
    }
}

/// <summary>One line of the list.</summary>
/// <param name="Case">The case.</param>
/// <param name="Law">Its clock.</param>
/// <param name="Reading">As of today; null while too little is known.</param>
/// <param name="Next">The notice owed next.</param>
internal sealed record LawRow(CaseRow Case, CaseLaw Law, StatutoryReading? Reading, LateNotice? Next);
