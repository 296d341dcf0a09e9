using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatDesk.Dialogs.Engine;

/// <summary>Where a conversation stands inside its dialogs. Small, never changed in place, the same JSON in every culture.</summary>
internal sealed record DialogState
{
    /// <summary>The turn that began it; part of every effect key.</summary>
    [JsonPropertyName("r")]
    public required string Run { get; init; }

    /// <summary>The dialogs in progress, the one being spoken last.</summary>
    [JsonPropertyName("f")]
    public required DialogFrame[] Frames { get; init; }

    /// <summary>Wrong answers in a row to the present question.</summary>
    [JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Misunderstood { get; init; }

    /// <summary>A question of the engine's own that stands before the step's (see <see cref="Aside"/>).</summary>
    [JsonPropertyName("q"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Aside Aside { get; init; }

    /// <summary>The words of which it was asked whether they are an answer (see <see cref="Aside.Matter"/>).</summary>
    [JsonPropertyName("w"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Held { get; init; }

    /// <summary>Questions to the articles in a row, with no answer in between.</summary>
    [JsonPropertyName("g"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Digressions { get; init; }

    /// <summary>When the contact was last heard, Unix seconds.</summary>
    [JsonPropertyName("t")]
    public long HeardAt { get; init; }

    /// <summary>Effects ordered so far.</summary>
    [JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Ordered { get; init; }

    /// <summary>Key of the effect whose result is awaited.</summary>
    [JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Awaited { get; init; }

    [JsonIgnore]
    public DialogFrame Top => Frames[^1];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DialogStateJson.Default.DialogState);

    /// <exception cref="JsonException">Not a state of any version.</exception>
    public static DialogState FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, DialogStateJson.Default.DialogState) is { Frames.Length: > 0 } state
            ? state
            : throw new JsonException("A dialog state without a dialog.");
}

/// <summary>One dialog in progress.</summary>
internal sealed record DialogFrame
{
    [JsonPropertyName("d")]
    public required string Dialog { get; init; }

    /// <summary>Content version of the dialog's file when this began.</summary>
    [JsonPropertyName("v")]
    public required string Version { get; init; }

    [JsonPropertyName("s")]
    public required string Step { get; init; }

    /// <summary>Canonical values by slot name; an optional slot that was skipped holds an empty text.</summary>
    [JsonPropertyName("x")]
    public required Dictionary<string, string> Slots { get; init; }

    /// <summary>Steps that asked, oldest first: the way back.</summary>
    [JsonPropertyName("h"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string[]? History { get; init; }

    /// <summary>Say steps with a fixed text that were said already.</summary>
    [JsonPropertyName("z"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string[]? Said { get; init; }

    /// <summary>True when the contact left the dialog below in the middle of a question, which must then be asked again.</summary>
    [JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Interrupts { get; init; }
}

/// <summary>A question of the engine's own. Stored by number: never renumber.</summary>
internal enum Aside
{
    None = 0,

    /// <summary>"Shall we go on?" after a silence.</summary>
    GoOn = 1,

    /// <summary>"Shall I get a person?" after wrong answers.</summary>
    Person = 2,

    /// <summary>"Which answer shall be changed?"</summary>
    Which = 3,

    /// <summary>"Is that the answer, or do you want something else?"</summary>
    Matter = 4,
}

[JsonSerializable(typeof(DialogState))]
internal sealed partial class DialogStateJson : JsonSerializerContext;
