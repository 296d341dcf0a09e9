using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Conversations;

/// <summary>What the desk must remember of a conversation from one turn to the next. Small: it is written with every turn.</summary>
internal sealed record SessionState
{
    public static readonly SessionState New = new();

    /// <summary>The language the contact chose; null until then, and the message's own language is used.</summary>
    public string? ChosenLanguage { get; init; }

    /// <summary>The language last spoken, for messages that show none (a picture, a number).</summary>
    public string? LastLanguage { get; init; }

    /// <summary>What was offered to tap last, so that typing its number or label means the same.</summary>
    public IReadOnlyList<Choice>? Offered { get; init; }

    /// <summary>Where the conversation stands inside a dialog; null outside of one.</summary>
    public DialogState? Dialog { get; init; }

    /// <summary>The number of the case that the next message answers; null when none waits.</summary>
    public string? CaseReply { get; init; }

    /// <summary>The article just read, so that a bare "how much" means it; null after anything else was talked about.</summary>
    public string? LastArticle { get; init; }

    /// <summary>True once answers of this conversation also go elsewhere; whether they still do is the way back's to know.</summary>
    public bool Returns { get; init; }

    /// <summary>How many messages in a row were not understood.</summary>
    public int Misses { get; init; }

    /// <summary>How many turns in a row failed.</summary>
    public int Faults { get; init; }

    /// <summary>The officer who has the floor; null while the bot may speak.</summary>
    public Floor? Floor { get; init; }

    /// <summary>Set from the wish for a person until its handover ends; tells that the queue is worth asking.</summary>
    public HandoverMark? Handover { get; init; }

    /// <summary>The contact's newest reply handle that nobody has used, kept while an officer could.</summary>
    public ReplyHandle? Handle { get; init; }

    /// <summary>When the bot was switched off, as the contact was told; null when never.</summary>
    public DateTimeOffset? BotOffTold { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SessionJsonContext.Lean.SessionState);

    /// <returns>The state, or null when these bytes are none (then the ledger's snapshot is the one to read).</returns>
    public static SessionState? Read(byte[]? json)
    {
        if (json is null) return null;
        try
        {
            return JsonSerializer.Deserialize(json, SessionJsonContext.Lean.SessionState);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Who speaks instead of the bot.</summary>
/// <param name="Handover">Under which handover.</param>
/// <param name="OfficerId">The officer's account.</param>
/// <param name="Name">As the contact sees it.</param>
internal sealed record Floor(long Handover, string OfficerId, string Name);

/// <summary>What the conversation remembers of a wish for a person.</summary>
internal sealed record HandoverMark
{
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What happens next is still to be said, unless an officer speaks first.</summary>
    public bool NoticeDue { get; init; }

    /// <summary>The contact was told that what they add is kept for the officer.</summary>
    public bool AddedTold { get; init; }
}

[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionJsonContext : JsonSerializerContext
{
    private static SessionJsonContext? _lean;

    public static SessionJsonContext Lean => _lean ??= new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
