using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Handover.Queue;
using ChatDesk.Hours;

namespace ChatDesk.Handover.Postgres;

/// <summary>The queue in PostgreSQL, shared with other replicas.</summary>
internal sealed class PostgresHandovers(DeskFeed feed, TimeProvider time, Func<string, AgencyHours?> hours) : Handovers(feed, time, hours), IPostgresPartner
{
    public void Join(PostgresSession session) => Join(new PostgresQueueSql(session));

    public void CatchUp() => Books.CatchUp();

    public void ReadAhead(IReadOnlyList<OutboxItem> settled, IReadOnlyList<KeptTurn> kept) => Acts.ReadAhead(settled, kept);

    public long Heard(string agency) => Books.Durable(agency).Desk.Seq;
}
