using System.Text.Json.Nodes;

namespace ChatDesk.Pages.Simulator;

/// <summary>What somebody does on a simulated phone, as the page posts it.</summary>
internal sealed record SimulatorAct
{
    /// <summary>Who: A, B or C.</summary>
    public string User { get; init; } = "A";

    /// <summary>follow, unfollow, text, sticker, image, location, postback, unsend, redeliver, limit.</summary>
    public string Do { get; init; } = "";

    public string? Text { get; init; }

    /// <summary>A tapped button's hidden value.</summary>
    public string? Data { get; init; }

    /// <summary>What a tapped button makes the person be seen to say.</summary>
    public string? DisplayText { get; init; }

    public string? Title { get; init; }

    public string? MessageId { get; init; }

    public double Latitude { get; init; }

    public double Longitude { get; init; }

    /// <summary>The event arrives late, its reply token has expired.</summary>
    public bool Late { get; init; }

    /// <summary>How it stands on the phone; null when nothing of it is seen there.</summary>
    public JsonObject? Shown() => Do switch
    {
        "text" => new() { ["type"] = "text", ["text"] = Text },
        "sticker" => new() { ["type"] = "sticker" },
        "image" => new() { ["type"] = "image" },
        "location" => new() { ["type"] = "location", ["title"] = Title, ["address"] = Text },
        "postback" when DisplayText is not null => new() { ["type"] = "text", ["text"] = DisplayText },
        _ => null,
    };
}
