using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Sending;

/// <summary>Writes lines of the transcript as Direct Line activities. The same line always gives the same activities, with the same ids.</summary>
internal sealed class WebMessageMapper(WebSeals seals, TimeProvider time)
{
    /// <summary>Direct Line itself keeps uploads for a day; after that a new look at the conversation gives a new address.</summary>
    private static readonly TimeSpan FileLife = TimeSpan.FromHours(24);

    // Written into JSON that is parsed as JSON, never into HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An ActivitySet: <c>{"activities":[…],"watermark":"…"}</c>.</summary>
    /// <param name="to">Where it is written.</param>
    /// <param name="conversation">Whose lines.</param>
    /// <param name="lines">In order; those a client does not see are left out.</param>
    /// <param name="place">Of the last line.</param>
    /// <param name="baseUrl">Where the contact reaches the desk.</param>
    /// <returns>How many activities were written.</returns>
    public int WriteSet(IBufferWriter<byte> to, ConversationKey conversation, IReadOnlyList<LedgerLine> lines, long place, string baseUrl)
    {
        using var json = new Utf8JsonWriter(to, Readable);
        var count = 0;
        string? lastSaid = null;
        json.WriteStartObject();
        json.WriteStartArray("activities"u8);
        foreach (var line in lines)
        {
            if (line.Outgoing is { } outgoing)
            {
                count += WriteOutgoing(json, conversation, line, outgoing, lastSaid, baseUrl);
            }
            else if (line.Incoming is { ChannelData: not null } incoming)
            {
                WriteIncoming(json, conversation, line, incoming, baseUrl);
                lastSaid = line.ActivityId;
                count++;
            }
        }
        json.WriteEndArray();
        json.WriteString("watermark"u8, Watermark.Write(place));
        json.WriteEndObject();
        return count;
    }

    /// <summary>An ActivitySet that shows for a moment that somebody writes; it has no watermark, because it leaves nothing behind.</summary>
    public void WriteTyping(IBufferWriter<byte> to, ConversationKey conversation, string? speaker)
    {
        using var json = new Utf8JsonWriter(to, Readable);
        var now = time.GetUtcNow();
        json.WriteStartObject();
        json.WriteStartArray("activities"u8);
        json.WriteStartObject();
        WriteHead(json, "typing", $"{conversation.Address}|typing-{now.ToUnixTimeMilliseconds()}", now, conversation);
        WriteDesk(json, conversation.Agency, speaker, answerFollows: false);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int WriteOutgoing(Utf8JsonWriter json, ConversationKey conversation, LedgerLine line, IReadOnlyList<OutboundActivity> said, string? lastSaid, string baseUrl)
    {
        // Named only when it is certain that the client has it: webchat holds an answer back until what it answers is there.
        var replyTo = lastSaid is not null && line.ActivityId.StartsWith(lastSaid, StringComparison.Ordinal) ? lastSaid : null;
        for (var i = 0; i < said.Count; i++)
        {
            var one = said[i];
            json.WriteStartObject();
            WriteHead(json, "message", $"{line.ActivityId}:{i}", line.At, conversation);
            WriteDesk(json, conversation.Agency, one.SpeakerName, one.AnswerFollows);
            if (replyTo is not null) json.WriteString("replyToId"u8, replyTo);
            json.WriteString("textFormat"u8, "plain"u8);
            if (!string.IsNullOrEmpty(one.Text)) json.WriteString("text"u8, one.Text);
            if (one.Card is { } card) WebCard.WriteAttachments(json, card);
            else if (one.File is { } file) WriteFile(json, file, baseUrl);
            if (i == said.Count - 1 && one.Choices.Count > 0) WebCard.WriteSuggestedActions(json, one.Choices);
            json.WriteEndObject();
        }
        return said.Count;
    }

    /// <summary>By the address at which this browser reaches the desk: from another one its page would not show it.</summary>
    private static void WriteFile(Utf8JsonWriter json, OutboundFile file, string baseUrl)
    {
        json.WriteStartArray("attachments"u8);
        json.WriteStartObject();
        json.WriteString("contentType"u8, file.ContentType);
        json.WriteString("contentUrl"u8, baseUrl + new Uri(file.Url).PathAndQuery);
        json.WriteString("name"u8, file.Name);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteIncoming(Utf8JsonWriter json, ConversationKey conversation, LedgerLine line, InboundActivity said, string baseUrl)
    {
        using var echo = JsonDocument.Parse(said.ChannelData!);
        json.WriteStartObject();
        WriteHead(json, "message", line.ActivityId, line.At, conversation);
        json.WriteStartObject("from"u8);
        json.WriteString("id"u8, said.From ?? "");
        json.WriteString("role"u8, "user"u8);
        json.WriteEndObject();
        var text = said.Text ?? (said.Kind == InboundKind.Choice && !echo.RootElement.TryGetProperty("value"u8, out _) ? said.Data : null);
        if (text is not null) json.WriteString("text"u8, text);
        foreach (var field in echo.RootElement.EnumerateObject())
        {
            if (field.NameEquals("files"u8)) WriteFiles(json, conversation.Agency, line.ActivityId, field.Value, baseUrl);
            else WriteAsSent(json, field);
        }
        json.WriteEndObject();
    }

    private static void WriteAsSent(Utf8JsonWriter json, JsonProperty field)
    {
        json.WritePropertyName(field.Name);
        json.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
    }

    private void WriteFiles(Utf8JsonWriter json, string agency, string activityId, JsonElement files, string baseUrl)
    {
        var expires = time.GetUtcNow() + FileLife;
        var index = 0;
        json.WriteStartArray("attachments"u8);
        foreach (var file in files.EnumerateArray())
        {
            var name = file.String("name") ?? "";
            var path = FileStore.PathOf(agency, WebFiles.KeyOf(WebActivityMapper.FileId(activityId, index++)));
            json.WriteStartObject();
            json.WriteString("contentType"u8, file.String("contentType"));
            json.WriteString("contentUrl"u8, file.String("url") ?? $"{baseUrl}/v3/directline/files/{seals.Seal(new FileTicket(path, name, expires))}");
            json.WriteString("name"u8, name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, string type, string id, DateTimeOffset at, ConversationKey conversation)
    {
        json.WriteString("type"u8, type);
        json.WriteString("id"u8, id);
        json.WriteString("timestamp"u8, at.UtcDateTime);
        json.WriteString("channelId"u8, "directline"u8);
        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, conversation.Address);
        json.WriteEndObject();
    }

    private static void WriteDesk(Utf8JsonWriter json, string agency, string? speaker, bool answerFollows)
    {
        json.WriteStartObject("from"u8);
        json.WriteString("id"u8, agency);
        if (speaker is not null) json.WriteString("name"u8, speaker);
        json.WriteString("role"u8, "bot"u8);
        json.WriteEndObject();
        if (speaker is null && !answerFollows) return;
        json.WriteStartObject("channelData"u8);
        if (speaker is not null) json.WriteString("speaker"u8, "officer"u8);
        if (answerFollows) json.WriteBoolean("answerFollows"u8, true);
        json.WriteEndObject();
    }
}
