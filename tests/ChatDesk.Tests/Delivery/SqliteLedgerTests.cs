using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Tests.Fixtures;
using CsCheck;

namespace ChatDesk.Tests.Delivery;

/// <summary>The ledger's promises, on a real file.</summary>
public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-ledger-").FullName;

    private string FilePath => Path.Combine(_folder, "ledger.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected override Task<ILedger> OpenAsync(TimeProvider time) => Task.FromResult<ILedger>(SqliteLedger.Open(FilePath, time));

    private protected override long Count(string sql) => LedgerFile.Count(FilePath, sql);

    [Fact]
    public async Task A_second_desk_on_the_same_file_does_not_start()
    {
        var fault = Assert.Throws<LedgerException>(() => SqliteLedger.Open(FilePath, Time));

        Assert.Contains("another ChatDesk is running", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Ledger.AcceptAsync([Entry("e1", "U1")]));
    }

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_refused_and_left_alone()
    {
        await CloseAsync();
        var version = LedgerFile.Count(FilePath, "PRAGMA user_version");
        using (var db = new SqliteDatabase(FilePath)) db.Execute("PRAGMA user_version = 99");

        var fault = Assert.Throws<LedgerException>(() => SqliteLedger.Open(FilePath, Time));

        Assert.Contains("newer", fault.Message, StringComparison.Ordinal);
        using (var db = new SqliteDatabase(FilePath)) db.Execute($"PRAGMA user_version = {version}");
        await ReopenAsync();
    }

    [Fact]
    public void Whatever_order_the_queue_is_driven_in_each_due_conversation_is_with_one_worker_at_a_time_and_none_is_forgotten()
    {
        Gen.Int[0, 4].Select(Gen.Int[0, 2]).List[1, 60].Sample(steps =>
        {
            using var queue = new ConversationQueue();
            var due = new HashSet<long>();
            var held = new HashSet<long>();
            foreach (var (id, step) in steps)
            {
                if (step == 0)
                {
                    queue.MarkReady([id]);
                    due.Add(id);
                }
                else if (step == 1 && due.Except(held).Any())
                {
                    var taken = Assert.Single(queue.TakeAsync(1, CancellationToken.None).AsTask().GetAwaiter().GetResult());
                    Assert.Contains(taken, due.Except(held));
                    due.Remove(taken);
                    held.Add(taken);
                }
                else if (step == 2 && held.Remove(id))
                {
                    queue.Release(id);
                }
            }
        });
    }
}
