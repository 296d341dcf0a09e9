using System.Buffers;
using System.Text.Json;
using ChatDesk.Activities;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Draws a <see cref="Card"/> as a flex bubble (reference: flex message, bubble): title and lines in the body, buttons in the footer.</summary>
internal static class LineBubble
{
    /// <summary>Dark enough on white for WCAG AA (7:1).</summary>
    private const string LabelColour = "#595959";

    /// <returns>The bubble's JSON, or null where LINE would refuse it (nothing to show, or more than 30 KB): then it is said in plain text.</returns>
    public static byte[]? Draw(Card card)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, LineBody.Style);
        var (actions, leftOver) = Buttons(card.Buttons);
        json.WriteStartObject();
        json.WriteString("type"u8, "bubble"u8);
        if (!WriteBody(json, card, leftOver)) return null;
        if (actions.Count > 0) WriteFooter(json, actions);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenCount <= LineLimits.BubbleBytes ? buffer.WrittenSpan.ToArray() : null;
    }

    private static (List<LineAction> Actions, List<string> LeftOver) Buttons(IReadOnlyList<Choice> buttons)
    {
        List<LineAction> actions = [];
        List<string> leftOver = [];
        foreach (var button in buttons)
        {
            if (LineAction.From(button, LineLimits.FlexLabel) is { } action) actions.Add(action);
            else if (LineAction.AsText(button) is { } text) leftOver.Add(LineTextSplitter.Clean(text));
        }
        return (actions, leftOver);
    }

    private static bool WriteBody(Utf8JsonWriter json, Card card, List<string> leftOver)
    {
        json.WritePropertyName("body"u8);
        StartBox(json, "vertical"u8);
        var any = WriteText(json, card.Title, "lg"u8, strong: true);
        foreach (var line in card.Lines) any |= WriteLine(json, line);
        foreach (var text in leftOver) any |= WriteText(json, text, "sm"u8);
        EndBox(json);
        return any;
    }

    private static bool WriteLine(Utf8JsonWriter json, CardLine line)
    {
        if (string.IsNullOrWhiteSpace(line.Label) || string.IsNullOrWhiteSpace(line.Value))
            return WriteText(json, line.Value, "md"u8, line.Strong) || WriteText(json, line.Label, "sm"u8);
        StartBox(json, "horizontal"u8);
        WriteText(json, line.Label, "sm"u8, flex: 2, colour: LabelColour);
        WriteText(json, line.Value, "sm"u8, line.Strong, flex: 3);
        EndBox(json);
        return true;
    }

    /// <returns>False where there are no words; LINE refuses an empty text.</returns>
    private static bool WriteText(
        Utf8JsonWriter json, string? text, ReadOnlySpan<byte> size, bool strong = false, int? flex = null, string? colour = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return false;
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, LineTextSplitter.Clean(text));
        json.WriteString("size"u8, size);
        json.WriteBoolean("wrap"u8, true);
        if (strong) json.WriteString("weight"u8, "bold"u8);
        if (flex is { } share) json.WriteNumber("flex"u8, share);
        if (colour is not null) json.WriteString("color"u8, colour);
        json.WriteEndObject();
        return true;
    }

    private static void WriteFooter(Utf8JsonWriter json, List<LineAction> actions)
    {
        json.WritePropertyName("footer"u8);
        StartBox(json, "vertical"u8);
        foreach (var action in actions)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "button"u8);
            json.WriteString("style"u8, "secondary"u8);
            json.WriteString("height"u8, "sm"u8);
            json.WritePropertyName("action"u8);
            action.Write(json);
            json.WriteEndObject();
        }
        EndBox(json);
    }

    private static void StartBox(Utf8JsonWriter json, ReadOnlySpan<byte> layout)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "box"u8);
        json.WriteString("layout"u8, layout);
        json.WriteString("spacing"u8, "sm"u8);
        json.WriteStartArray("contents"u8);
    }

    private static void EndBox(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
