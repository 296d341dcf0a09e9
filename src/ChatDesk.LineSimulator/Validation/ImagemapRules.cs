namespace ChatDesk.LineSimulator.Validation;

/// <summary>Imagemap messages (m:3930-4040, ref@575500).</summary>
internal static class ImagemapRules
{
    public static void Check(Node message)
    {
        message.Url("baseUrl", true, 2000, "https");
        message.Text("altText", MessageRules.MostAltTextUnits, required: true);
        if (message.TryObject("baseSize", required: true, out var size))
        {
            size.Whole("width", required: true, 1040, 1040);
            size.Whole("height", required: true, 1);
        }

        foreach (var action in message.Objects("actions", required: true, 0, 50)) Action(action);
        if (message.TryObject("video", required: false, out var video)) Video(video);
    }

    private static void Action(Node action)
    {
        if (action.TryObject("area", required: true, out var area)) Area(area);
        action.Text("label", 100);
        switch (action.OneOf("type", true, "message", "uri", "clipboard"))
        {
            case "message": action.Text("text", 400, required: true); break;
            case "uri": action.Url("linkUri", true, 1000, "http", "https", "line", "tel"); break;
            case "clipboard": action.Text("clipboardText", 1000, required: true); break;
        }
    }

    private static void Video(Node video)
    {
        video.Url("originalContentUrl", true, 2000, "https");
        video.Url("previewImageUrl", true, 2000, "https");
        if (video.TryObject("area", required: true, out var area)) Area(area);
        if (!video.TryObject("externalLink", required: false, out var link)) return;
        link.Url("linkUri", true, 1000, "http", "https", "line", "tel");
        link.Text("label", 30, required: true);
    }

    private static void Area(Node area)
    {
        area.Whole("x", required: true, 0);
        area.Whole("y", required: true, 0);
        area.Whole("width", required: true, 1);
        area.Whole("height", required: true, 1);
    }
}
