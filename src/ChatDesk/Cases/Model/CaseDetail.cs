using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Activities;

namespace ChatDesk.Cases.Model;

/// <summary>What an event says beyond deed, author and time. Fields may be added; none may be renamed: they are read for ever.</summary>
internal sealed record CaseDetail
{
    public static readonly CaseDetail None = new();

    /// <summary>The question, answer, reason, note or the contact's words.</summary>
    public string? Text { get; init; }

    /// <summary>Names of files: message ids of the contact, or paths of the desk's file store.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    public string? Unit { get; init; }

    public string? Officer { get; init; }

    public string? OfficerName { get; init; }

    /// <summary>The other case of a merge or link.</summary>
    public long? Other { get; init; }

    public string? OtherNumber { get; init; }

    public CaseUrgency? Urgency { get; init; }

    /// <summary>Why it is urgent, word for word what was noticed.</summary>
    public string? Why { get; init; }

    /// <summary>-1 (bad) to 1 (good).</summary>
    public double? Sentiment { get; init; }

    /// <summary>Everything known of the late application, whole, as of this event.</summary>
    public LawEntry? Law { get; init; }

    /// <summary>Set on the first event.</summary>
    public CaseOpening? Opening { get; init; }

    public string Write() => JsonSerializer.Serialize(this, CaseJson.Readable.CaseDetail);

    public static CaseDetail Read(string json) => JsonSerializer.Deserialize(json, CaseJson.Readable.CaseDetail)!;
}

/// <summary>What a case begins with: everything its row needs.</summary>
internal sealed record CaseOpening
{
    public required string Number { get; init; }

    /// <summary>Secret of the contact: with the number it shows the public side of the case.</summary>
    public required string Code { get; init; }

    public required CaseKind Kind { get; init; }

    public string? Topic { get; init; }

    public required string Summary { get; init; }

    public string? What { get; init; }

    public string? Place { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>The day it happened, <c>yyyy-MM-dd</c>.</summary>
    public string? Day { get; init; }

    public string? Wish { get; init; }

    /// <summary>A phone number or e-mail address the contact gave.</summary>
    public string? Contact { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>Danger to people was named.</summary>
    public bool Danger { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Everything else the dialog asked, slot by slot.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Where to tell the contact; null when the case came by a form or another system.</summary>
    public string? Channel { get; init; }

    public string? Address { get; init; }

    /// <summary>The conversation with another agency of this desk that the matter came from; its contact hears there.</summary>
    public ConversationKey? ToldIn { get; init; }

    public string Language { get; init; } = "th";

    /// <summary><c>dialog</c>, <c>open311</c> or <c>desk</c>.</summary>
    public string Source { get; init; } = "dialog";

    /// <summary>The exact time promised to the contact, if one was.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    /// <summary>The kind of case by which it was reckoned, as the dialogs name it.</summary>
    public string? PromiseRule { get; init; }

    /// <summary>Of the calendar the promise was reckoned with.</summary>
    public string? CalendarVersion { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CaseDetail))]
[JsonSerializable(typeof(CaseClocks))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    private static CaseJson? _readable;

    /// <summary>Thai stays readable and a third of the size: these texts are never put into HTML unescaped.</summary>
    public static CaseJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
