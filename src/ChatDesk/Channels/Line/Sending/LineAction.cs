using System.Text.Json;
using ChatDesk.Activities;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>What tapping a button does at LINE: a <see cref="Choice"/> inside LINE's limits (reference: action objects).</summary>
internal readonly record struct LineAction
{
    private enum Kind { Message, Postback, Uri }

    private Kind What { get; init; }

    private string Label { get; init; }

    /// <summary>The text said, the hidden data or the address.</summary>
    private string Value { get; init; }

    /// <summary>What the contact is seen to say on a postback.</summary>
    private string Display { get; init; }

    /// <returns>Null where LINE has no button for it: nothing to read on it, or an address it would refuse.</returns>
    public static LineAction? From(Choice choice, int labelMax)
    {
        var label = Words(choice.Label) ?? Words(choice.Text);
        if (label is null) return null;
        var said = LineLimits.Cut(Words(choice.Text) ?? label, LineLimits.ActionText);
        var action = new LineAction { Label = LineLimits.Cut(label, labelMax), Display = said };
        if (choice.Url is { } url)
            return LineLimits.Address(url) is { } address ? action with { What = Kind.Uri, Value = address } : null;
        // Data that LINE cannot carry whole is worth nothing in part; the words still bring the dialog on.
        return choice.Data is { Length: > 0 and <= LineLimits.PostbackData } data && LineTextSplitter.Clean(data) == data
            ? action with { What = Kind.Postback, Value = data }
            : action with { What = Kind.Message, Value = said };
    }

    /// <returns>The choice as a line of plain text, or null where it has no words.</returns>
    public static string? AsText(Choice choice) =>
        (Words(choice.Label) ?? Words(choice.Text)) is not { } label ? choice.Url
        : choice.Url is null ? label : $"{label}: {choice.Url}";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        switch (What)
        {
            case Kind.Uri:
                json.WriteString("type"u8, "uri"u8);
                json.WriteString("label"u8, Label);
                json.WriteString("uri"u8, Value);
                break;
            case Kind.Postback:
                json.WriteString("type"u8, "postback"u8);
                json.WriteString("label"u8, Label);
                json.WriteString("data"u8, Value);
                json.WriteString("displayText"u8, Display);
                break;
            default:
                json.WriteString("type"u8, "message"u8);
                json.WriteString("label"u8, Label);
                json.WriteString("text"u8, Value);
                break;
        }
        json.WriteEndObject();
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : LineTextSplitter.Clean(text).Trim();
}
