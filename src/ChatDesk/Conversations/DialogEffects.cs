using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Handover;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations;

/// <summary>
/// What becomes of effects as long as cases and handover have no rooms of their own: each is recorded once, in the same
/// transaction as its turn, and the dialog gets a true answer (a number to ask by; no officer on line).
/// </summary>
internal sealed class DialogEffects(ConnectorCalls connectors, OfficerCalls calls)
{
    /// <summary>Working days until a case must be answered, when the agency has set nothing else (domain: 15).</summary>
    private const int AnswerDays = 15;

    /// <summary>Letters that cannot be mistaken for one another when read over the phone.</summary>
    private const string Readable = "23456789CFGHJMPQRVWX";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gives the dialog what came of the effect it waits for.</summary>
    public async ValueTask<StepResult> CarryOutAsync(TurnContext turn, Effect effect, CancellationToken stopping) => effect switch
    {
        CallConnector call => await connectors.CallAsync(turn.Activity.Conversation.Agency, call, stopping),
        OpenCase opened => Ok(
            ("number", Number(opened.Key)), ("code", Code(opened.Key)), ("answer_by", LocalDate.Format(AnswerBy(turn), turn.Language))),
        _ => StepResult.Failure,
    };

    /// <summary>Asks for an officer on behalf of a dialog; what was answered so far goes along, so that nothing is asked twice.</summary>
    public ValueTask<OfficerCall> CallAsync(TurnContext turn, HandOver asked, string dialog) => calls.AskAsync(turn, new HandoverAsked
    {
        Reason = asked.Reason switch { "misunderstood" => HandoverReason.Misunderstood, "fault" => HandoverReason.Fault, _ => HandoverReason.Dialog },
        Language = turn.Language,
        Packet = new HandoverPacket(asked.Topic, asked.Fields, [], dialog),
    });

    /// <summary>What a dialog learns of the call. Closed means that nothing was asked of the queue: the dialog offers a case instead.</summary>
    public static StepResult Result(OfficerCall call) =>
        Ok(("status", call.Status), ("position", call.Place.ToString(CultureInfo.InvariantCulture)), ("opens", call.Opens ?? ""));

    public StageAnswer Answer(TurnContext turn, OfficerCall call, StageAnswer answer) => calls.Answer(turn, call, answer);

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
            answerBy = AnswerBy(turn).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }),
        HandOver asked => Record("handover-wish", new { key = asked.Key, topic = asked.Topic, reason = asked.Reason, fields = asked.Fields, language = turn.Language }),
        RecordSurvey survey => Record("survey", new { key = survey.Key, rating = survey.Rating, solved = survey.Solved, comment = survey.Comment }),
        _ => null,
    };

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

    private static DateOnly AnswerBy(TurnContext turn)
    {
        var day = turn.Today;
        for (var left = AnswerDays; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }
        return day;
    }
}
