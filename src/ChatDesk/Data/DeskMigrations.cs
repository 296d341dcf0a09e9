using System.Data.Common;

namespace ChatDesk.Data;

/// <summary>
/// Brings the tables up to date: every room's scripts <c>Migrations/NNNN_name.{provider}.sql</c>, by number, each once, each
/// in a transaction of its own. A script that has run anywhere is never changed; a new one follows it.
/// </summary>
internal static class DeskMigrations
{
    private const string Prefix = "DeskMigrations/";

    /// <param name="connection">An open or closed connection of the provider; left as it was.</param>
    /// <param name="provider"><c>sqlite</c> or <c>postgres</c>.</param>
    public static void Run(DbConnection connection, string provider)
    {
        var wasClosed = connection.State == System.Data.ConnectionState.Closed;
        if (wasClosed) connection.Open();
        try
        {
            var turn = provider == "postgres" ? "SELECT pg_advisory_xact_lock(4851205);" : "";
            using (var first = connection.BeginTransaction())
            {
                Execute(connection, first, $"{turn} CREATE TABLE IF NOT EXISTS desk_migrations (name TEXT PRIMARY KEY)");
                first.Commit();
            }
            // The row of a script that another replica is running is waited for, and then found.
            foreach (var name in Scripts(provider)) RunOnce(connection, name);
        }
        finally
        {
            if (wasClosed) connection.Close();
        }
    }

    private static void RunOnce(DbConnection connection, string name)
    {
        using var transaction = connection.BeginTransaction();
        using var note = connection.CreateCommand();
        note.Transaction = transaction;
        note.CommandText = "INSERT INTO desk_migrations (name) VALUES (@name) ON CONFLICT (name) DO NOTHING";
        var parameter = note.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@name", name);
        note.Parameters.Add(parameter);
        if (note.ExecuteNonQuery() == 0) return;
        Execute(connection, transaction, Read(name));
        transaction.Commit();
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Scripts(string provider) => typeof(DeskMigrations).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith($".{provider}.sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(DeskMigrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
