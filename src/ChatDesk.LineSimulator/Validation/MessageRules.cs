namespace ChatDesk.LineSimulator.Validation;

/// <summary>One message object of each kind (m:3620-4230), with the limits of protocols.md 2.3.</summary>
internal static class MessageRules
{
    public const int MostTextUnits = 5000;
    public const int MostQuickReplies = 13;
    public const int MostAltTextUnits = 1500;

    public static void Check(Node message)
    {
        var type = message.OneOf(
            "type", true, "text", "textV2", "image", "video", "audio", "location", "sticker", "template", "imagemap", "flex", "coupon");
        switch (type)
        {
            case "text": Text(message); break;
            case "textV2": TextV2(message); break;
            case "image": Picture(message); break;
            case "video": Video(message); break;
            case "audio": Audio(message); break;
            case "location": Location(message); break;
            case "sticker": Sticker(message); break;
            case "template": TemplateRules.Check(message); break;
            case "imagemap": ImagemapRules.Check(message); break;
            case "flex": FlexRules.Check(message); break;
            case "coupon": Coupon(message); break;
        }

        QuickReply(message);
        Sender(message);
    }

    /// <summary>ref@549500: not empty, at most 5,000 units; up to 20 emojis, each at a <c>$</c> (ref@550000).</summary>
    private static void Text(Node message)
    {
        var text = message.Text("text", MostTextUnits, required: true);
        message.Text("quoteToken", int.MaxValue);
        foreach (var emoji in message.Objects("emojis", required: false, 0, 20))
        {
            var index = emoji.Whole("index", required: true, 0);
            emoji.Text("productId", int.MaxValue, required: true);
            emoji.Text("emojiId", int.MaxValue, required: true);
            if (text is not null && index is { } at && (at >= text.Length || text[(int)at] != '$')) emoji.Wrong("index", "Must point at a $");
        }
    }

    /// <summary>ref@552000: placeholders in braces, at most 100 substitutions; a brace of the text itself is doubled.</summary>
    private static void TextV2(Node message)
    {
        var text = message.Text("text", MostTextUnits, required: true);
        message.Text("quoteToken", int.MaxValue);
        var hasNames = message.TryObject("substitution", required: false, out var names);
        if (hasNames && names.Value.EnumerateObject().Count() > 100) message.Wrong("substitution", "Size must be between 0 and 100");
        if (hasNames) Substitutions(names);
        foreach (var name in Placeholders(text ?? ""))
        {
            if (!hasNames || !names.Has(name)) message.Wrong("text", $"Placeholder '{name}' has no substitution");
        }
    }

    private static void Substitutions(Node names)
    {
        foreach (var entry in names.Value.EnumerateObject())
        {
            if (!names.TryObject(entry.Name, required: true, out var substitution)) continue;
            var type = substitution.OneOf("type", true, "mention", "emoji");
            if (type == "emoji")
            {
                substitution.Text("productId", int.MaxValue, required: true);
                substitution.Text("emojiId", int.MaxValue, required: true);
            }

            if (type != "mention" || !substitution.TryObject("mentionee", required: true, out var whom)) continue;
            if (whom.OneOf("type", true, "user", "all") == "user") whom.Text("userId", int.MaxValue, required: true);
        }
    }

    private static IEnumerable<string> Placeholders(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '{') continue;
            if (i + 1 < text.Length && text[i + 1] == '{')
            {
                i++;
                continue;
            }

            var end = text.IndexOf('}', i);
            if (end < 0) yield break;
            yield return text[(i + 1)..end];
            i = end;
        }
    }

    /// <summary>ref@556000: https only, addresses up to 2,000.</summary>
    private static void Picture(Node message)
    {
        message.Url("originalContentUrl", true, 2000, "https");
        message.Url("previewImageUrl", true, 2000, "https");
    }

    private static void Video(Node message)
    {
        Picture(message);
        message.Text("trackingId", 100);
    }

    private static void Audio(Node message)
    {
        message.Url("originalContentUrl", true, 2000, "https");
        message.Whole("duration", required: true, 1);
    }

    private static void Location(Node message)
    {
        message.Text("title", 100, required: true);
        message.Text("address", 100, required: true);
        message.Number("latitude", -90, 90);
        message.Number("longitude", -180, 180);
    }

    private static void Sticker(Node message)
    {
        message.Text("packageId", int.MaxValue, required: true);
        message.Text("stickerId", int.MaxValue, required: true);
        message.Text("quoteToken", int.MaxValue);
    }

    private static void Coupon(Node message)
    {
        message.Text("couponId", int.MaxValue, required: true);
        message.Text("deliveryTag", 30);
    }

    /// <summary>m:3671, ref@544000: at most 13 items, each with an action whose label is at most 20.</summary>
    private static void QuickReply(Node message)
    {
        if (!message.TryObject("quickReply", required: false, out var quick)) return;
        foreach (var item in quick.Objects("items", required: true, 1, MostQuickReplies))
        {
            item.OneOf("type", false, "action");
            item.Url("imageUrl", false, 2000, "https");
            if (item.TryObject("action", required: true, out var action)) ActionRules.Check(action, ActionPlace.QuickReply);
        }
    }

    /// <summary>m:3699, ref@547500: 20 units, and never LINE's own name.</summary>
    private static void Sender(Node message)
    {
        if (!message.TryObject("sender", required: false, out var sender)) return;
        var name = sender.Text("name", 20);
        if (name is not null && name.Contains("LINE", StringComparison.OrdinalIgnoreCase)) sender.Wrong("name", "Contains a word that may not be used");
        sender.Url("iconUrl", false, 2000, "https");
    }
}
