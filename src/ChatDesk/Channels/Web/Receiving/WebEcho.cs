using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatDesk.Channels.Web.Receiving;

/// <summary>
/// What is kept of a post to give it back to its client: the fields that no other room reads, just as they were sent
/// (<c>channelData</c> above all: webchat finds its own message by it), and the files that came along.
/// </summary>
internal static class WebEcho
{
    /// <summary>Characters of JSON for all of it.</summary>
    public const int Limit = 16 * 1024;

    private static readonly string[] Kept = ["channelData", "value", "entities", "locale", "textFormat", "localTimestamp", "localTimezone"];
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>JSON, or null when it would be too long.</returns>
    public static string? Write(JsonElement activity, IReadOnlyList<WebFile> files)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            foreach (var name in Kept)
            {
                if (activity.ValueKind != JsonValueKind.Object || !activity.TryGetProperty(name, out var value)) continue;
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }
            if (files.Count > 0) WriteFiles(json, files);
            json.WriteEndObject();
        }
        return buffer.Length <= Limit ? Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) : null;
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<WebFile> files)
    {
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("contentType", file.ContentType);
            json.WriteString("name", file.Name);
            if (file.Url is not null) json.WriteString("url", file.Url);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
