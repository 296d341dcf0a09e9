using ChatDesk.Data;
using ChatDesk.People.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Tests.Data;

/// <summary>The desk's records: every agency sees and writes its own, and the tables are the ones the code means.</summary>
public sealed class DeskContextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-test-").FullName;
    private readonly DeskDatabase _database;

    public DeskContextTests() => _database = DeskDatabase.OpenSqlite(Path.Combine(_folder, "desk.db"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_that_forgets_the_agency_still_sees_only_its_own()
    {
        await FillAsync();
        await using var context = _database.Open("demo");

        Assert.Equal(["demo"], await context.Set<OfficerInvite>().Select(i => i.Agency).Distinct().ToListAsync(Cancellation));
        Assert.Null(await context.Set<OfficerInvite>().FirstOrDefaultAsync(i => i.TokenHash == "other-1", Cancellation));
        Assert.Null(await context.FindAsync<OfficerInvite>(["other-1"], Cancellation));
        Assert.Equal(2, await context.Set<OfficerInvite>().CountAsync(Cancellation));
        Assert.Equal(0, await context.Set<OfficerInvite>().Where(i => i.Agency == "other").ExecuteDeleteAsync(Cancellation));
        await using var all = _database.OpenForAll();
        Assert.Equal(4, await all.Set<OfficerInvite>().CountAsync(Cancellation));
    }

    [Fact]
    public async Task Another_agencys_row_is_neither_added_nor_changed_nor_removed()
    {
        await FillAsync();
        await using var all = _database.OpenForAll();
        var foreign = await all.Set<OfficerInvite>().AsNoTracking().FirstAsync(i => i.Agency == "other", Cancellation);

        foreach (var state in (EntityState[])[EntityState.Added, EntityState.Modified, EntityState.Deleted])
        {
            await using var context = _database.Open("demo");
            context.Entry(foreign).State = state;
            await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancellation));
            Assert.Throws<InvalidOperationException>(() => context.SaveChanges());
        }
        Assert.Throws<ArgumentException>(() => _database.Open(""));
    }

    [Fact]
    public void Every_row_type_belongs_to_an_agency()
    {
        using var context = _database.OpenForAll();
        var without = context.Model.GetEntityTypes().Where(e => !typeof(IOfAgency).IsAssignableFrom(e.ClrType)).Select(e => e.ClrType.Name);
        // How far the ledger was read, and which of its effects could not be carried out: the desk's own book-keeping, with no word of anybody.
        Assert.Equal(["CaseFault", "CasePosition", "ReturnPosition"], without.Order(StringComparer.Ordinal));
        Assert.NotEmpty(context.Model.GetEntityTypes());
    }

    [Fact]
    public async Task Every_column_that_the_code_knows_is_in_the_tables_and_the_other_way_round()
    {
        await using var context = _database.OpenForAll();
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var there = await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info({0})", table).ToListAsync(Cancellation);
            var known = entity.GetProperties().Select(p => p.GetColumnName()).ToList();
            Assert.True(there.Count > 0, $"no migration makes the table {table}");
            Assert.True(!known.Except(there).Any(), $"table {table} lacks {string.Join(", ", known.Except(there))}: write a migration");
            // A column the code does not fill must be able to stay empty.
            var required = await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info({0}) WHERE \"notnull\" = 1 AND dflt_value IS NULL", table).ToListAsync(Cancellation);
            Assert.True(!required.Except(known).Any(), $"nothing fills {string.Join(", ", required.Except(known))} of table {table}");
        }
    }

    [Fact]
    public void Every_migration_is_written_for_both_databases()
    {
        var scripts = typeof(DeskDatabase).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("DeskMigrations/", StringComparison.Ordinal)).ToList();
        var sqlite = scripts.Where(n => n.EndsWith(".sqlite.sql", StringComparison.Ordinal)).Select(n => n.Replace(".sqlite.", ".", StringComparison.Ordinal)).ToList();
        var postgres = scripts.Where(n => n.EndsWith(".postgres.sql", StringComparison.Ordinal)).Select(n => n.Replace(".postgres.", ".", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite.Order(), postgres.Order());
    }

    [Fact]
    public async Task Opening_again_runs_no_script_twice()
    {
        await FillAsync();
        var again = DeskDatabase.OpenSqlite(Path.Combine(_folder, "desk.db"));
        await using var context = again.OpenForAll();
        Assert.Equal(4, await context.Set<OfficerInvite>().CountAsync(Cancellation));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FillAsync()
    {
        await using var context = _database.OpenForAll();
        foreach (var agency in (string[])["demo", "other"])
        {
            for (var n = 1; n <= 2; n++) context.Add(new OfficerInvite { Agency = agency, TokenHash = $"{agency}-{n}", EndsAt = DateTimeOffset.UnixEpoch });
        }
        await context.SaveChangesAsync(Cancellation);
    }
}
