using System.Text.Json;

namespace ChatDesk.LineSimulator.Validation;

/// <summary>Flex messages (m:4240-4925): a bubble of at most 30 KB, or a carousel of at most 12 bubbles of one width and 50 KB (ref@597000, ref@602500).</summary>
internal static class FlexRules
{
    public const int MostBubbleBytes = 30 * 1024;
    public const int MostCarouselBytes = 50 * 1024;
    public const int MostBubbles = 12;

    public static void Check(Node message)
    {
        message.Text("altText", MessageRules.MostAltTextUnits, required: true);
        if (!message.TryObject("contents", required: true, out var contents)) return;
        switch (contents.OneOf("type", true, "bubble", "carousel"))
        {
            case "bubble": Bubble(contents); break;
            case "carousel": Carousel(contents); break;
        }
    }

    private static void Carousel(Node carousel)
    {
        if (carousel.JsonBytes > MostCarouselBytes) carousel.WrongHere($"Size must be less than or equal to {MostCarouselBytes} bytes");
        string? width = null;
        foreach (var bubble in carousel.Objects("contents", required: true, 1, MostBubbles))
        {
            if (bubble.OneOf("type", true, "bubble") is null) continue;
            Bubble(bubble);
            var own = bubble.Value.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.String ? size.GetString()! : "mega";
            if (width is not null && width != own) carousel.Wrong("contents", "All bubbles of a carousel must have the same size");
            width = own;
        }
    }

    private static void Bubble(Node bubble)
    {
        if (bubble.JsonBytes > MostBubbleBytes) bubble.WrongHere($"Size must be less than or equal to {MostBubbleBytes} bytes");
        bubble.OneOf("size", false, "nano", "micro", "deca", "hecto", "kilo", "mega", "giga");
        bubble.OneOf("direction", false, "ltr", "rtl");
        var blocks = 0;
        foreach (var name in (ReadOnlySpan<string>)["header", "body", "footer"])
        {
            if (!bubble.TryObject(name, required: false, out var block)) continue;
            blocks++;
            if (block.OneOf("type", true, "box") is not null) FlexComponentRules.Box(block);
        }

        if (bubble.TryObject("hero", required: false, out var hero))
        {
            blocks++;
            FlexComponentRules.Check(hero, "box", "image", "video");
        }

        // From memory: LINE refuses a bubble with nothing in it, though its schema would take it.
        if (blocks == 0) bubble.WrongHere("At least one block must be specified");
        if (bubble.TryObject("action", required: false, out var action)) ActionRules.Check(action, ActionPlace.Area);
        if (bubble.TryObject("styles", required: false, out var styles)) Styles(styles);
    }

    private static void Styles(Node styles)
    {
        foreach (var name in (ReadOnlySpan<string>)["header", "hero", "body", "footer"])
        {
            if (!styles.TryObject(name, required: false, out var block)) continue;
            FlexComponentRules.Color(block, "backgroundColor");
            FlexComponentRules.Color(block, "separatorColor");
            block.Flag("separator");
        }
    }
}
