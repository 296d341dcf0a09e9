using System.Text.Json;
using ChatDesk.Activities;

namespace ChatDesk.Channels.Web.Sending;

/// <summary>Writes cards and choices in Bot Framework's words: hero card, suggested actions, card actions.</summary>
internal static class WebCard
{
    public static void WriteAttachments(Utf8JsonWriter json, Card card)
    {
        json.WriteStartArray("attachments"u8);
        json.WriteStartObject();
        json.WriteString("contentType"u8, "application/vnd.microsoft.card.hero"u8);
        json.WriteStartObject("content"u8);
        json.WriteString("title"u8, card.Title);
        // Card texts are read as Markdown by webchat, where only an empty line begins a new one.
        json.WriteString("text"u8, string.Join("\n\n", card.Lines.Select(l => l.Label is null ? l.Value : $"{l.Label}: {l.Value}")));
        WriteLines(json, card.Lines);
        json.WriteStartArray("buttons"u8);
        foreach (var button in card.Buttons) WriteAction(json, button);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteSuggestedActions(Utf8JsonWriter json, IReadOnlyList<Choice> choices)
    {
        json.WriteStartObject("suggestedActions"u8);
        json.WriteStartArray("actions"u8);
        foreach (var choice in choices) WriteAction(json, choice);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Not in the specification, which lets unknown fields pass: our own page draws the lines as they are.</summary>
    private static void WriteLines(Utf8JsonWriter json, IReadOnlyList<CardLine> lines)
    {
        json.WriteStartArray("lines"u8);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            if (line.Label is not null) json.WriteString("label"u8, line.Label);
            json.WriteString("value"u8, line.Value);
            if (line.Strong) json.WriteBoolean("strong"u8, true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAction(Utf8JsonWriter json, Choice choice)
    {
        var said = choice.Text ?? choice.Label;
        json.WriteStartObject();
        if (Address(choice.Url) is { } address)
        {
            json.WriteString("type"u8, "openUrl"u8);
            json.WriteString("title"u8, choice.Label);
            json.WriteString("value"u8, address);
        }
        else if (choice.Data is { Length: > 0 } data)
        {
            json.WriteString("type"u8, "messageBack"u8);
            json.WriteString("title"u8, choice.Label);
            json.WriteString("text"u8, said);
            json.WriteString("displayText"u8, said);
            json.WriteString("value"u8, data);
        }
        else
        {
            json.WriteString("type"u8, "imBack"u8);
            json.WriteString("title"u8, choice.Label);
            json.WriteString("value"u8, said);
        }
        json.WriteEndObject();
    }

    /// <summary>Addresses that a page may open; never one that runs something in it.</summary>
    private static string? Address(string? url) =>
        url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http" or "tel" or "line" or "mailto") ? url : null;
}
