using System.Text.Json;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>One message object of LINE, already inside every limit: a text, or a flex bubble with the text that stands in for it.</summary>
/// <param name="Text">The text, or the bubble's altText.</param>
/// <param name="Bubble">The bubble's JSON; null for a text.</param>
/// <param name="Speaker">Whose name stands above it; null for the account's own.</param>
internal readonly record struct LineMessage(string Text, byte[]? Bubble, string? Speaker)
{
    public IReadOnlyList<LineAction>? QuickReplies { get; init; }

    /// <summary>The text is the address of a picture.</summary>
    public bool IsPicture { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (IsPicture)
        {
            json.WriteString("type"u8, "image"u8);
            json.WriteString("originalContentUrl"u8, Text);
            json.WriteString("previewImageUrl"u8, Text);
        }
        else if (Bubble is null)
        {
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, Text);
        }
        else
        {
            json.WriteString("type"u8, "flex"u8);
            json.WriteString("altText"u8, Text);
            json.WritePropertyName("contents"u8);
            json.WriteRawValue(Bubble, skipInputValidation: true);
        }
        if (Speaker is not null) WriteSpeaker(json);
        if (QuickReplies is { Count: > 0 }) WriteQuickReplies(json, QuickReplies);
        json.WriteEndObject();
    }

    private void WriteSpeaker(Utf8JsonWriter json)
    {
        json.WriteStartObject("sender"u8);
        json.WriteString("name"u8, Speaker);
        json.WriteEndObject();
    }

    private static void WriteQuickReplies(Utf8JsonWriter json, IReadOnlyList<LineAction> actions)
    {
        json.WriteStartObject("quickReply"u8);
        json.WriteStartArray("items"u8);
        for (var i = 0; i < actions.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "action"u8);
            json.WritePropertyName("action"u8);
            actions[i].Write(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
