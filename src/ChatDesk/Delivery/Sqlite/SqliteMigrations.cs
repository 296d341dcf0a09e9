using System.Globalization;
using System.Reflection;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// Brings the file to the newest schema: numbered scripts in Migrations/, each in its own transaction together with the
/// file's user_version, so that a kill between two of them loses nothing and repeats nothing.
/// </summary>
internal static class SqliteMigrations
{
    /// <exception cref="LedgerException">A script failed (the file is as before it), or the file was written by a newer ChatDesk.</exception>
    public static void Run(SqliteDatabase database)
    {
        var scripts = Scripts();
        using var version = database.Prepare("PRAGMA user_version");
        var current = version.ReadOne() ?? 0;
        if (current > scripts.Count)
            throw new LedgerException($"the ledger has schema {current}, this ChatDesk knows {scripts.Count}: start the newer version that wrote it");

        for (var number = (int)current + 1; number <= scripts.Count; number++)
        {
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                database.Execute(scripts[number - 1]);
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}"));
                database.Execute("COMMIT");
            }
            catch
            {
                database.Execute("ROLLBACK");
                throw;
            }
        }
    }

    private static List<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
