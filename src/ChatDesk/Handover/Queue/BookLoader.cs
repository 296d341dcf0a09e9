using System.Collections.Immutable;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>Reads what is open: when the desk starts, and when a process has missed too much.</summary>
internal static class BookLoader
{
    /// <param name="db">Inside one transaction, so that everything is as of one number.</param>
    /// <param name="agency">Which; null for all.</param>
    public static ImmutableDictionary<string, AgencyBook> Load(QueueSql db, string? agency)
    {
        var books = new Dictionary<string, DeskSnapshot>(StringComparer.Ordinal);
        Each(db, agency, "SELECT agency, max(seq) FROM desk_events WHERE ?1 IS NULL OR agency = ?1 GROUP BY agency", (of, row) => books[of] = new DeskSnapshot { Seq = row.Long(1) });
        Each(db, agency, "SELECT agency, body FROM handovers WHERE open = 1 AND (?1 IS NULL OR agency = ?1)", (of, row) =>
        {
            var handover = HandoverJson.Read<HandoverRow>(row.Blob(1));
            Change(books, of, desk => desk with { Rows = desk.Rows.SetItem(handover.Id, handover) });
        });
        Each(db, agency, "SELECT agency, body FROM officer_presence WHERE ?1 IS NULL OR agency = ?1", (of, row) =>
        {
            var officer = HandoverJson.Read<PresenceRow>(row.Blob(1));
            Change(books, of, desk => desk with { Officers = desk.Officers.SetItem(officer.Card.Officer.Id, officer) });
        });
        Each(db, agency, "SELECT agency, body FROM desk_referrals WHERE ?1 IS NULL OR agency = ?1", (of, row) =>
        {
            var referral = HandoverJson.Read<Referral>(row.Blob(1));
            Change(books, of, desk => desk with { Referrals = desk.Referrals.SetItem(referral.Handover, referral) });
        });
        Each(db, agency, "SELECT agency, body FROM bot_switches WHERE ?1 IS NULL OR agency = ?1", (of, row) =>
        {
            var bot = HandoverJson.Read<BotSwitch>(row.Blob(1));
            Change(books, of, desk => desk with { Bot = bot });
        });
        return books.ToImmutableDictionary(b => b.Key, b => new AgencyBook(b.Value, Open(b.Value)), StringComparer.Ordinal);
    }

    private static ImmutableDictionary<ConversationKey, long> Open(DeskSnapshot desk) => desk.Rows.Values.ToImmutableDictionary(r => r.Conversation, r => r.Id);

    private static void Change(Dictionary<string, DeskSnapshot> books, string agency, Func<DeskSnapshot, DeskSnapshot> change) =>
        books[agency] = change(books.GetValueOrDefault(agency) ?? new DeskSnapshot { Seq = 0 });

    private static void Each(QueueSql db, string? agency, string sql, Action<string, LedgerStatement> take)
    {
        var rows = db.Prepare(sql).Bind(1, agency);
        while (rows.Step()) take(rows.Text(0), rows);
    }
}
