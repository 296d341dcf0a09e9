using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Officers;

/// <summary>What officers do to cases. A case that is not there for an officer cannot be touched by them either.</summary>
internal sealed class CaseActs(DeskDatabase database, CaseBook book)
{
    /// <summary>Does something to a case.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="id">The case.</param>
    /// <param name="by">Who.</param>
    /// <param name="deed">What; merging and linking have calls of their own.</param>
    /// <param name="detail">With which words, files, dates.</param>
    /// <param name="seen">How many events the case had on the page.</param>
    /// <param name="form">Names the form that was sent: sent twice, it is carried out once. Null for none.</param>
    /// <param name="stopping">Ends it.</param>
    /// <exception cref="CaseRefusal">It may not be done; nothing was changed.</exception>
    public async Task<Case> DoAsync(string agency, long id, CaseViewer by, CaseDeed deed, CaseDetail detail, int? seen, string? form, CancellationToken stopping)
    {
        if (deed is CaseDeed.Merge or CaseDeed.Link) throw new CaseRefusal(CaseRefusalReason.NotThisOne);
        await RefuseUnseenAsync(agency, by, [id], stopping);
        var key = form is null ? null : $"desk:{by.Id}:{id}:{deed}:{form}";
        return await book.DoAsync(agency, id, Order(by, deed) with { Detail = detail, Seen = seen, Key = key }, stopping);
    }

    /// <summary>Gives several cases to a unit, an officer, or both. Each stands for itself: those that cannot are named.</summary>
    /// <returns>Ids that were refused, with the reason.</returns>
    public async Task<IReadOnlyDictionary<long, CaseRefusalReason>> AssignAsync(string agency, IReadOnlyList<long> ids, CaseViewer by, string? unit, CaseViewer? to, CancellationToken stopping)
    {
        var refused = new Dictionary<long, CaseRefusalReason>();
        foreach (var id in ids.Distinct())
        {
            try
            {
                await RefuseUnseenAsync(agency, by, [id], stopping);
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
    public async Task MergeAsync(string agency, long id, long into, CaseViewer by, int? seen, CancellationToken stopping)
    {
        await RefuseUnseenAsync(agency, by, [id, into], stopping);
        await book.MergeAsync(agency, id, into, Order(by, CaseDeed.Merge) with { Seen = seen }, stopping);
    }

    /// <inheritdoc cref="CaseBook.LinkAsync"/>
    public async Task LinkAsync(string agency, long id, long to, CaseViewer by, int? seen, CancellationToken stopping)
    {
        await RefuseUnseenAsync(agency, by, [id, to], stopping);
        await book.LinkAsync(agency, id, to, Order(by, CaseDeed.Link) with { Seen = seen }, stopping);
    }

    private async Task RefuseUnseenAsync(string agency, CaseViewer by, long[] ids, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await context.Set<Case>().Where(by.Sees).CountAsync(c => ids.Contains(c.Id), stopping) != ids.Distinct().Count()) throw new CaseRefusal(CaseRefusalReason.NotFound);
    }

    private static CaseOrder Order(CaseViewer by, CaseDeed deed) => new(deed, CaseParty.Officer) { Author = by.Id, AuthorName = by.Name };
}
