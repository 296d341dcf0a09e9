using System.Data.Common;
using ChatDesk.Data;
using ChatDesk.People.Audit;

namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- audit verify</c>: whether the audit log is what was written.</summary>
internal static class AuditVerbs
{
    /// <inheritdoc cref="VerifyAsync(string, string?, TextWriter, TextWriter)"/>
    public static Task<int> VerifyAsync(DeskSettings settings, string? agency, TextWriter to, TextWriter errors) => settings.Ledger.Postgres is { } postgres
        ? VerifyAsync(() => DeskDatabase.OpenPostgres(postgres), agency, to, errors)
        : VerifyAsync(settings.RecordsPath, agency, to, errors);

    /// <returns>0 every line holds, 1 a line is broken, 2 there is nothing to read.</returns>
    public static async Task<int> VerifyAsync(string path, string? agency, TextWriter to, TextWriter errors)
    {
        if (!File.Exists(path))
        {
            await errors.WriteLineAsync($"there is no {path}; the desk has not run here yet");
            return 2;
        }
        return await VerifyAsync(() => DeskDatabase.OpenSqlite(path), agency, to, errors);
    }

    private static async Task<int> VerifyAsync(Func<DeskDatabase> open, string? agency, TextWriter to, TextWriter errors)
    {
        try
        {
            var verdicts = await AuditCheck.RunAsync(open(), agency);
            if (verdicts.Count == 0) await to.WriteLineAsync("The audit log has no lines yet.");
            foreach (var verdict in verdicts) await to.WriteLineAsync(verdict.ToString());
            return verdicts.Any(v => v.Broken is not null) ? 1 : 0;
        }
        catch (DbException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return 2;
        }
    }
}
