using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Audit;

/// <summary>What reading an agency's audit log from its first line found.</summary>
/// <param name="Agency">Whose log.</param>
/// <param name="Lines">How many lines hold, from the first.</param>
/// <param name="HeadHash">The hash of the last line that holds. Written down elsewhere, it also shows a log that was cut off at its end.</param>
/// <param name="Broken">The first line that does not hold; null when all do.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record AuditVerdict(string Agency, long Lines, string HeadHash, long? Broken, string? Reason)
{
    public override string ToString() => Broken is null
        ? $"{Agency}: {Lines} lines hold, the last one's hash is {(Lines == 0 ? "-" : HeadHash)}"
        : $"{Agency}: line {Broken} is broken: {Reason}; {Lines} lines before it hold";
}

/// <summary>Reads audit logs line by line and recomputes every hash.</summary>
internal static class AuditCheck
{
    /// <param name="database">The desk's records.</param>
    /// <param name="agency">One agency, or null for all that have a log.</param>
    public static async Task<IReadOnlyList<AuditVerdict>> RunAsync(DeskDatabase database, string? agency)
    {
        await using var context = database.OpenForAll();
        var agencies = agency is null ? await context.Set<AuditRow>().Select(r => r.Agency).Distinct().Order().ToListAsync() : [agency];
        var verdicts = new List<AuditVerdict>();
        foreach (var one in agencies) verdicts.Add(await RunAsync(context, one));
        return verdicts;
    }

    private static async Task<AuditVerdict> RunAsync(DeskContext context, string agency)
    {
        var (lines, hash) = (0L, AuditRow.NoHash);
        await foreach (var row in context.Set<AuditRow>().AsNoTracking().Where(r => r.Agency == agency).OrderBy(r => r.Number).AsAsyncEnumerable())
        {
            if (Fault(row, lines + 1, hash) is { } fault) return new AuditVerdict(agency, lines, hash, row.Number, fault);
            (lines, hash) = (row.Number, row.Hash);
        }
        return new AuditVerdict(agency, lines, hash, null, null);
    }

    private static string? Fault(AuditRow row, long expected, string previousHash)
    {
        if (row.Number != expected) return $"line {expected} is missing before it";
        if (row.PreviousHash != previousHash) return "it does not follow the line before it";
        return row.ComputeHash() != row.Hash ? "its words are not those that were written" : null;
    }
}
