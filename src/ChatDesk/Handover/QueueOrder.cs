namespace ChatDesk.Handover;

/// <summary>Who is next, and whom it suits.</summary>
internal static class QueueOrder
{
    /// <summary>How many conversations an officer has that count against their capacity.</summary>
    public static int Load(DeskSnapshot desk, string officer)
    {
        var load = 0;
        foreach (var row in desk.Rows.Values)
        {
            if (row.State == HandoverState.Accepted && row.OfficerId == officer) load++;
        }
        return load;
    }

    /// <summary>Waiting rows: by priority, then the longest wait, then the older one.</summary>
    public static IEnumerable<HandoverRow> Waiting(DeskSnapshot desk) => desk.Rows.Values
        .Where(r => r.State is HandoverState.Waiting)
        .OrderByDescending(r => r.Priority).ThenBy(r => r.WaitingSince ?? r.AskedAt).ThenBy(r => r.Id);

    /// <summary>From 1, among those who wait in the same unit.</summary>
    public static int Place(DeskSnapshot desk, HandoverRow row) =>
        Waiting(desk).Where(r => r.Unit == row.Unit).TakeWhile(r => r.Id != row.Id).Count() + 1;

    /// <summary>Whether an officer takes such work.</summary>
    public static bool Suits(OfficerCard card, HandoverRow row) => Suits(card, row.Unit, row.Topic, row.Language, row.Conversation.Channel);

    public static bool Suits(OfficerCard card, string? unit, string? topic, string language, string channel) =>
        (unit is null || unit == card.Unit)
        && (card.Topics.Count == 0 || topic is null || card.Topics.Contains(topic))
        && (card.Languages.Count == 0 || card.Languages.Contains(language))
        && (card.Channels.Count == 0 || card.Channels.Contains(channel));

    /// <summary>Officers who could take this one now.</summary>
    public static int FreeFor(DeskSnapshot desk, HandoverRow row) =>
        desk.Officers.Values.Count(o => o.State == PresenceState.Free && Suits(o.Card, row) && Load(desk, o.Card.Officer.Id) < o.Card.Capacity);
}
