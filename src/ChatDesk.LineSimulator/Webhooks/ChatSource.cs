using System.Text.Json.Nodes;

namespace ChatDesk.LineSimulator.Webhooks;

/// <summary>Where an event comes from (w:134-188).</summary>
/// <param name="Type"><c>user</c>, <c>group</c> or <c>room</c>.</param>
/// <param name="ChatId">The user, group or room.</param>
/// <param name="UserId">Who wrote; in groups LINE often leaves it out.</param>
internal sealed record ChatSource(string Type, string ChatId, string? UserId)
{
    public static ChatSource User(string userId) => new("user", userId, userId);

    public static ChatSource Group(string groupId, string? userId = null) => new("group", groupId, userId);

    public static ChatSource Room(string roomId, string? userId = null) => new("room", roomId, userId);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = Type };
        if (Type != "user") json[Type + "Id"] = ChatId;
        if (UserId is not null) json["userId"] = UserId;
        return json;
    }
}
