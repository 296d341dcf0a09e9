using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatDesk.Handover;

/// <summary>How the queue's records are written in the ledger. Fields may be added; none may be renamed.</summary>
internal static class HandoverJson
{
    private static readonly HandoverJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Of<T>());

    public static string WriteText<T>(T value) => JsonSerializer.Serialize(value, Of<T>());

    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Of<T>())!;

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, Of<T>())!;

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!;
}

[JsonSerializable(typeof(HandoverRow))]
[JsonSerializable(typeof(PresenceRow))]
[JsonSerializable(typeof(TranscriptLine))]
[JsonSerializable(typeof(DeskEvent))]
[JsonSerializable(typeof(BotSwitch))]
[JsonSerializable(typeof(Referral))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(OfficerWords))]
[JsonSerializable(typeof(FloorNews))]
internal sealed partial class HandoverJsonContext : JsonSerializerContext;
