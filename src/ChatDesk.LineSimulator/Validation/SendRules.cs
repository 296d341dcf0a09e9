using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatDesk.LineSimulator.Validation;

/// <summary>The bodies of the send calls (m:2243-2480) and of loading and mark-as-read (m:5836, m:5858).</summary>
internal static class SendRules
{
    private static readonly Regex UnitName = new("^[a-zA-Z0-9_]{1,30}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex UserId = new("^U[0-9a-f]{32}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public const int MostMessages = 5;
    public const int MostRecipients = 500;

    public static void Reply(Node body)
    {
        body.Text("replyToken", int.MaxValue, required: true);
        Messages(body);
    }

    public static void Push(Node body)
    {
        body.Text("to", int.MaxValue, required: true);
        Messages(body);
        Units(body);
    }

    public static void Multicast(Node body)
    {
        if (!body.Value.TryGetProperty("to", out var to) || to.ValueKind != JsonValueKind.Array) body.Wrong("to", "May not be empty");
        else if (to.GetArrayLength() is 0 or > MostRecipients) body.Wrong("to", $"Size must be between 1 and {MostRecipients}");
        else if (to.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.String)) body.Wrong("to", "Must be a string");
        Messages(body);
        Units(body);
    }

    public static void Broadcast(Node body) => Messages(body);

    public static void Narrowcast(Node body)
    {
        Messages(body);
        body.TryObject("recipient", required: false, out _);
        body.TryObject("filter", required: false, out _);
        body.TryObject("limit", required: false, out _);
    }

    /// <summary>Seconds 5 to 60 in fives, default 20; a person only, never a group (ref@189000).</summary>
    public static void Loading(Node body)
    {
        var chat = body.Text("chatId", int.MaxValue, required: true);
        if (chat is not null && !UserId.IsMatch(chat))
        {
            body.Wrong("chatId", "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.");
        }

        if (!body.Has("loadingSeconds")) return;
        if (body.Whole("loadingSeconds") is not { } seconds) return;
        if (seconds is < 5 or > 60) body.Wrong("loadingSeconds", "Must be between 5 and 60");
        if (seconds % 5 != 0) body.Wrong("loadingSeconds", "must be a multiple of five");
    }

    public static void MarkAsRead(Node body) => body.Text("markAsReadToken", int.MaxValue, required: true);

    private static void Messages(Node body)
    {
        foreach (var message in body.Objects("messages", required: true, 1, MostMessages)) MessageRules.Check(message);
        body.Flag("notificationDisabled");
    }

    /// <summary>At most one aggregation unit, 30 letters, digits or underscores (m:2337).</summary>
    private static void Units(Node body)
    {
        if (!body.Value.TryGetProperty("customAggregationUnits", out var units) || units.ValueKind == JsonValueKind.Null) return;
        if (units.ValueKind != JsonValueKind.Array) body.Wrong("customAggregationUnits", "Must be an array");
        else if (units.GetArrayLength() > 1) body.Wrong("customAggregationUnits", "Size must be between 0 and 1");
        else if (units.EnumerateArray().Any(u => u.ValueKind != JsonValueKind.String || !UnitName.IsMatch(u.GetString()!)))
        {
            body.Wrong("customAggregationUnits[0]", "Must match ^[a-zA-Z0-9_]{1,30}$");
        }
    }
}
