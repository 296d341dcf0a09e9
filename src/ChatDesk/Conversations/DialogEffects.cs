using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Conversations;

/// <summary>
/// What becomes of effects as long as cases and handover have no rooms of their own: each is recorded once, in the same
/// transaction as its turn, and the dialog gets a true answer (a number to ask by; no officer on line).
/// </summary>
internal sealed class DialogEffects(ConnectorCalls connectors)
{
    /// <summary>Letters that cannot be mistaken for one another when read over the phone.</summary>
    private const string Readable = "23456789CFGHJMPQRVWX";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Gives the dialog what came of the effect it waits for.</summary>
    public async ValueTask<StepResult> CarryOutAsync(TurnContext turn, Effect effect, CancellationToken stopping) => effect switch
    {
        CallConnector call => await connectors.CallAsync(turn, call, stopping),
        OpenCase opened => Ok(
            ("number", Number(opened.Key)), ("code", Code(opened.Key)), ("answer_by", turn.Say(turn.Content.Hours.AnswerBy(turn.Now, opened.Type)))),
        HandOver => Ok(NobodyNow(turn)),
        _ => StepResult.Failure,
    };

    /// <summary>How the effect is kept; null for those that the turn itself carries out.</summary>
    public static RecordedEffect? Record(TurnContext turn, Effect effect) => effect switch
    {
        OpenCase opened => Record("case", new
        {
            key = opened.Key,
            number = Number(opened.Key),
            code = Code(opened.Key),
            type = opened.Type,
            category = opened.Category,
            summary = opened.Summary,
            fields = opened.Fields,
            answerBy = Iso(turn.Content.Hours.AnswerBy(turn.Now, opened.Type)),
            calendar = turn.Content.Hours.Calendar.Version,
        }),
        HandOver asked => Wish(turn, asked),
        RecordSurvey survey => Record("survey", new { key = survey.Key, rating = survey.Rating, solved = survey.Solved, comment = survey.Comment }),
        _ => null,
    };

    /// <summary>Somebody wants a person: by a dialog, or with nothing said but that.</summary>
    public static RecordedEffect Wish(TurnContext turn, HandOver? asked = null) => Record("handover-wish", new
    {
        key = asked?.Key,
        topic = asked?.Topic,
        reason = asked?.Reason,
        fields = asked?.Fields,
        language = turn.Language,
        promise = Iso(turn.Content.Hours.PromiseFrom(turn.Now)),
        calendar = turn.Content.Hours.Calendar.Version,
    });

    private static RecordedEffect Record<T>(string kind, T data) => new(kind, JsonSerializer.Serialize(data, Json));

    private static StepResult Ok(params IEnumerable<(string Name, string Value)> fields) => new(true, fields.ToDictionary(f => f.Name, f => f.Value));

    /// <summary>The same number however often the same turn is worked out.</summary>
    private static string Number(string key) => $"{Letters(key, "number", 4)}-{Letters(key, "number2", 4)}";

    private static string Code(string key) => Letters(key, "code", 8);

    private static string Letters(string key, string purpose, int count)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{key}"));
        return string.Create(count, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = Readable[bytes[i] % Readable.Length];
        });
    }

    /// <summary>Nobody is on line yet: <c>closed</c> with the next opening, or <c>waiting</c> while the agency is open; always with an exact promise.</summary>
    private static (string Name, string Value)[] NobodyNow(TurnContext turn)
    {
        var hours = turn.Content.Hours;
        var promise = ("promise", turn.Say(hours.PromiseFrom(turn.Now)));
        return hours.Calendar.IsOpen(turn.Now)
            ? [("status", "waiting"), promise]
            : [("status", "closed"), ("opens", turn.Say(hours.NextOpening(turn.Now))), promise];
    }

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
