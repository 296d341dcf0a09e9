using ChatDesk.Cases.Rules;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Promises;

/// <summary>What was promised, what is due, and whether the desk keeps its word.</summary>
internal sealed class PromiseBook(DeskDatabase database, CaseBasisOf basisOf, TimeProvider time)
{
    /// <summary>
    /// Makes work of promises whose opening has come (also one that passed while the desk was down), and marks those broken
    /// whose time has passed. Each once: the first one to mark a row does it.
    /// </summary>
    /// <returns>How many became work.</returns>
    public async Task<int> SweepAsync(string agency, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var calendar = basisOf(agency).Hours.Calendar;
        await using var context = database.Open(agency);
        if (!await context.Set<Promise>().AnyAsync(p => p.QueuedAt == null || (p.State == PromiseState.Open && p.DueAt < now), stopping)) return 0;
        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        var ready = (await context.Set<Promise>().Where(p => p.QueuedAt == null).OrderBy(p => p.MadeAt).ThenBy(p => p.Id).ToListAsync(stopping))
            .Where(p => calendar.NextOpening(p.MadeAt) <= now).ToList();
        foreach (var promise in ready) promise.QueuedAt = now;
        foreach (var late in await context.Set<Promise>().Where(p => p.State == PromiseState.Open && p.DueAt < now).ToListAsync(stopping))
            (late.State, late.SettledAt, late.Reason) = (PromiseState.Broken, late.DueAt, PromiseReason.NoAnswer);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("promises-swept");
        await transaction.CommitAsync(stopping);
        return ready.Count;
    }

    /// <summary>What officers owe an answer to, oldest first; a broken promise stays until somebody answers.</summary>
    public async Task<IReadOnlyList<Promise>> QueueAsync(string agency, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        return await context.Set<Promise>().AsNoTracking()
            .Where(p => p.QueuedAt != null && p.AnsweredAt == null && p.State != PromiseState.Void)
            .OrderBy(p => p.MadeAt).ThenBy(p => p.Id).ToListAsync(stopping);
    }

    /// <summary>How many promises wait for a person's answer, and how many of them are broken already.</summary>
    public async Task<(int Due, int Broken)> OwedAsync(string agency, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var owed = context.Set<Promise>().AsNoTracking().Where(p => p.AnsweredAt == null);
        return (await owed.CountAsync(p => p.State == PromiseState.Open, stopping), await owed.CountAsync(p => p.State == PromiseState.Broken, stopping));
    }

    /// <summary>A person answered in a conversation now; for the desk, where no turn's effect says it.</summary>
    public async Task AnsweredAsync(string agency, string channel, string address, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        await PromiseWriting.AnsweredAsync(context, agency, channel, address, time.GetUtcNow(), stopping);
    }

    /// <summary>A supervisor's words on why a promise was broken.</summary>
    /// <exception cref="CaseRefusal">There is no such broken promise, or no words.</exception>
    public async Task ExplainAsync(string agency, long id, string reason, CancellationToken stopping)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new CaseRefusal(CaseRefusalReason.WordsMissing);
        await using var context = database.Open(agency);
        var changed = await context.Set<Promise>().Where(p => p.Id == id && p.State == PromiseState.Broken).ExecuteUpdateAsync(p => p.SetProperty(x => x.Reason, reason), stopping);
        if (changed == 0) throw new CaseRefusal(CaseRefusalReason.NotFound);
    }

    /// <summary>Per day and topic, between two dates of the agency (both included). Every line adds up.</summary>
    public async Task<IReadOnlyList<PromiseLine>> ReportAsync(string agency, DateOnly from, DateOnly to, CancellationToken stopping)
    {
        var calendar = basisOf(agency).Hours.Calendar;
        await using var context = database.Open(agency);
        // A day more on both sides: the agency's dates are not those of UTC.
        var (after, before) = (Midnight(from.AddDays(-1)), Midnight(to.AddDays(2)));
        var made = await context.Set<Promise>().AsNoTracking().Where(p => p.MadeAt >= after && p.MadeAt < before).Select(p => new { p.MadeAt, p.Topic, p.State }).ToListAsync(stopping);
        return
        [
            .. made.Select(p => (Day: calendar.DateOf(p.MadeAt), p.Topic, p.State)).Where(p => p.Day >= from && p.Day <= to)
                .GroupBy(p => (p.Day, p.Topic)).OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Topic, StringComparer.Ordinal)
                .Select(g => new PromiseLine(
                    g.Key.Day, g.Key.Topic, g.Count(), g.Count(p => p.State == PromiseState.Kept), g.Count(p => p.State == PromiseState.Broken),
                    g.Count(p => p.State == PromiseState.Open), g.Count(p => p.State == PromiseState.Void))),
        ];
    }

    /// <summary>Open promises that the calendar in force would put at another time. They stand as they were made; supervisors see what changed.</summary>
    public async Task<IReadOnlyList<MovedPromise>> MovedAsync(string agency, CancellationToken stopping)
    {
        var hours = basisOf(agency).Hours;
        await using var context = database.Open(agency);
        var old = await context.Set<Promise>().AsNoTracking().Where(p => p.State == PromiseState.Open && p.Calendar != hours.Calendar.Version).OrderBy(p => p.DueAt).ToListAsync(stopping);
        return [.. old.Select(p => new MovedPromise(p, p.Rule is null ? hours.PromiseFrom(p.MadeAt) : hours.AnswerBy(p.MadeAt, p.Rule))).Where(m => m.WouldBe != m.Promise.DueAt)];
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>One line of the report: <c>Made = Kept + Broken + Open + Void</c>.</summary>
internal sealed record PromiseLine(DateOnly Day, string Topic, int Made, int Kept, int Broken, int Open, int Void);

/// <summary>A promise and the time that the calendar in force would give it.</summary>
internal sealed record MovedPromise(Promise Promise, DateTimeOffset WouldBe);
