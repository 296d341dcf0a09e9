namespace ChatDesk.LineSimulator.Validation;

/// <summary>Where an action hangs; it decides the length of the label and whether there must be one (ref@652000).</summary>
internal enum ActionPlace
{
    /// <summary>Label needed, 20 units. Also the only place for camera, camera roll and location.</summary>
    QuickReply,

    /// <summary>A button of a template: label needed, 20 units.</summary>
    Template,

    /// <summary>A picture of an image carousel: label optional, 12 units.</summary>
    ImageCarousel,

    /// <summary>A Flex button: label needed, 40 units.</summary>
    FlexButton,

    /// <summary>A whole picture, box, text or bubble that can be tapped: label optional, 40 units.</summary>
    Area,
}

/// <summary>What happens on a tap (m:4930-5050, ref@650000-656000).</summary>
internal static class ActionRules
{
    public static void Check(Node action, ActionPlace place)
    {
        var type = place == ActionPlace.QuickReply
            ? action.OneOf("type", true, "message", "postback", "uri", "datetimepicker", "clipboard", "camera", "cameraRoll", "location")
            : action.OneOf("type", true, "message", "postback", "uri", "datetimepicker", "clipboard");
        action.Text("label", LabelUnits(place), required: place is ActionPlace.QuickReply or ActionPlace.Template or ActionPlace.FlexButton);
        switch (type)
        {
            case "message": action.Text("text", 300, required: true); break;
            case "postback": Postback(action); break;
            case "uri": Uri(action); break;
            case "datetimepicker": Picker(action); break;
            case "clipboard": action.Text("clipboardText", 1000, required: true); break;
        }
    }

    private static int LabelUnits(ActionPlace place) => place switch
    {
        ActionPlace.ImageCarousel => 12,
        ActionPlace.FlexButton or ActionPlace.Area => 40,
        _ => 20,
    };

    private static void Postback(Node action)
    {
        action.Text("data", 300, required: true);
        action.Text("displayText", 300);
        action.Text("text", 300);
        action.Text("fillInText", 300);
        action.OneOf("inputOption", false, "closeRichMenu", "openRichMenu", "openKeyboard", "openVoice");
    }

    private static void Uri(Node action)
    {
        action.Url("uri", true, 1000, "http", "https", "line", "tel");
        if (action.TryObject("altUri", required: false, out var other)) other.Url("desktop", false, 1000, "http", "https", "line", "tel");
    }

    private static void Picker(Node action)
    {
        action.Text("data", 300, required: true);
        action.OneOf("mode", true, "date", "time", "datetime");
        action.Text("initial", 16);
        action.Text("max", 16);
        action.Text("min", 16);
    }
}
