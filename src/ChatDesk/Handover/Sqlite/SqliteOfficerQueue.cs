using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Handover.Queue;

namespace ChatDesk.Handover.Sqlite;

/// <summary>The officers' queue in the embedded ledger's file: changes go through the ledger's writer, reads have a connection of their own.</summary>
internal sealed class SqliteOfficerQueue : OfficerQueue, IDisposable
{
    private readonly SqliteLedger _ledger;
    private readonly SqliteDatabase _db;
    private readonly HandoverReads _reads;
    private readonly Lock _reading = new();

    public SqliteOfficerQueue(SqliteLedger ledger, SqliteHandovers handovers, OutboxWorker outbox, TimeProvider time)
        : base(handovers, outbox, time)
    {
        _ledger = ledger;
        _db = ledger.OpenReader();
        _reads = new HandoverReads(new SqliteQueueSql(_db, ledger: null));
    }

    public void Dispose() => _db.Dispose();

    protected override Task<T> ChangeAsync<T>(Func<List<long>, T> act) => _ledger.JoinWriteAsync(act);

    protected override Task<T> ReadAsync<T>(string agency, Func<HandoverReads, T> read)
    {
        // One look at the file for everything a page shows, so that its number fits its lines.
        lock (_reading)
        {
            _db.Execute("BEGIN");
            try
            {
                return Task.FromResult(read(_reads));
            }
            finally
            {
                _db.Execute("COMMIT");
            }
        }
    }
}
