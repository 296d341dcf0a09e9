using System.Collections.Immutable;
using ChatDesk.Activities;

namespace ChatDesk.Handover.Queue;

/// <summary>One agency's open handovers and officers as of one number, and where to find them.</summary>
internal sealed record AgencyBook(DeskSnapshot Desk, ImmutableDictionary<ConversationKey, long> Open)
{
    public static readonly AgencyBook Empty = new(new DeskSnapshot { Seq = 0 }, ImmutableDictionary<ConversationKey, long>.Empty);

    public HandoverRow? In(ConversationKey conversation) => Open.TryGetValue(conversation, out var id) ? Desk.Rows[id] : null;

    public AgencyBook After(DeskEvent change)
    {
        var open = Open;
        if (change.Row is { } row) open = row.IsOpen ? open.SetItem(row.Conversation, row.Id) : open.Remove(row.Conversation);
        return new(Desk.After(change), open);
    }
}
