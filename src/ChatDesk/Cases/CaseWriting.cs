using ChatDesk.Cases.Model;
using ChatDesk.Cases.Promises;
using ChatDesk.Cases.Rules;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases;

/// <summary>
/// The one place where a case is written: checks an order against <see cref="CaseMoves"/>, adds the event and takes it into
/// the row. Runs inside its caller's transaction; nothing is kept until that commits.
/// </summary>
internal static class CaseWriting
{
    /// <summary>As long as a text of a case may be, in UTF-16 units.</summary>
    public const int TextLimit = 5_000;

    private const int FileLimit = 20;

    /// <summary>Opens a case; one already opened by that key is given back as it is.</summary>
    public static async Task<Case> OpenAsync(DeskContext context, CaseBasis basis, string agency, string key, CaseOpening opening, DateTimeOffset at, CancellationToken stopping)
    {
        if (await context.Set<Case>().FirstOrDefaultAsync(c => c.Agency == agency && c.Key == key, stopping) is { } known) return known;
        var row = new Case { Agency = agency, Key = key };
        context.Add(row);
        var first = new CaseEvent
        {
            Agency = agency,
            Number = 1,
            Deed = CaseDeed.Open,
            By = CaseParty.Contact,
            At = Stored(at),
            Detail = new CaseDetail { Opening = opening }.Write(),
        };
        CaseProjection.Apply(row, first, basis);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("case-row-written");
        first.CaseId = row.Id;
        context.Add(first);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("case-opened");
        if (opening.PromisedBy is { } due) await PromiseWriting.MakeAsync(context, Promised(row, opening, due), stopping);
        return row;
    }

    /// <summary>Carries out an order.</summary>
    /// <returns>The event; null when an event with the order's key is there already.</returns>
    /// <exception cref="CaseRefusal">It may not be done; nothing was changed.</exception>
    public static async Task<CaseEvent?> DoAsync(DeskContext context, CaseBasis basis, Case row, CaseOrder order, DateTimeOffset at, CancellationToken stopping)
    {
        if (order.Key is { } key && await context.Set<CaseEvent>().AnyAsync(e => e.Agency == row.Agency && e.Key == key, stopping)) return null;
        // The desk's own reading of urgency comes by itself, shortly after a case is there: it changes nothing that somebody decided by.
        if (order.Seen is { } seen && await context.Set<CaseEvent>().AnyAsync(e => e.CaseId == row.Id && e.Number > seen && e.Deed != CaseDeed.Triage, stopping))
            throw new CaseRefusal(CaseRefusalReason.Changed);
        var move = Check(row, order, at);
        var one = new CaseEvent
        {
            Agency = row.Agency,
            CaseId = row.Id,
            Number = row.Events + 1,
            Deed = order.Deed,
            By = order.By,
            Author = order.Author,
            AuthorName = order.AuthorName,
            // A clock that was set back must not make time run backwards in the log.
            At = at < row.ChangedAt ? row.ChangedAt : Stored(at),
            Detail = order.Detail.Write(),
            Key = order.Key,
            Told = move.Told && row.ToldIn is not null ? TellState.Wanted : TellState.Nothing,
        };
        context.Add(one);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("case-event-written");
        CaseProjection.Apply(row, one, basis);
        await PromiseWriting.AfterAsync(context, row, one, move, stopping);
        await context.SaveChangesAsync(stopping);
        FailPoints.Hit("case-changed");
        return one;
    }

    private static Promise Promised(Case row, CaseOpening opening, DateTimeOffset due) => new()
    {
        Agency = row.Agency,
        Key = $"case:{row.Key}",
        CaseId = row.Id,
        Channel = row.Channel,
        Address = row.Address,
        Topic = opening.Topic ?? opening.Kind.ToString(),
        Rule = opening.PromiseRule,
        MadeAt = row.OpenedAt,
        DueAt = due.ToUniversalTime(),
        Calendar = opening.CalendarVersion ?? "",
    };

    /// <summary>As exact as the database keeps it, so that what is reckoned now is what is reckoned from the log.</summary>
    private static DateTimeOffset Stored(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static CaseMoves.Move Check(Case row, CaseOrder order, DateTimeOffset at)
    {
        var detail = order.Detail;
        var words = !string.IsNullOrWhiteSpace(detail.Text);
        var move = CaseMoves.Find(row.State, order.Deed, order.By) ?? throw new CaseRefusal(CaseRefusalReason.NotNow);
        if (move.Needs == CaseProof.Words && !words) throw new CaseRefusal(CaseRefusalReason.WordsMissing);
        if (move.Needs == CaseProof.Evidence && !words && detail.Files is not { Count: > 0 }) throw new CaseRefusal(CaseRefusalReason.EvidenceMissing);
        if (detail.Text?.Length > TextLimit || detail.Files?.Count > FileLimit) throw new CaseRefusal(CaseRefusalReason.TooLong);
        if (order.Deed == CaseDeed.Contest && !(at <= row.ContestUntil)) throw new CaseRefusal(CaseRefusalReason.TooLate);
        return move;
    }
}
