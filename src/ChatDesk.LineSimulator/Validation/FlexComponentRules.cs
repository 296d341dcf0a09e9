using System.Text.RegularExpressions;

namespace ChatDesk.LineSimulator.Validation;

/// <summary>What stands inside a bubble (m:4325-4925).</summary>
internal static class FlexComponentRules
{
    private static readonly Regex Gap = new(@"^(?:none|xs|sm|md|lg|xl|xxl|-?[0-9]+(?:\.[0-9]+)?px)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex FontSize = new(@"^(?:xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|[0-9]+(?:\.[0-9]+)?px)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex HexColor = new("^#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly string[] Everywhere = ["box", "button", "image", "video", "icon", "text", "separator", "filler"];

    public static void Check(Node part, params ReadOnlySpan<string> allowed)
    {
        switch (part.OneOf("type", true, allowed))
        {
            case "box": Box(part); break;
            case "button": Button(part); break;
            case "image": Image(part); break;
            case "video": Video(part); break;
            case "icon": part.Url("url", true, 2000, "https"); break;
            case "text": Text(part); break;
            case "span": Span(part); break;
            case "separator": Color(part, "color"); break;
        }
    }

    public static void Box(Node box)
    {
        box.OneOf("layout", true, "horizontal", "vertical", "baseline");
        Layout(box);
        box.OneOf("justifyContent", false, "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly");
        box.OneOf("alignItems", false, "center", "flex-start", "flex-end");
        Color(box, "backgroundColor");
        Color(box, "borderColor");
        Action(box, ActionPlace.Area);
        foreach (var part in box.Objects("contents", required: true, 0, int.MaxValue)) Check(part, Everywhere);
    }

    /// <summary>A colour is <c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</summary>
    public static void Color(Node part, string name)
    {
        var color = part.Text(name, 9);
        if (color is not null && !HexColor.IsMatch(color)) part.Wrong(name, "invalid color code");
    }

    private static void Button(Node button)
    {
        if (button.TryObject("action", required: true, out var action)) ActionRules.Check(action, ActionPlace.FlexButton);
        button.OneOf("style", false, "primary", "secondary", "link");
        button.OneOf("height", false, "sm", "md");
        button.OneOf("gravity", false, "top", "bottom", "center");
        button.OneOf("adjustMode", false, "shrink-to-fit");
        Color(button, "color");
        Layout(button);
    }

    private static void Image(Node image)
    {
        image.Url("url", true, 2000, "https");
        image.OneOf("align", false, "start", "end", "center");
        image.OneOf("gravity", false, "top", "bottom", "center");
        image.OneOf("aspectMode", false, "fit", "cover");
        image.Flag("animated");
        Action(image, ActionPlace.Area);
        Layout(image);
    }

    private static void Video(Node video)
    {
        video.Url("url", true, 2000, "https");
        video.Url("previewUrl", true, 2000, "https");
        if (video.TryObject("altContent", required: true, out var other)) Check(other, "box", "image");
        Action(video, ActionPlace.Area);
    }

    /// <summary>A text has words of its own, or spans.</summary>
    private static void Text(Node text)
    {
        var spans = text.Objects("contents", required: false, 0, int.MaxValue);
        foreach (var span in spans) Check(span, "span");
        text.Text("text", int.MaxValue, required: spans.Count == 0);
        Letters(text);
        text.OneOf("align", false, "start", "end", "center");
        text.OneOf("gravity", false, "top", "bottom", "center");
        text.OneOf("adjustMode", false, "shrink-to-fit");
        text.Flag("wrap");
        text.Whole("maxLines", min: 0);
        Action(text, ActionPlace.Area);
        Layout(text);
    }

    private static void Span(Node span)
    {
        span.Text("text", int.MaxValue, required: true);
        Letters(span);
    }

    private static void Letters(Node part)
    {
        Color(part, "color");
        part.OneOf("weight", false, "regular", "bold");
        part.OneOf("style", false, "normal", "italic");
        part.OneOf("decoration", false, "none", "underline", "line-through");
        var size = part.Text("size", 20);
        if (size is not null && !FontSize.IsMatch(size)) part.Wrong("size", "invalid property");
    }

    private static void Layout(Node part)
    {
        part.Whole("flex", min: 0);
        part.OneOf("position", false, "relative", "absolute");
        var margin = part.Text("margin", 20);
        if (margin is not null && !Gap.IsMatch(margin)) part.Wrong("margin", "invalid property");
        var spacing = part.Text("spacing", 20);
        if (spacing is not null && !Gap.IsMatch(spacing)) part.Wrong("spacing", "invalid property");
    }

    private static void Action(Node part, ActionPlace place)
    {
        if (part.TryObject("action", required: false, out var action)) ActionRules.Check(action, place);
    }
}
