using ChatDesk.Activities;

namespace ChatDesk.Desk.Live;

/// <summary>Conversations in addresses of the desk: channel and address. The agency never stands there; it is the officer's own.</summary>
internal static class Paths
{
    private const char Mark = '~';

    public static string Of(ConversationKey conversation) => $"{conversation.Channel}{Mark}{conversation.Address}";

    /// <returns>Null when it is none.</returns>
    public static ConversationKey? Read(string agency, string path) =>
        path.IndexOf(Mark, StringComparison.Ordinal) is > 0 and var at && at < path.Length - 1
            ? new ConversationKey(agency, path[..at], path[(at + 1)..])
            : null;
}
