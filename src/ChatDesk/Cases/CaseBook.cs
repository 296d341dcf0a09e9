using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases;

/// <summary>Opens and changes cases, each in one transaction.</summary>
internal sealed class CaseBook(DeskDatabase database, CaseBasisOf basisOf, TimeProvider time)
{
    /// <summary>Opens a case, once for each key.</summary>
    public async Task<Case> OpenAsync(string agency, string key, CaseOpening opening, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var row = await CaseWriting.OpenAsync(context, basisOf(agency), agency, key, opening, time.GetUtcNow(), stopping);
        await transaction.CommitAsync(stopping);
        return row;
    }

    /// <summary>Carries out an order.</summary>
    /// <returns>The case after it.</returns>
    /// <exception cref="CaseRefusal">It may not be done; nothing was changed.</exception>
    public async Task<Case> DoAsync(string agency, long id, CaseOrder order, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var row = await context.Set<Case>().FirstOrDefaultAsync(c => c.Id == id, stopping) ?? throw new CaseRefusal(CaseRefusalReason.NotFound);
        await CaseWriting.DoAsync(context, basisOf(agency), row, order, time.GetUtcNow(), stopping);
        await transaction.CommitAsync(stopping);
        FailPoints.Hit("case-committed");
        return row;
    }

    /// <summary>The case goes on in another on the same matter: closed here, linked there.</summary>
    /// <exception cref="CaseRefusal">One of them is not there, over, or the same.</exception>
    public async Task MergeAsync(string agency, long id, long into, CaseOrder by, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var (one, other) = await PairAsync(context, id, into, stopping);
        if (other.MergedInto is not null) throw new CaseRefusal(CaseRefusalReason.NotThisOne);
        await CaseWriting.DoAsync(context, basisOf(agency), one, by with { Deed = CaseDeed.Merge, Detail = Other(other) }, time.GetUtcNow(), stopping);
        await CaseWriting.DoAsync(context, basisOf(agency), other, by with { Deed = CaseDeed.Link, Detail = Other(one), Seen = null }, time.GetUtcNow(), stopping);
        await transaction.CommitAsync(stopping);
    }

    /// <summary>Notes on both cases that they belong together.</summary>
    /// <exception cref="CaseRefusal">One of them is not there, or they are the same.</exception>
    public async Task LinkAsync(string agency, long id, long to, CaseOrder by, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var (one, other) = await PairAsync(context, id, to, stopping);
        await CaseWriting.DoAsync(context, basisOf(agency), one, by with { Deed = CaseDeed.Link, Detail = Other(other) }, time.GetUtcNow(), stopping);
        await CaseWriting.DoAsync(context, basisOf(agency), other, by with { Deed = CaseDeed.Link, Detail = Other(one), Seen = null }, time.GetUtcNow(), stopping);
        await transaction.CommitAsync(stopping);
    }

    private static async Task<(Case One, Case Other)> PairAsync(DeskContext context, long one, long other, CancellationToken stopping)
    {
        if (one == other) throw new CaseRefusal(CaseRefusalReason.NotThisOne);
        var found = await context.Set<Case>().Where(c => c.Id == one || c.Id == other).ToDictionaryAsync(c => c.Id, stopping);
        return found.Count == 2 ? (found[one], found[other]) : throw new CaseRefusal(CaseRefusalReason.NotFound);
    }

    private static CaseDetail Other(Case other) => new() { Other = other.Id, OtherNumber = other.Number };
}
