using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Activities;

namespace ChatDesk.Returns;

/// <summary>What a conversation is to hear about the way back, as it travels through the ledger. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReturnNewsKind>))]
internal enum ReturnNewsKind
{
    /// <summary>To the conversation itself: its answers also go to <see cref="ReturnNews.Where"/> now.</summary>
    Bound,

    /// <summary>To the other place: what was said.</summary>
    Carried,

    /// <summary>To an address that is still to be shown to be the contact's: the code.</summary>
    Code,
}

/// <summary>One such piece of news, whole, so that saying it needs no look-up.</summary>
internal sealed record ReturnNews(ReturnNewsKind Kind)
{
    /// <summary>Begins the data of the activity that carries it.</summary>
    public const string Prefix = "return-news:";

    /// <summary>The new place as the contact reads it.</summary>
    public string? Where { get; init; }

    /// <summary>The one-time code.</summary>
    public string? Code { get; init; }

    /// <summary>What was said in the first conversation.</summary>
    public IReadOnlyList<OutboundActivity> Said { get; init; } = [];

    /// <summary>The language of that conversation, for places that have spoken none.</summary>
    public string? Language { get; init; }

    /// <summary>The page where the conversation goes on; null when the desk does not know its own address.</summary>
    public string? PageUrl { get; init; }

    /// <summary>Where such news can be ended; null when the desk does not know its own address.</summary>
    public string? StopUrl { get; init; }

    public string Write() => Prefix + JsonSerializer.Serialize(this, ReturnJson.Readable.ReturnNews);

    /// <returns>Null when this data carries none.</returns>
    public static ReturnNews? Read(string? data) => data?.StartsWith(Prefix, StringComparison.Ordinal) == true
        ? JsonSerializer.Deserialize(data[Prefix.Length..], ReturnJson.Readable.ReturnNews)
        : null;

    /// <summary>The activity that brings it into a conversation.</summary>
    /// <param name="id">The same for the same news: it is accepted once.</param>
    /// <param name="to">Where.</param>
    /// <param name="now">When.</param>
    public InboundActivity Activity(string id, ConversationKey to, DateTimeOffset now) => new() { Id = id, Conversation = to, Kind = InboundKind.Timer, At = now, Data = Write() };
}

/// <summary>What turns ask of this room, as recorded in the ledger. Fields may be added; none may be renamed.</summary>
internal sealed record ReturnEffect
{
    /// <summary>A turn said something unasked in a conversation whose answers also go elsewhere.</summary>
    public const string Carry = "return-carry";

    /// <summary>A code was said: its conversation is to hear of it.</summary>
    public const string Bound = "return-bound";

    /// <summary>The activity that the turn handled; for <see cref="Carry"/>.</summary>
    public string? Activity { get; init; }

    /// <summary>The conversation that is to hear; for <see cref="Bound"/>.</summary>
    public string? Channel { get; init; }

    public string? Address { get; init; }

    public string? Where { get; init; }

    public string? Language { get; init; }

    public string Write() => JsonSerializer.Serialize(this, ReturnJson.Readable.ReturnEffect);

    /// <exception cref="JsonException">It is none.</exception>
    public static ReturnEffect Read(string? data) => JsonSerializer.Deserialize(data ?? "", ReturnJson.Readable.ReturnEffect) ?? throw new JsonException("empty");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReturnNews))]
[JsonSerializable(typeof(ReturnEffect))]
internal sealed partial class ReturnJson : JsonSerializerContext
{
    private static ReturnJson? _readable;

    public static ReturnJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
