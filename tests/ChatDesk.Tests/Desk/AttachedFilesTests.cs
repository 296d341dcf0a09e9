using System.Text;
using ChatDesk.Data;
using ChatDesk.Delivery;
using ChatDesk.Desk.Attached;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Desk;

/// <summary>A file that nobody sends within a day is erased, by one replica, and never one that was sent.</summary>
public sealed class AttachedFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-attached-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly DeskDatabase _database;
    private readonly DiskFiles _files;

    public AttachedFilesTests() => (_database, _files) = (DeskDatabase.OpenSqlite(Path.Combine(_folder, "desk.db")), new DiskFiles(Path.Combine(_folder, "files")));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_never_sent_goes_after_a_day_and_what_was_sent_stays()
    {
        var replica = Replica();
        var (waits, sent, refused) = (await AttachAsync(replica, "waits"), await AttachAsync(replica, "sent"), await AttachAsync(replica, "refused"));
        Assert.True(await replica.SendAsync("demo", sent));
        Assert.True(await replica.SendAsync("demo", refused));
        await replica.RefuseAsync("demo", refused);
        // Two sends carry it and one of them is refused.
        Assert.True(await replica.SendAsync("demo", sent));
        await replica.RefuseAsync("demo", sent);
        // Another agency's name for it does nothing.
        Assert.False(await replica.SendAsync("other", waits));

        _time.Advance(AttachedFiles.Patience);
        var young = await AttachAsync(replica, "young");
        Assert.Equal(0, await replica.SweepAsync(Stop));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await replica.SweepAsync(Stop));
        Assert.Equal(0, await replica.SweepAsync(Stop));

        Assert.Equal([false, true, false, true], new[] { waits, sent, refused, young }.Select(IsThere));
        Assert.False(await replica.SendAsync("demo", waits));
        Assert.True(await replica.SendAsync("demo", young));
    }

    [Fact]
    public async Task Two_replicas_that_come_together_erase_each_file_once()
    {
        for (var n = 0; n < 20; n++) await AttachAsync(Replica(), $"file {n}");
        _time.Advance(AttachedFiles.Patience + TimeSpan.FromSeconds(1));

        var erased = await Task.WhenAll(Replica().SweepAsync(Stop), Replica().SweepAsync(Stop));

        Assert.Equal(20, erased.Sum());
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_replica_claimed_before_it_died_cannot_be_sent_and_is_erased_by_another()
    {
        var replica = Replica();
        var path = await AttachAsync(replica, "half erased");
        _time.Advance(AttachedFiles.Patience + TimeSpan.FromSeconds(1));
        await using (var context = _database.OpenForAll())
        {
            var until = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
            await context.Set<AttachedFile>().ExecuteUpdateAsync(f => f.SetProperty(x => x.ErasingUntil, until), Stop);
        }

        Assert.False(await replica.SendAsync("demo", path));
        Assert.Equal(0, await replica.SweepAsync(Stop));
        _time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await replica.SweepAsync(Stop));
        Assert.False(IsThere(path));
    }

    private AttachedFiles Replica() => new(_database, _files, _time);

    private async Task<string> AttachAsync(AttachedFiles replica, string name)
    {
        await replica.AddAsync("demo", FileStore.PathOf("demo", name), Stop);
        return (await _files.WriteAsync("demo", name, async (to, stop) =>
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(name), stop);
            return true;
        }, Stop))!;
    }

    private bool IsThere(string path)
    {
        using var file = _files.Open(path);
        return file is not null;
    }
}
