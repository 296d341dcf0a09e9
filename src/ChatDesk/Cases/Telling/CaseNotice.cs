using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Telling;

/// <summary>What the contact is to hear of a case, as it travels through the ledger: whole, so that saying it needs no look-up.</summary>
/// <param name="Number">The case.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Text">The officer's words.</param>
/// <param name="Language">The case's language, for conversations that have not spoken since.</param>
/// <param name="Until">Until when it may be contested; null when there is nothing to contest.</param>
/// <param name="Other">The number of the case it goes on with.</param>
/// <param name="Rate">True when the survey is to be offered with it.</param>
internal sealed record CaseNotice(string Number, CaseDeed Deed, string? Text, string Language, DateTimeOffset? Until = null, string? Other = null, bool Rate = false)
{
    /// <summary>Begins the data of the activity that carries a notice.</summary>
    public const string Prefix = "case-notice:";

    public string Write() => Prefix + JsonSerializer.Serialize(this, CaseNoticeJson.Readable.CaseNotice);

    /// <returns>Null when this data carries none.</returns>
    public static CaseNotice? Read(string? data) => data?.StartsWith(Prefix, StringComparison.Ordinal) == true
        ? JsonSerializer.Deserialize(data[Prefix.Length..], CaseNoticeJson.Readable.CaseNotice)
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CaseNotice))]
internal sealed partial class CaseNoticeJson : JsonSerializerContext
{
    private static CaseNoticeJson? _readable;

    public static CaseNoticeJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
