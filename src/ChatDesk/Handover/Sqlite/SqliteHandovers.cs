using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Handover.Queue;
using ChatDesk.Hours;

namespace ChatDesk.Handover.Sqlite;

/// <summary>The queue in the embedded ledger's file.</summary>
internal sealed class SqliteHandovers(DeskFeed feed, TimeProvider time, Func<string, AgencyHours?> hours) : Handovers(feed, time, hours), ISqlitePartner
{
    public void Join(SqliteDatabase write, SqliteWrites ledger) => Join(new SqliteQueueSql(write, ledger));
}
