using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Conversations;

/// <summary>
/// What becomes of a dialog's effects: each is recorded once, in the same transaction as its turn, and carried out by its
/// room from there; the dialog gets a true answer at once (the case's number and the exact time that is promised).
/// </summary>
internal sealed class DialogEffects(ConnectorCalls connectors)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Gives the dialog what came of the effect it waits for.</summary>
    public async ValueTask<StepResult> CarryOutAsync(TurnContext turn, Effect effect, CancellationToken stopping) => effect switch
    {
        CallConnector call => await connectors.CallAsync(turn, call, stopping),
        OpenCase opened => Ok(
            ("number", CaseNumber.Of(opened.Key)), ("code", CaseNumber.CodeOf(opened.Key)), ("answer_by", turn.Say(turn.Content.Hours.AnswerBy(turn.Now, opened.Type)))),
        HandOver => Ok(NobodyNow(turn)),
        _ => StepResult.Failure,
    };

    /// <summary>How the effect is kept; null for those that the turn itself carries out.</summary>
    public static RecordedEffect? Record(TurnContext turn, Effect effect) => effect switch
    {
        OpenCase opened => new RecordedEffect(CaseEffects.Open, CaseEffects.Write(new CaseWish
        {
            Key = opened.Key,
            Number = CaseNumber.Of(opened.Key),
            Code = CaseNumber.CodeOf(opened.Key),
            Type = opened.Type,
            Category = opened.Category,
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
        promise = Iso(turn.Content.Hours.PromiseFrom(turn.Now)),
        calendar = turn.Content.Hours.Calendar.Version,
    });

    private static RecordedEffect Record<T>(string kind, T data) => new(kind, JsonSerializer.Serialize(data, Json));

    private static StepResult Ok(params IEnumerable<(string Name, string Value)> fields) => new(true, fields.ToDictionary(f => f.Name, f => f.Value));

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
