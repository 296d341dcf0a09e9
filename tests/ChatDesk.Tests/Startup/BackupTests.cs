using ChatDesk.Startup;
using ChatDesk.Startup.Verbs;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Configuration;

namespace ChatDesk.Tests.Startup;

/// <summary><c>-- backup</c> and <c>-- restore</c> beside a desk at work. The long form is <c>LinePlatform backup</c>.</summary>
public sealed class BackupTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-backup-").FullName;
    private readonly StringWriter _errors = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_acknowledged_before_the_mark_is_in_a_backup_made_under_load_and_works_elsewhere(bool postgres)
    {
        var (from, to) = postgres ? (await LedgerKind.NewDatabaseAsync(), await LedgerKind.NewDatabaseAsync()) : (null, null);
        await using var desk = await TestDesk.StartAsync(On(from));
        var acked = new List<string>();
        using var enough = new CancellationTokenSource();
        var people = Enumerable.Range(0, 20).Select(_ => desk.Person()).ToList();
        var load = Task.Run(async () =>
        {
            for (var n = 0; !enough.IsCancellationRequested; n++)
            {
                var webhook = desk.Events.Message.Text(people[n % people.Count], "เมนู");
                await desk.PostAsync(webhook);
                lock (acked) acked.Add(webhook.Id);
            }
        }, Cancel);
        await desk.UntilAsync(() => Snapshot(acked).Count >= 100, "a hundred events acknowledged");

        var before = Snapshot(acked);
        Assert.True(await Verbs(desk.DataDirectory, from).BackupAsync(Backup) == 0, _errors.ToString());
        var between = Snapshot(acked).Count;
        await enough.CancelAsync();
        await load;

        Assert.True(between >= before.Count);
        var elsewhere = Path.Combine(_folder, "elsewhere");
        Assert.True(await Verbs(elsewhere, to).RestoreAsync(Backup, onlyCheck: false) == 0, _errors.ToString());
        var restored = to is null ? LedgerFile.Column(Path.Combine(elsewhere, "ledger.db"), "SELECT event_id FROM inbox") : LedgerKind.Column(to, "SELECT event_id FROM inbox");
        Assert.Empty(before.Except(restored!));

        // The restored desk opens it, and goes on where the backup stood.
        await using var second = await TestDesk.StartAsync(settings =>
        {
            Directory.Delete(settings["DataDirectory"]!, recursive: true);
            settings["DataDirectory"] = elsewhere;
            On(to)(settings);
        });
        await second.TurnsTakenAsync();
        await second.SayAsync(second.Person(), "เมนู");
    }

    [Fact]
    public async Task A_database_with_tables_in_it_is_not_restored_over()
    {
        var database = await LedgerKind.NewDatabaseAsync();
        await using var desk = await TestDesk.StartAsync(On(database));
        await desk.SayAsync(desk.Person(), "เมนู");
        Assert.True(await Verbs(desk.DataDirectory, database).BackupAsync(Backup) == 0, _errors.ToString());

        Assert.Equal(1, await Verbs(desk.DataDirectory, database).RestoreAsync(Backup, onlyCheck: false));
        Assert.Contains("holds tables already", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Verbs(_folder).RestoreAsync(Backup, onlyCheck: false));
        Assert.Contains("the backup is of Postgres", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_flipped_byte_anywhere_is_found_and_nothing_is_restored()
    {
        await using var desk = await TestDesk.StartAsync(On(null));
        await desk.SayAsync(desk.Person(), "เมนู");
        await desk.SettledAsync();
        Assert.Equal(0, await Verbs(desk.DataDirectory).BackupAsync(Backup));

        foreach (var file in Directory.GetFiles(Backup, "*", SearchOption.AllDirectories))
        {
            var length = new FileInfo(file).Length;
            foreach (var at in new[] { 0, length / 2, length - 1 })
            {
                Flip(file, at);
                var elsewhere = Path.Combine(_folder, "elsewhere");
                Assert.Equal(1, await Verbs(elsewhere).RestoreAsync(Backup, onlyCheck: false));
                Assert.False(File.Exists(Path.Combine(elsewhere, "ledger.db")), $"{file} at {at}");
                Flip(file, at);
            }
        }
        Assert.Equal(0, await Verbs(_folder).RestoreAsync(Backup, onlyCheck: true));
    }

    [Fact]
    public async Task A_file_too_many_or_too_few_is_found()
    {
        await using var desk = await TestDesk.StartAsync(On(null));
        await desk.SayAsync(desk.Person(), "เมนู");
        Assert.Equal(0, await Verbs(desk.DataDirectory).BackupAsync(Backup));

        await File.WriteAllTextAsync(Path.Combine(Backup, "extra"), "x", Cancel);
        Assert.Equal(1, await Verbs(_folder).RestoreAsync(Backup, onlyCheck: true));
        Assert.Contains("extra is not in SHA256SUMS", _errors.ToString(), StringComparison.Ordinal);
        File.Delete(Path.Combine(Backup, "extra"));
        File.Delete(Path.Combine(Backup, "desk.db"));
        Assert.Equal(1, await Verbs(_folder).RestoreAsync(Backup, onlyCheck: true));
        Assert.Contains("desk.db is missing", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_backup_nor_a_ledger_is_ever_written_over()
    {
        await using var desk = await TestDesk.StartAsync(On(null));
        await desk.SayAsync(desk.Person(), "เมนู");
        Assert.Equal(0, await Verbs(desk.DataDirectory).BackupAsync(Backup));

        Assert.Equal(1, await Verbs(desk.DataDirectory).BackupAsync(Backup));
        Assert.Equal(1, await Verbs(desk.DataDirectory).RestoreAsync(Backup, onlyCheck: false));
        Assert.Contains("is there already", _errors.ToString(), StringComparison.Ordinal);
        await desk.SayAsync(desk.Person(), "เมนู");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Backup => Path.Combine(_folder, "backup");

    private static Action<Dictionary<string, string?>> On(string? postgres) => settings =>
    {
        settings["Ledger:Provider"] = postgres is null ? "Sqlite" : "Postgres";
        settings["Ledger:ConnectionString"] = postgres;
    };

    private BackupVerbs Verbs(string data, string? postgres = null)
    {
        var values = new Dictionary<string, string?> { ["DataDirectory"] = data };
        On(postgres)(values);
        var settings = DeskSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        return new BackupVerbs(settings, TimeProvider.System, TextWriter.Null, _errors);
    }

    private static List<string> Snapshot(List<string> acked)
    {
        lock (acked) return [.. acked];
    }

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }
}
