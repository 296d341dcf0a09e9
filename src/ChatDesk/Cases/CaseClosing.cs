using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases;

/// <summary>Closes what was decided and not contested in its 30 days. Silence is consent, and the log says that it was silence.</summary>
internal sealed class CaseClosing(DeskDatabase database, CaseBook book, TimeProvider time)
{
    private const int Batch = 100;

    /// <summary>Closes what is due, each case once however often this comes round.</summary>
    /// <returns>How many were closed.</returns>
    public async Task<int> SweepAsync(string agency, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        await using var context = database.Open(agency);
        var due = await context.Set<Case>().AsNoTracking()
            .Where(c => (c.State == CaseState.Answered || c.State == CaseState.Fixed || c.State == CaseState.Rejected) && c.ContestUntil < now)
            .OrderBy(c => c.Id).Take(Batch).Select(c => new { c.Id, c.Events }).ToListAsync(stopping);
        var closed = 0;
        foreach (var one in due) closed += await CloseAsync(agency, one.Id, one.Events, stopping) ? 1 : 0;
        return closed;
    }

    private async Task<bool> CloseAsync(string agency, long id, int seen, CancellationToken stopping)
    {
        try
        {
            await book.DoAsync(agency, id, new CaseOrder(CaseDeed.Close, CaseParty.Desk) { Seen = seen }, stopping);
            return true;
        }
        catch (CaseRefusal)
        {
            // Somebody did something to it since it was read: it is looked at again in the next round.
            return false;
        }
    }
}
