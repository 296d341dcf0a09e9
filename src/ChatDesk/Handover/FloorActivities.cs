using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Handover;

/// <summary>What an officer says, on its way to its turn (<see cref="InboundActivity.Data"/> of <see cref="InboundKind.OfficerSaid"/>).</summary>
internal sealed record OfficerWords(long Handover, string OfficerId, string OfficerName, IReadOnlyList<OutboundFile> Files, string? Quotes);

/// <summary>What the queue tells the conversation's turn (data of the other officers' kinds).</summary>
/// <param name="Handover">Which handover.</param>
/// <param name="OfficerId">Who has the floor now; null when nobody has.</param>
/// <param name="OfficerName">As the contact sees it.</param>
/// <param name="Phrase">What the contact hears; null for nothing.</param>
/// <param name="PromisedBy">The promise inside the phrase, if it holds one.</param>
/// <param name="Open">True when the handover goes on without an officer (back in the queue, promised).</param>
/// <param name="Survey">True when the contact is to be asked how it was.</param>
/// <param name="Referral">What was passed on to another agency, which opens a case of it.</param>
internal sealed record FloorNews(
    long Handover, string? OfficerId, string? OfficerName, string? Phrase, DateTimeOffset? PromisedBy = null, bool Open = true, bool Survey = false, Referral? Referral = null);

/// <summary>Makes the desk's own activities. Ids come from what was decided, so a decision taken twice is one event.</summary>
internal static class FloorActivities
{
    private const string SayPrefix = "say:";

    /// <summary>The ledger's id of an officer's words.</summary>
    public static string SayId(string clientId) => SayPrefix + clientId;

    public static InboxEntry Say(HandoverRow row, Officer by, SayOrder order, DateTimeOffset now) => Entry(
        row, InboundKind.OfficerSaid, SayId(order.ClientId), order.Text,
        HandoverJson.WriteText(new OfficerWords(row.Id, by.Id, by.Name, order.Files, order.Quotes)), now);

    /// <summary>The floor changes hands, or something is to be said without an officer.</summary>
    public static InboxEntry Tell(HandoverRow row, InboundKind kind, FloorNews news, DateTimeOffset now) => Entry(
        row, kind, $"handover:{row.Id}:{row.Version}", news.OfficerName, HandoverJson.WriteText(news), now);

    private static InboxEntry Entry(HandoverRow row, InboundKind kind, string id, string? text, string data, DateTimeOffset now) => new(
        new InboundActivity { Id = id, Conversation = row.Conversation, Kind = kind, At = now, Text = text, Data = data }, now, default);
}
