using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatDesk.Activities;

/// <summary>How activities are written in the ledger. Fields may be added; none may be renamed.</summary>
internal static class ActivityJson
{
    // Thai stays readable and a third of the size: these bytes are never put into HTML.
    private static readonly ActivityJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(InboundActivity activity) => JsonSerializer.SerializeToUtf8Bytes(activity, Context.InboundActivity);

    public static byte[] Write(IReadOnlyList<OutboundActivity> activities) => JsonSerializer.SerializeToUtf8Bytes(activities, Context.IReadOnlyListOutboundActivity);

    public static InboundActivity ReadInbound(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Context.InboundActivity)!;

    /// <returns>Null when these bytes are no activity.</returns>
    public static InboundActivity? ReadInboundOrNull(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadInbound(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IReadOnlyList<OutboundActivity> ReadOutbound(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Context.IReadOnlyListOutboundActivity)!;
}

[JsonSerializable(typeof(InboundActivity))]
[JsonSerializable(typeof(IReadOnlyList<OutboundActivity>))]
internal sealed partial class ActivityJsonContext : JsonSerializerContext;
