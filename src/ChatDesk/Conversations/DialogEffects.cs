using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Promises;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Handover;

namespace ChatDesk.Conversations;

/// <summary>
/// What becomes of a dialog's effects: each is recorded once, in the same transaction as its turn, and carried out by its
/// room from there; the dialog gets a true answer at once (the case's number and the exact time that is promised).
/// </summary>
internal sealed class DialogEffects(ConnectorCalls connectors, OfficerCalls calls)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The category of what is kept from the unit complained about (<see cref="CaseFields.Kind"/>).</summary>
    private const string Conduct = "conduct";

    /// <summary>Gives the dialog what came of the effect it waits for.</summary>
    public async ValueTask<StepResult> CarryOutAsync(TurnContext turn, Effect effect, CancellationToken stopping) => effect switch
    {
        CallConnector call => await connectors.CallAsync(turn, call, stopping),
        OpenCase opened => Ok(
            ("number", CaseNumber.Of(opened.Key)), ("code", CaseNumber.CodeOf(opened.Key)), ("answer_by", turn.Say(turn.Content.Hours.AnswerBy(turn.Now, opened.Type)))),
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
    public static StepResult Result(TurnContext turn, OfficerCall call) => Ok(
        ("status", call.Status == "closed" && turn.Content.Hours.Calendar.IsOpen(turn.Now) ? "waiting" : call.Status), ("position", call.Place.ToString(CultureInfo.InvariantCulture)), ("opens", call.Opens ?? ""),
        ("promise", turn.Say(turn.Content.Hours.PromiseFrom(turn.Now))));

    public StageAnswer Answer(TurnContext turn, OfficerCall call, StageAnswer answer) => calls.Answer(turn, call, answer);

    /// <summary>How the effect is kept; null for those that the turn itself carries out.</summary>
    public static RecordedEffect? Record(TurnContext turn, Effect effect) => effect switch
    {
        OpenCase opened => new RecordedEffect(CaseEffects.Open, CaseEffects.Write(new CaseWish
        {
            Key = opened.Key,
            Number = CaseNumber.Of(opened.Key),
            Code = CaseNumber.CodeOf(opened.Key),
            Type = opened.Type,
            // A report of bribery is protected whatever kind of complaint the contact took it for.
            Category = opened.Fields.Values.Any(told => turn.Content.Knowledge.Report(told, turn.Language) is not null) ? Conduct : opened.Category,
            Summary = opened.Summary,
            Fields = opened.Fields,
            Language = turn.Language,
            PromisedBy = turn.Content.Hours.AnswerBy(turn.Now, opened.Type),
            CalendarVersion = turn.Content.Hours.Calendar.Version,
        })),
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
    });

    /// <summary>The exact moment that the contact is told in this turn: kept or broken, it is a record.</summary>
    public static RecordedEffect Promised(TurnContext turn, DateTimeOffset by, string? topic) => Record(PromiseEffects.Made, new
    {
        key = $"promise:{turn.Activity.Id}",
        topic,
        promise = Iso(by),
        calendar = turn.Content.Hours.Calendar.Version,
    });

    private static RecordedEffect Record<T>(string kind, T data) => new(kind, JsonSerializer.Serialize(data, Json));

    private static StepResult Ok(params IEnumerable<(string Name, string Value)> fields) => new(true, fields.ToDictionary(f => f.Name, f => f.Value));

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
