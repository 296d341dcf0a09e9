using System.Collections.Immutable;
using ChatDesk.Activities;
using ChatDesk.Delivery.Sqlite;

namespace ChatDesk.Handover.Sqlite;

/// <summary>Reads what was open when the desk was last alive.</summary>
internal static class BookLoader
{
    public static ImmutableDictionary<string, AgencyBook> Load(SqliteDatabase db)
    {
        var books = new Dictionary<string, DeskSnapshot>(StringComparer.Ordinal);
        Each(db, "SELECT agency, max(seq) FROM desk_events GROUP BY agency", (agency, row) => books[agency] = new DeskSnapshot { Seq = row.Long(1) });
        Each(db, "SELECT agency, body FROM handovers WHERE open = 1", (agency, row) =>
        {
            var handover = HandoverJson.Read<HandoverRow>(row.Blob(1));
            Change(books, agency, desk => desk with { Rows = desk.Rows.SetItem(handover.Id, handover) });
        });
        Each(db, "SELECT agency, body FROM officer_presence", (agency, row) =>
        {
            var officer = HandoverJson.Read<PresenceRow>(row.Blob(1));
            Change(books, agency, desk => desk with { Officers = desk.Officers.SetItem(officer.Card.Officer.Id, officer) });
        });
        Each(db, "SELECT agency, body FROM desk_referrals", (agency, row) =>
        {
            var referral = HandoverJson.Read<Referral>(row.Blob(1));
            Change(books, agency, desk => desk with { Referrals = desk.Referrals.SetItem(referral.Handover, referral) });
        });
        Each(db, "SELECT agency, body FROM bot_switches", (agency, row) =>
        {
            var bot = HandoverJson.Read<BotSwitch>(row.Blob(1));
            Change(books, agency, desk => desk with { Bot = bot });
        });
        return books.ToImmutableDictionary(b => b.Key, b => new AgencyBook(b.Value, Open(b.Value)), StringComparer.Ordinal);
    }

    private static ImmutableDictionary<ConversationKey, long> Open(DeskSnapshot desk) => desk.Rows.Values.ToImmutableDictionary(r => r.Conversation, r => r.Id);

    private static void Change(Dictionary<string, DeskSnapshot> books, string agency, Func<DeskSnapshot, DeskSnapshot> change) =>
        books[agency] = change(books.GetValueOrDefault(agency) ?? new DeskSnapshot { Seq = 0 });

    private static void Each(SqliteDatabase db, string sql, Action<string, SqliteStatement> take)
    {
        var rows = db.Prepare(sql);
        while (rows.Step()) take(rows.Text(0), rows);
    }
}
