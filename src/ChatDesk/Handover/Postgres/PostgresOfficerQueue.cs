using System.Data;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Handover.Queue;

namespace ChatDesk.Handover.Postgres;

/// <summary>The officers' queue on PostgreSQL. Officers are alive when any replica heard of them lately.</summary>
internal sealed class PostgresOfficerQueue(PostgresLedger ledger, PostgresHandovers handovers, OutboxWorker outbox, TimeProvider time)
    : OfficerQueue(handovers, outbox, time)
{
    private readonly Dictionary<(string Agency, string Officer), DateTimeOffset> _told = [];

    protected override Task<T> ChangeAsync<T>(Func<List<long>, T> act) => ledger.JoinWriteAsync(act);

    protected override Task<T> ReadAsync<T>(string agency, Func<HandoverReads, T> read) => ledger.TogetherAsync(IsolationLevel.RepeatableRead, session =>
    {
        session.OnlyOf(agency);
        return read(new HandoverReads(new PostgresQueueSql(session)));
    });

    /// <summary>Tells the others what came here, and hears what came to them.</summary>
    protected override async Task<Func<PresenceRow, DateTimeOffset>> LastSeenAsync()
    {
        var news = SignsOfLife.Where(s => _told.GetValueOrDefault(s.Key) < s.Value).ToList();
        var seen = await ledger.TogetherAsync(IsolationLevel.ReadCommitted, session =>
        {
            var tell = session.Prepare("""
                INSERT INTO officer_seen (agency, officer, at) VALUES (?1, ?2, ?3)
                ON CONFLICT (agency, officer) DO UPDATE SET at = greatest(officer_seen.at, excluded.at)
                """);
            foreach (var ((agency, officer), at) in news) tell.Bind(1, agency).Bind(2, officer).Bind(3, at.ToUnixTimeMilliseconds()).Run();
            var all = session.Prepare("SELECT agency, officer, at FROM officer_seen");
            var found = new Dictionary<(string, string), DateTimeOffset>();
            while (all.Step()) found[(all.Text(0), all.Text(1))] = DateTimeOffset.FromUnixTimeMilliseconds(all.Long(2));
            return found;
        });
        foreach (var (officer, at) in news) _told[officer] = at;
        return presence =>
        {
            var here = SeenHere(presence);
            return seen.TryGetValue((presence.Card.Officer.Agency, presence.Card.Officer.Id), out var elsewhere) && elsewhere > here ? elsewhere : here;
        };
    }
}
