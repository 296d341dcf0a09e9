using Npgsql;

namespace ChatDesk.Startup;

/// <summary>Where everything is kept: files beside the program, or PostgreSQL for several replicas.</summary>
/// <param name="Path">Absolute path of the SQLite ledger.</param>
/// <param name="Postgres">How to reach PostgreSQL, as Npgsql takes it; null for SQLite.</param>
internal sealed record LedgerSettings(string Path, string? Postgres)
{
    /// <summary>Connections of one pool, of which a replica has two (messages; people and cases). More only wait for each other inside the database, and all replicas together share its limit.</summary>
    private const int PoolSize = 20;

    /// <summary>Reads <c>Ledger:Provider</c> and <c>Ledger:ConnectionString</c>.</summary>
    public static LedgerSettings Read(IConfigurationSection section, string data, List<string> problems)
    {
        var file = System.IO.Path.Combine(data, "ledger.db");
        var provider = section["Provider"];
        var given = section["ConnectionString"];
        if ("Postgres".Equals(provider, StringComparison.OrdinalIgnoreCase)) return new(file, PostgresOf(given, problems));
        if (provider is { Length: > 0 } && !provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
            problems.Add($"Ledger:Provider: '{provider}' is not known; write Sqlite or Postgres.");
        return new(string.IsNullOrWhiteSpace(given) ? file : FileOf(given, data, problems), null);
    }

    private static string FileOf(string given, string data, List<string> problems)
    {
        const string source = "Data Source=";
        var path = given.Trim().TrimEnd(';');
        if (path.StartsWith(source, StringComparison.OrdinalIgnoreCase)) path = path[source.Length..];
        if (path.Contains('=') || path.Contains(';'))
            problems.Add("Ledger:ConnectionString: write 'Data Source=/path/ledger.db' and nothing else for SQLite.");
        return System.IO.Path.GetFullPath(path, data);
    }

    private static string? PostgresOf(string? given, List<string> problems)
    {
        const string example = "Host=db;Username=chatdesk;Password=...;Database=chatdesk";
        if (string.IsNullOrWhiteSpace(given))
        {
            problems.Add($"Ledger:ConnectionString: is needed with Ledger:Provider=Postgres; write for example {example}.");
            return null;
        }
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(given);
            if (string.IsNullOrWhiteSpace(connection.Host)) problems.Add($"Ledger:ConnectionString: no host is named; write for example {example}.");
            // ContainsKey says whether there is such a setting at all; only ShouldSerialize says whether it was given.
            if (!connection.ShouldSerialize("Maximum Pool Size")) connection.MaxPoolSize = PoolSize;
            if (!connection.ShouldSerialize("Timeout")) connection.Timeout = 5;
            if (!connection.ShouldSerialize("Command Timeout")) connection.CommandTimeout = 10;
            connection.ApplicationName ??= "chatdesk";
            // Nothing is ever left behind in a session, and through pgbouncer a session is not ours to reset.
            connection.NoResetOnClose = true;
            return connection.ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            problems.Add($"Ledger:ConnectionString: cannot be read ({fault.Message}); write for example {example}.");
            return null;
        }
    }
}
