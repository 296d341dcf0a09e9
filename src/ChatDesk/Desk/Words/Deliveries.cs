using ChatDesk.Handover;

namespace ChatDesk.Desk.Words;

/// <summary>Where a message stands on its way, in words. No "read": LINE tells nobody.</summary>
internal static class Deliveries
{
    public static string Say(TranscriptLine line, ConsoleTexts texts)
    {
        var state = line.Conversation.Channel != "line" && line.Delivery is LineDelivery.SentFree or LineDelivery.SentCounted && line.Conversation.Channel != "line"
            ? texts["Delivery_Sent"]
            : texts[$"Delivery_{line.Delivery}"];
        return line.Delivery is LineDelivery.Failed or LineDelivery.Deferred or LineDelivery.Unknown && line.DeliveryReason is { } reason
            ? $"{state}: {Why(reason, texts)}"
            : state;
    }

    private static string Why(string reason, ConsoleTexts texts)
    {
        var known = texts.Or($"Undelivered_{reason}", "");
        return known.Length > 0 ? known : reason.StartsWith("http-5", StringComparison.Ordinal) ? texts["Undelivered_http-5"] : texts.Fill("Undelivered_other", reason);
    }
}
