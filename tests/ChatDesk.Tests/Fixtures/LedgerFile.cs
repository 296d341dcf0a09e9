using ChatDesk.Delivery.Sqlite;

namespace ChatDesk.Tests.Fixtures;

/// <summary>Looks into a ledger file beside the running desk.</summary>
internal static class LedgerFile
{
    /// <param name="path">The file.</param>
    /// <param name="sql">A query with one number as its result; <c>?1</c> is <paramref name="text"/>.</param>
    /// <param name="text">The query's parameter.</param>
    public static long Count(string path, string sql, string? text = null)
    {
        using var db = new SqliteDatabase(path, readOnly: true);
        var query = db.Prepare(sql);
        if (text is not null) query.Bind(1, text);
        return query.ReadOne() ?? 0;
    }

    public static IReadOnlyList<string?> Column(string path, string sql, string? text = null)
    {
        using var db = new SqliteDatabase(path, readOnly: true);
        var query = db.Prepare(sql);
        if (text is not null) query.Bind(1, text);
        var values = new List<string?>();
        while (query.Step()) values.Add(query.TextOrNull(0));
        return values;
    }
}
