using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;

namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- ledger …</c> and <c>-- quarantine …</c>: what operators do with the ledger from outside the desk.</summary>
internal static class LedgerVerbs
{
    public static int Dump(LedgerSettings at, FileInfo? file, TextWriter to, TextWriter errors) => Guard(errors, () =>
    {
        using var ledger = Open(at);
        using var writer = file is null ? null : new StreamWriter(file.FullName);
        ledger.Dump(writer ?? to);
        return 0;
    });

    public static int Fill(string path, string agency, long conversations, TextWriter to, TextWriter errors) => Guard(errors, () =>
    {
        var told = 0L;
        SqliteFill.Run(path, agency, conversations, TimeProvider.System, done =>
        {
            if (done - told < 100_000 && done != conversations) return;
            told = done;
            to.WriteLine($"{done} of {conversations} conversations");
        });
        return 0;
    });

    public static int ListQuarantine(LedgerSettings at, TextWriter to, TextWriter errors) => Guard(errors, () =>
    {
        using var ledger = Open(at);
        var events = ledger.Quarantine();
        if (events.Count == 0) to.WriteLine("Nothing is in quarantine.");
        foreach (var one in events) to.WriteLine(one);
        return 0;
    });

    public static int RetryQuarantined(LedgerSettings at, long[] rows, bool all, TextWriter to, TextWriter errors) => Guard(errors, () =>
    {
        using var ledger = Open(at);
        if (all) rows = [.. ledger.Quarantine().Select(q => q.Row)];
        if (rows.Length == 0 && !all)
        {
            errors.WriteLine("name the rows to retry (quarantine list shows them), or --all");
            return 2;
        }
        var failed = 0;
        foreach (var row in rows)
        {
            var found = ledger.Retry(row);
            (found ? to : errors).WriteLine(found ? $"{row}: gets its turn again" : $"{row}: is not in quarantine");
            if (!found) failed++;
        }
        return failed == 0 ? 0 : 1;
    });

    private static LedgerInspection Open(LedgerSettings at) =>
        at.Postgres is { } postgres ? LedgerInspection.OpenPostgres(postgres) : LedgerInspection.OpenSqlite(at.Path);

    private static int Guard(TextWriter errors, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception fault) when (fault is LedgerException or System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(fault.Message);
            return 1;
        }
    }
}
