using ChatDesk.Data;
using ChatDesk.People.Audit;
using ChatDesk.Startup.Verbs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatDesk.Tests.People;

/// <summary>The audit log: in order, without holes, and nobody changes it unseen.</summary>
public sealed class AuditTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-test-").FullName;
    private readonly DeskDatabase _database;
    private readonly AuditLog _log;

    public AuditTests()
    {
        _database = DeskDatabase.OpenSqlite(Path);
        _log = new AuditLog(_database, TimeProvider.System, NullLogger<AuditLog>.Instance);
        _log.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private string Path => System.IO.Path.Combine(_folder, "desk.db");

    [Fact]
    public async Task A_thousand_lines_from_many_hands_are_a_thousand_lines_in_one_chain_each_agency()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => _log.WriteAsync(n % 3 == 0 ? "other" : "demo", $"o{n % 7}", "คุณ", "conversation.claim", $"conversation/{n}", new { n })));

        var verdicts = await AuditCheck.RunAsync(_database, null);
        Assert.All(verdicts, v => Assert.Null(v.Broken));
        Assert.Equal([("demo", 666L), ("other", 334L)], verdicts.Select(v => (v.Agency, v.Lines)));
        await using var context = _database.OpenForAll();
        Assert.Equal(1000, await context.Set<AuditRow>().Select(r => r.Subject).Distinct().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_writers_of_one_log_keep_one_chain()
    {
        using var other = new AuditLog(DeskDatabase.OpenSqlite(Path), TimeProvider.System, NullLogger<AuditLog>.Instance);
        await other.StartAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => (n % 2 == 0 ? _log : other).WriteAsync("demo", "o", "คุณ", "x", $"s/{n}")));

        await other.StopAsync(TestContext.Current.CancellationToken);
        var verdict = Assert.Single(await AuditCheck.RunAsync(_database, "demo"));
        Assert.Equal((100L, null), (verdict.Lines, verdict.Broken));
    }

    [Theory]
    [InlineData("UPDATE audit SET officer_name = 'somebody else' WHERE number = 5")]
    [InlineData("DELETE FROM audit WHERE number = 5")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT agency, number, at, officer_id, 'somebody else', action, subject, data, previous_hash, hash FROM audit WHERE number = 5")]
    public async Task The_database_itself_refuses_to_change_a_line(string sql)
    {
        await FillAsync();
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => Execute(sql)).Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await AuditCheck.RunAsync(_database, "demo")).Broken);
    }

    [Theory]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET officer_id = 'x' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET officer_name = 'x' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET action = 'x' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET subject = 'x' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET data = '{}' WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET hash = previous_hash WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET previous_hash = hash WHERE number = 5", 5)]
    [InlineData("UPDATE audit SET officer_id = officer_id || officer_name, officer_name = '' WHERE number = 5", 5)]
    [InlineData("DELETE FROM audit WHERE number = 5", 6)]
    [InlineData("DELETE FROM audit WHERE number = 1", 2)]
    [InlineData("UPDATE audit SET number = number + 100 WHERE number = 5", 6)]
    [InlineData("UPDATE audit SET agency = 'other' WHERE number = 5", 6)]
    public async Task Whoever_goes_around_the_database_is_found_at_the_line(string sql, long line)
    {
        await FillAsync();
        Execute("DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_loses_no_rows;" + sql);
        var output = new StringWriter();

        Assert.Equal(1, await AuditVerbs.VerifyAsync(Path, "demo", output, TextWriter.Null));

        Assert.Contains($"line {line} is broken", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_says_that_all_is_well_and_names_the_last_hash()
    {
        await FillAsync();
        var output = new StringWriter();
        Assert.Equal(0, await AuditVerbs.VerifyAsync(Path, null, output, TextWriter.Null));
        Assert.Matches("^demo: 10 lines hold, the last one's hash is [0-9a-f]{64}", output.ToString());
        Assert.Equal(2, await AuditVerbs.VerifyAsync(Path + ".nowhere", null, output, TextWriter.Null));
    }

    [Fact]
    public async Task Stopping_writes_what_was_asked_for()
    {
        var writes = Enumerable.Range(0, 50).Select(n => _log.WriteAsync("demo", "o", "คุณ", "x", $"s/{n}")).ToList();
        await _log.StopAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(writes);
        Assert.Equal(50, Assert.Single(await AuditCheck.RunAsync(_database, "demo")).Lines);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _log.WriteAsync("demo", "o", "คุณ", "x", "s"));
    }

    public async ValueTask DisposeAsync()
    {
        await _log.StopAsync(CancellationToken.None);
        _log.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Task FillAsync() => Task.WhenAll(Enumerable.Range(1, 10).Select(n => _log.WriteAsync("demo", $"officer-{n}", "สมชาย", "conversation.read", $"conversation/{n}", new { page = n, คำ = "ไทย" })));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
