using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Promises;

/// <summary>Makes and settles promises inside the transaction of what brings them about.</summary>
internal static class PromiseWriting
{
    /// <summary>Keeps a promise, once for its key.</summary>
    public static async Task MakeAsync(DeskContext context, Promise made, CancellationToken stopping)
    {
        if (await context.Set<Promise>().AnyAsync(p => p.Agency == made.Agency && p.Key == made.Key, stopping)) return;
        context.Add(made);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("promise-made");
    }

    /// <summary>An officer did something to a case: a promise about it is settled when the contact hears of it.</summary>
    public static async Task AfterAsync(DeskContext context, Case row, CaseEvent one, CaseMoves.Move move, CancellationToken stopping)
    {
        // That the desk closes a case by itself is no word of a person.
        var isAnswer = move.Told && one.By == CaseParty.Officer && one.Deed is not (CaseDeed.Merge or CaseDeed.Reopen);
        var isVoid = one.Deed is CaseDeed.Merge or CaseDeed.Accept;
        if (!isAnswer && !isVoid) return;
        foreach (var promise in await context.Set<Promise>().Where(p => p.CaseId == row.Id && p.AnsweredAt == null && p.State != PromiseState.Void).ToListAsync(stopping))
        {
            if (isAnswer) Answer(promise, one.At);
            else Void(promise, one.At, one.Deed == CaseDeed.Merge ? PromiseReason.Merged : PromiseReason.Withdrawn);
        }
    }

    /// <summary>A person answered in a conversation: the promises of that conversation (not those of its cases) are settled.</summary>
    public static async Task AnsweredAsync(DeskContext context, string agency, string channel, string address, DateTimeOffset at, CancellationToken stopping)
    {
        var waiting = await context.Set<Promise>()
            .Where(p => p.Agency == agency && p.Channel == channel && p.Address == address && p.CaseId == null && p.AnsweredAt == null && p.State != PromiseState.Void).ToListAsync(stopping);
        foreach (var promise in waiting.Where(p => p.MadeAt <= at)) Answer(promise, at);
        await context.SaveChangesAsync(stopping);
    }

    /// <summary>The very moment that was promised is still in time.</summary>
    public static void Answer(Promise promise, DateTimeOffset at)
    {
        promise.AnsweredAt = at;
        if (promise.State == PromiseState.Open) (promise.State, promise.SettledAt) = (at <= promise.DueAt ? PromiseState.Kept : PromiseState.Broken, at);
        if (promise.State == PromiseState.Broken) promise.Reason = PromiseReason.AnsweredLate;
    }

    public static void Void(Promise promise, DateTimeOffset at, string reason)
    {
        if (promise.State != PromiseState.Open) return;
        (promise.State, promise.SettledAt, promise.Reason) = (PromiseState.Void, at, reason);
    }
}
