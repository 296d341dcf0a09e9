using ChatDesk.Cases.Officers;
using ChatDesk.Data;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatDesk.Tests.Data;

/// <summary>Row-level security behind the filter of every query, as a role that is no superuser, as in every real database.</summary>
public sealed class AgencyWallTests(PostgresServer server) : IAsyncLifetime
{
    private string _connection = "";
    private DeskDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await server.NewDatabaseAsync();
        await using (PostgresLedger.Open(_connection, TimeProvider.System))
        {
            // For its tables.
        }
        _database = DeskDatabase.OpenPostgres(_connection);
        await using var all = _database.OpenForAll();
        foreach (var agency in (string[])["demo", "other"])
        {
            for (var n = 1; n <= 2; n++)
                all.Add(new CaseView { Agency = agency, Name = $"{agency}-{n}", Filter = "n" });
        }
        await all.SaveChangesAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_statement_that_forgets_the_agency_and_passes_by_the_filter_reads_only_its_own_rows()
    {
        const string every = "SELECT name AS \"Value\" FROM case_views";
        await using var demo = _database.Open("demo");

        Assert.Equal(["demo-1", "demo-2"], await demo.Database.SqlQueryRaw<string>(every).Order().ToListAsync(Cancellation));
        Assert.Equal(2, await demo.Set<CaseView>().IgnoreQueryFilters().CountAsync(Cancellation));
        await using (var transaction = await demo.Database.BeginTransactionAsync(Cancellation))
        {
            Assert.Equal(2, await demo.Database.SqlQueryRaw<string>(every).CountAsync(Cancellation));
        }
        // The session is the pool's again, and says nothing any more.
        await using var all = _database.OpenForAll();
        Assert.Equal(4, await all.Database.SqlQueryRaw<string>(every).CountAsync(Cancellation));
    }

    [Fact]
    public async Task No_other_agencys_row_is_written_changed_or_removed()
    {
        await using var demo = _database.Open("demo");

        Assert.Equal(2, await demo.Database.ExecuteSqlAsync($"UPDATE case_views SET filter = {"x"}", Cancellation));
        Assert.Equal(0, await demo.Database.ExecuteSqlAsync($"DELETE FROM case_views WHERE agency = {"other"}", Cancellation));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => demo.Database.ExecuteSqlAsync($"UPDATE case_views SET agency = {"other"}", Cancellation));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await using var all = _database.OpenForAll();
        Assert.Equal(["demo x", "demo x", "other n", "other n"], await all.Set<CaseView>().OrderBy(i => i.Name).Select(i => i.Agency + " " + i.Filter).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_saved_is_counted_right_one_row_and_several()
    {
        await using var demo = _database.Open("demo");
        var mine = await demo.Set<CaseView>().OrderBy(i => i.Name).ToListAsync(Cancellation);

        Change(mine[0], "one");
        Assert.Equal(1, await demo.SaveChangesAsync(Cancellation));
        Change(mine[0], "first");
        Change(mine[1], "second");
        Assert.Equal(2, await demo.SaveChangesAsync(Cancellation));
        Assert.Equal(1, await demo.Set<CaseView>().Where(i => i.Filter == "first").ExecuteDeleteAsync(Cancellation));
        // Somebody else was faster: that nothing was changed must still be noticed.
        Assert.Equal(1, await demo.Set<CaseView>().Where(i => i.Filter == "second").ExecuteDeleteAsync(Cancellation));
        Change(mine[1], "late");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => demo.SaveChangesAsync(Cancellation));

        void Change(CaseView invite, string officer) => demo.Entry(invite).Property(i => i.Filter).CurrentValue = officer;
    }

    [Fact]
    public async Task Every_table_that_names_an_agency_has_the_wall()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("""
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var (walled, open) = (0, new List<string>());
        while (await reader.ReadAsync(Cancellation))
        {
            if (reader.GetBoolean(1)) walled++;
            else open.Add(reader.GetString(0));
        }
        Assert.Empty(open);
        Assert.True(walled >= 20, $"{walled} tables");
    }

    [Fact]
    public async Task What_officers_read_in_the_ledger_stays_within_their_agency()
    {
        await using var ledger = PostgresLedger.Open(_connection, TimeProvider.System);
        await using (var source = NpgsqlDataSource.Create(_connection))
        await using (var fill = source.CreateCommand("INSERT INTO conversations (agency, channel, address, created_at) VALUES ('demo', 'line', 'U1', 0), ('other', 'line', 'U2', 0)"))
        {
            await fill.ExecuteNonQueryAsync(Cancellation);
        }

        Assert.Equal("U1", Addresses("demo"));
        Assert.Equal("U2", Addresses("other"));
        Assert.Equal("", Addresses("third"));
        Assert.Equal("U1U2", Addresses(null));

        string Addresses(string? agency) => ledger.Together(System.Data.IsolationLevel.RepeatableRead, session =>
        {
            if (agency is not null) session.OnlyOf(agency);
            var all = session.Prepare("SELECT address FROM conversations ORDER BY address");
            var found = "";
            while (all.Step()) found += all.Text(0);
            return found;
        });
    }
}
