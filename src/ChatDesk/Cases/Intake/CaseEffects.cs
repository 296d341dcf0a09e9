using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Intake;

/// <summary>What turns ask of this room, as they are recorded in the ledger. Fields may be added; none may be renamed.</summary>
internal static class CaseEffects
{
    /// <summary>Opens a case; data is a <see cref="CaseWish"/>.</summary>
    public const string Open = "case";

    /// <summary>The contact says something about a case; data is a <see cref="CaseWord"/>.</summary>
    public const string Word = "case-word";

    public static string Write(CaseWish wish) => JsonSerializer.Serialize(wish, CaseEffectJson.Readable.CaseWish);

    public static string Write(CaseWord word) => JsonSerializer.Serialize(word, CaseEffectJson.Readable.CaseWord);

    /// <exception cref="JsonException">It is none.</exception>
    public static CaseWish ReadWish(string? data) => JsonSerializer.Deserialize(data ?? "", CaseEffectJson.Readable.CaseWish) ?? throw new JsonException("empty");

    /// <exception cref="JsonException">It is none.</exception>
    public static CaseWord ReadWord(string? data) => JsonSerializer.Deserialize(data ?? "", CaseEffectJson.Readable.CaseWord) ?? throw new JsonException("empty");
}

/// <summary>What a dialog filled in for a new case.</summary>
internal sealed record CaseWish
{
    /// <summary>The effect's key: the case is opened once for it.</summary>
    public required string Key { get; init; }

    public required string Number { get; init; }

    public required string Code { get; init; }

    /// <summary>The dialog file's word after <c>open_case</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Another agency than the conversation's, which took the matter over; of the conversation it learns nothing but where its answers go. Null: the conversation's own.</summary>
    public string? Agency { get; init; }

    public string? Category { get; init; }

    public required string Summary { get; init; }

    /// <summary>Slot to canonical value.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public string? Language { get; init; }

    /// <summary>The exact time promised in the same turn.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    public string? CalendarVersion { get; init; }
}

/// <summary>What a contact did to a case of theirs.</summary>
/// <param name="Key">Carried out once for it.</param>
/// <param name="Number">The case's number.</param>
/// <param name="Deed">Contest, Accept, Reply or Add.</param>
/// <param name="Text">In the contact's words.</param>
/// <param name="Files">Message ids.</param>
internal sealed record CaseWord(string Key, string Number, CaseDeed Deed, string? Text = null, IReadOnlyList<string>? Files = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CaseWish))]
[JsonSerializable(typeof(CaseWord))]
internal sealed partial class CaseEffectJson : JsonSerializerContext
{
    private static CaseEffectJson? _readable;

    public static CaseEffectJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
