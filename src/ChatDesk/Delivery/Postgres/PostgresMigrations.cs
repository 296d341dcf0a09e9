using System.Reflection;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Brings the database to the newest schema: numbered scripts, each in a transaction with its number. Replicas that start
/// together take turns (a lock that ends with the transaction, so that it also holds through pgbouncer).
/// </summary>
internal static class PostgresMigrations
{
    private const string Prefix = "PostgresMigrations/";
    private const long TurnToMigrate = 0x43686174_4C656467;   // "ChatLedg"

    /// <exception cref="LedgerException">The database was written by a newer ChatDesk.</exception>
    public static void Run(NpgsqlDataSource source)
    {
        var scripts = Scripts();
        for (var more = true; more;) more = RunNext(source, scripts);
    }

    private static bool RunNext(NpgsqlDataSource source, List<string> scripts)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({TurnToMigrate})");
        Execute(connection, "CREATE TABLE IF NOT EXISTS ledger_schema (version integer NOT NULL)");
        var current = Number(connection, "SELECT coalesce(max(version), 0) FROM ledger_schema");
        if (current > scripts.Count)
            throw new LedgerException($"the ledger has schema {current}, this ChatDesk knows {scripts.Count}: start the newer version that wrote it");
        if (current == scripts.Count) return false;
        Execute(connection, scripts[current]);
        Execute(connection, $"INSERT INTO ledger_schema (version) VALUES ({current + 1})");
        transaction.Commit();
        return true;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static int Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (int)command.ExecuteScalar()!;
    }

    private static List<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
