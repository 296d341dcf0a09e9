using ChatDesk.Handover;

namespace ChatDesk.Desk.Words;

/// <summary>Where a message stands on its way, in words. No "read": LINE tells nobody.</summary>
internal static class Deliveries
{
    /// <param name="line">An outgoing message.</param>
    /// <param name="costs">Whether its channel counts pushes; elsewhere "free" would say nothing.</param>
    /// <param name="texts">The officer's words.</param>
    public static string Say(TranscriptLine line, bool costs, ConsoleTexts texts)
    {
        var sent = line.Delivery is LineDelivery.SentFree or LineDelivery.SentCounted;
        var state = sent && !costs ? texts["Delivery_Sent"] : texts[$"Delivery_{line.Delivery}"];
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
