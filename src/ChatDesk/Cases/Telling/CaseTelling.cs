using ChatDesk.Activities;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Telling;

/// <summary>
/// Brings what officers did into the contact's conversation: an activity in the ledger, named after the event, so that it is
/// accepted once however often it is brought. From there it takes its turn and leaves by the outbox like everything else.
/// </summary>
internal sealed class CaseTelling(ILedger ledger, DeskDatabase database, TimeProvider time)
{
    private const int Batch = 50;

    /// <summary>Tells everything there is to tell.</summary>
    /// <exception cref="LedgerException">The ledger is away; what was not told is found again.</exception>
    public async Task CatchUpAsync(CancellationToken stopping)
    {
        while (await StepAsync(stopping) == Batch) { }
    }

    private async Task<int> StepAsync(CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        var wanted = await (
            from one in context.Set<CaseEvent>()
            join row in context.Set<Case>() on one.CaseId equals row.Id
            where one.Told == TellState.Wanted
            orderby one.Id
            select new { Event = one, Case = row }).Take(Batch).ToListAsync(stopping);
        foreach (var pair in wanted) await TellAsync(context, pair.Case, pair.Event, stopping);
        return wanted.Count;
    }

    private async Task TellAsync(DeskContext context, Case row, CaseEvent one, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        FailPoints.Hit("tell-before-ledger");
        await ledger.AcceptAsync([new InboxEntry(Activity(row, one, now), now, default)]);
        FailPoints.Hit("tell-before-mark");
        (one.Told, one.ToldAt) = (TellState.Told, now);
        await context.SaveChangesAsync(stopping);
    }

    private static InboundActivity Activity(Case row, CaseEvent one, DateTimeOffset now)
    {
        var detail = CaseDetail.Read(one.Detail);
        var contestable = one.Deed is CaseDeed.Answer or CaseDeed.Fix or CaseDeed.Reject;
        var notice = new CaseNotice(row.Number, one.Deed, detail.Text, row.Language, contestable ? one.At + CaseProjection.ContestTime : null, detail.OtherNumber,
            // What the contact thinks of another agency's work is not asked by the one they wrote to.
            Rate: contestable && row.ToldAgency is null);
        return new InboundActivity
        {
            Id = $"case:{row.Key}:{one.Number}",
            Conversation = row.ToldIn!.Value,
            Kind = InboundKind.Timer,
            At = now,
            Data = notice.Write(),
        };
    }
}
