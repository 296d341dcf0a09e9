using System.Security.Cryptography;
using System.Text;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Tracking;

/// <summary>
/// Finds a case by number and code. A wrong number, a wrong code and a number tried too often look the same, and codes are
/// compared in the same time whatever they are.
/// </summary>
internal sealed class CaseTracking(DeskDatabase database, CaseBook book, TrackingBrake brake)
{
    private const string NoCode = "--------";

    /// <summary>Stands in for a case that is not there; its code fits nothing.</summary>
    private static readonly Case Nobody = new() { Agency = "", Key = "", Code = "????????" };

    /// <summary>The public side of a case; null when number and code do not fit together.</summary>
    public async Task<PublicCase?> FindAsync(string agency, string? typedNumber, string? typedCode, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        return await FindAsync(context, typedNumber, typedCode, stopping) is { } row ? await ShowAsync(context, row, stopping) : null;
    }

    /// <summary>The contact, known by number and code, says something to the case: contest, content, answer.</summary>
    /// <returns>The case after it; null when number and code do not fit together.</returns>
    /// <exception cref="CaseRefusal">It may not be done.</exception>
    public async Task<PublicCase?> DoAsync(string agency, string? typedNumber, string? typedCode, CaseDeed deed, string? text, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        if (await FindAsync(context, typedNumber, typedCode, stopping) is not { } row) return null;
        await book.DoAsync(agency, row.Id, new CaseOrder(deed, CaseParty.Contact) { Detail = new CaseDetail { Text = text } }, stopping);
        context.ChangeTracker.Clear();
        return await ShowAsync(context, await context.Set<Case>().SingleAsync(c => c.Id == row.Id, stopping), stopping);
    }

    private async Task<Case?> FindAsync(DeskContext context, string? typedNumber, string? typedCode, CancellationToken stopping)
    {
        var number = CaseNumber.Read(typedNumber);
        var code = Encoding.ASCII.GetBytes(CaseNumber.ReadCode(typedCode) ?? NoCode);
        var open = number is not null && brake.Passes($"{context.Agency}/{number}");
        var rows = number is null ? new List<Case>() : await context.Set<Case>().AsNoTracking().Where(c => c.Number == number).Take(4).ToListAsync(stopping);
        // Always at least one comparison: how long it takes does not tell whether the number exists.
        if (rows.Count == 0) rows.Add(Nobody);
        var found = rows.FindLast(row => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Code), code));
        if (found is not null && open) return found;
        if (number is not null) brake.Miss($"{context.Agency}/{number}");
        return null;
    }

    private static async Task<PublicCase> ShowAsync(DeskContext context, Case row, CancellationToken stopping)
    {
        var events = await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == row.Id).OrderBy(e => e.Number).ToListAsync(stopping);
        return new PublicCase
        {
            Agency = row.Agency,
            Id = row.Id,
            Number = row.Number,
            Kind = row.Kind,
            State = row.State,
            OpenedAt = row.OpenedAt,
            ChangedAt = row.ChangedAt,
            AnswerDue = row.AnswerDue,
            Question = row.Question,
            Outcome = row.MergedInto is null ? row.Outcome : null,
            ContestUntil = row.ContestUntil,
            Steps = CaseProjection.States(events),
        };
    }
}
