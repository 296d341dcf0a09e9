using ChatDesk.LineSimulator.Channel;

namespace ChatDesk.LineSimulator.Api;

/// <summary>What a bot can ask: people, groups, itself, quota and counts (m:464-1130).</summary>
internal static class ReadEndpoints
{
    /// <summary>404 for anybody who is not a friend: no consent, blocked, or gone (m:771).</summary>
    public static LineAnswer Profile(LineChannel channel, string userId)
    {
        var person = channel.People.Person(userId);
        return person is { Standing: Standing.Friend } ? Person(person, full: true) : LineErrors.NoProfile;
    }

    public static LineAnswer GroupMember(LineChannel channel, string groupId, string userId)
    {
        var isMember = channel.People.Group(groupId)?.Members.Contains(userId) == true;
        return isMember && channel.People.Person(userId) is { } person ? Person(person, full: false) : LineErrors.NoProfile;
    }

    public static LineAnswer GroupMemberIds(LineChannel channel, string groupId)
    {
        if (channel.People.Group(groupId) is not { } group) return LineErrors.NoProfile;
        return LineAnswer.Object(200, json =>
        {
            json.WriteStartArray("memberIds");
            foreach (var id in group.Members.Take(100)) json.WriteStringValue(id);
            json.WriteEndArray();
        });
    }

    public static LineAnswer GroupMemberCount(LineChannel channel, string groupId) =>
        channel.People.Group(groupId) is { } group
            ? LineAnswer.Object(200, json => json.WriteNumber("count", group.Members.Count))
            : LineErrors.NoProfile;

    public static LineAnswer GroupSummary(LineChannel channel, string groupId)
    {
        if (channel.People.Group(groupId) is not { } group) return LineErrors.NoProfile;
        return LineAnswer.Object(200, json =>
        {
            json.WriteString("groupId", group.Id);
            json.WriteString("groupName", group.Name);
        });
    }

    public static LineAnswer Leave(LineChannel channel, string groupId)
    {
        if (channel.People.Group(groupId) is null) return LineErrors.NoProfile;
        channel.People.Leave(groupId);
        return LineAnswer.Empty;
    }

    public static LineAnswer BotInfo(LineChannel channel) => LineAnswer.Object(200, json =>
    {
        json.WriteString("userId", channel.Setup.BotUserId);
        json.WriteString("basicId", channel.Setup.BasicId);
        json.WriteString("displayName", channel.Setup.DisplayName);
        json.WriteString("chatMode", channel.Setup.ChatMode);
        json.WriteString("markAsReadMode", channel.Setup.ChatMode == "chat" ? "manual" : "auto");
    });

    public static LineAnswer Quota(LineChannel channel) => LineAnswer.Object(200, json =>
    {
        json.WriteString("type", channel.Quota.Limit is null ? "none" : "limited");
        if (channel.Quota.Limit is { } limit) json.WriteNumber("value", limit);
    });

    public static LineAnswer Consumption(LineChannel channel) =>
        LineAnswer.Object(200, json => json.WriteNumber("totalUsage", channel.Quota.Used));

    /// <summary>How many messages were accepted that day, by kind; the day is Japan's (m:502-620).</summary>
    public static LineAnswer Delivery(LineChannel channel, string kind, string? day)
    {
        if (day is not { Length: 8 } || !day.All(char.IsAsciiDigit) || !Enum.TryParse<SendKind>(kind, ignoreCase: true, out var wanted)) return LineErrors.NotFound;
        var count = channel.Calls.All().Where(c => c.Kind == wanted && MonthlyQuota.DayOf(c.At) == day).Sum(c => c.SeenBy.Count * c.MessageIds.Count);
        return LineAnswer.Object(200, json =>
        {
            json.WriteString("status", "ready");
            json.WriteNumber("success", count);
        });
    }

    private static LineAnswer Person(LinePerson person, bool full) => LineAnswer.Object(200, json =>
    {
        json.WriteString("userId", person.Id);
        json.WriteString("displayName", person.DisplayName);
        json.WriteString("pictureUrl", person.PictureUrl);
        if (full && person.StatusMessage is { } status) json.WriteString("statusMessage", status);
        if (full && person.Language is { } language) json.WriteString("language", language);
    });
}
