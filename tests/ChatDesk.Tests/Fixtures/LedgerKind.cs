using System.Text.RegularExpressions;
using Npgsql;

namespace ChatDesk.Tests.Fixtures;

/// <summary>
/// On which database the desks of these tests keep everything: SQLite, or PostgreSQL with <c>CHATDESK_TEST_LEDGER=postgres</c>.
/// The server is started once for the whole program; every desk gets a database of its own.
/// </summary>
internal static partial class LedgerKind
{
    private static readonly Lazy<PostgresServer> Server = new(() =>
    {
        var server = new PostgresServer();
        server.InitializeAsync().AsTask().GetAwaiter().GetResult();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    });

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("CHATDESK_TEST_LEDGER") == "postgres";

    /// <returns>How to reach a new, empty PostgreSQL database.</returns>
    public static Task<string> NewDatabaseAsync() => Server.Value.NewDatabaseAsync();

    /// <summary>Writes the settings of a desk on a new database; does nothing when these tests run on SQLite.</summary>
    /// <returns>How to reach it; null on SQLite.</returns>
    public static async Task<string?> ConfigureAsync(IDictionary<string, string?> settings)
    {
        if (!IsPostgres || settings.ContainsKey("Ledger:Provider")) return settings.TryGetValue("Ledger:Provider", out var kind) && kind == "Postgres" ? settings["Ledger:ConnectionString"] : null;
        settings["Ledger:Provider"] = "Postgres";
        return settings["Ledger:ConnectionString"] = await NewDatabaseAsync();
    }

    /// <summary>A query with one number as its result, written for SQLite.</summary>
    public static long Count(string connection, string sql, string? text = null) => Column(connection, sql, text) is [{ } first, ..] ? long.Parse(first, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The first column of a query written for SQLite.</summary>
    public static IReadOnlyList<string?> Column(string connection, string sql, string? text = null)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(Translate(sql), open);
        if (text is not null) command.Parameters.Add(new NpgsqlParameter { Value = text });
        using var reader = command.ExecuteReader();
        var values = new List<string?>();
        while (reader.Read()) values.Add(reader.IsDBNull(0) ? null : Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        return values;
    }

    private static string Translate(string sql)
    {
        sql = Bytes().Replace(sql, "convert_from($1, 'UTF8')").Replace("instr(", "strpos(", StringComparison.Ordinal).Replace("?1", "$1", StringComparison.Ordinal).Replace("$text", "$1", StringComparison.Ordinal);
        return Field().Replace(sql, m => $"{m.Groups[1].Value}::json {string.Concat(m.Groups[2].Value.Split('.').SkipLast(1).Select(p => $"-> '{p}' "))}->> '{m.Groups[2].Value.Split('.')[^1]}'");
    }

    [GeneratedRegex(@"CAST\(([a-z.]+) AS TEXT\)")]
    private static partial Regex Bytes();

    [GeneratedRegex(@"([a-z_]+\([^()]*\)|[a-z_.]+) ->> '\$\.([A-Za-z.]+)'")]
    private static partial Regex Field();
}
