namespace ChatDesk.LineSimulator.Validation;

/// <summary>Template messages (m:4040-4200, ref@581500-590000).</summary>
internal static class TemplateRules
{
    public static void Check(Node message)
    {
        message.Text("altText", MessageRules.MostAltTextUnits, required: true);
        if (!message.TryObject("template", required: true, out var template)) return;
        switch (template.OneOf("type", true, "buttons", "confirm", "carousel", "image_carousel"))
        {
            case "buttons": Buttons(template); break;
            case "confirm": Confirm(template); break;
            case "carousel": Carousel(template); break;
            case "image_carousel": ImageCarousel(template); break;
        }
    }

    /// <summary>Title 40, text 160, or 60 beside a picture or a title; one to four buttons.</summary>
    private static void Buttons(Node template)
    {
        Picture(template);
        template.Text("title", 40);
        template.Text("text", TextUnits(template, 160), required: true);
        DefaultAction(template);
        Actions(template, 1, 4);
    }

    private static void Confirm(Node template)
    {
        template.Text("text", 240, required: true);
        Actions(template, 2, 2);
    }

    /// <summary>Up to ten columns, the same number of buttons in each (ref@588500).</summary>
    private static void Carousel(Node template)
    {
        Shape(template);
        int? count = null;
        foreach (var column in template.Objects("columns", required: true, 1, 10))
        {
            column.Url("thumbnailImageUrl", false, 2000, "https");
            column.Text("title", 40);
            column.Text("text", TextUnits(column, 120), required: true);
            DefaultAction(column);
            var actions = Actions(column, 1, 3);
            if (count is { } before && before != actions) template.Wrong("columns", "The number of actions must be the same in all columns");
            count = actions;
        }
    }

    private static void ImageCarousel(Node template)
    {
        foreach (var column in template.Objects("columns", required: true, 1, 10))
        {
            column.Url("imageUrl", true, 2000, "https");
            if (column.TryObject("action", required: true, out var action)) ActionRules.Check(action, ActionPlace.ImageCarousel);
        }
    }

    private static int Actions(Node owner, int min, int max)
    {
        var actions = owner.Objects("actions", required: true, min, max);
        foreach (var action in actions) ActionRules.Check(action, ActionPlace.Template);
        return actions.Count;
    }

    private static void DefaultAction(Node owner)
    {
        if (owner.TryObject("defaultAction", required: false, out var action)) ActionRules.Check(action, ActionPlace.Area);
    }

    private static int TextUnits(Node owner, int plain) => owner.Has("thumbnailImageUrl") || owner.Has("title") ? 60 : plain;

    private static void Picture(Node template)
    {
        template.Url("thumbnailImageUrl", false, 2000, "https");
        Shape(template);
        template.Text("imageBackgroundColor", 7);
    }

    private static void Shape(Node template)
    {
        template.OneOf("imageAspectRatio", false, "rectangle", "square");
        template.OneOf("imageSize", false, "cover", "contain");
    }
}
