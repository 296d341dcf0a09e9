using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>Answer to everything that gives a token or a stream.</summary>
internal sealed record ConversationAnswer(
    string ConversationId,
    string Token,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    string? StreamUrl = null);

/// <summary>Answer to a posted activity.</summary>
internal sealed record PostAnswer(string Id);

[JsonSerializable(typeof(ConversationAnswer))]
[JsonSerializable(typeof(PostAnswer))]
internal sealed partial class WebJson : JsonSerializerContext
{
    private static WebJson? _context;

    public static WebJson Context => _context ??= new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
}
