using System.Text.Encodings.Web;
using System.Text.Json;
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
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gives the dialog what came of the effect it waits for.</summary>
    public async ValueTask<StepResult> CarryOutAsync(TurnContext turn, Effect effect, CancellationToken stopping) => effect switch
    {
        CallConnector call => await connectors.CallAsync(turn.Activity.Conversation.Agency, call, stopping),
        OpenCase opened => Ok(
            ("number", CaseNumber.Of(opened.Key)), ("code", CaseNumber.CodeOf(opened.Key)), ("answer_by", Promise(turn, opened))),
        HandOver => Ok(("status", "closed"), ("opens", turn.Content.Words.Say("opening_hours", turn.Language))),
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
            PromisedBy = AnswerBy(turn, opened),
            CalendarVersion = turn.Content.Hours.Calendar.Version,
        })),
        HandOver asked => Record("handover-wish", new { key = asked.Key, topic = asked.Topic, reason = asked.Reason, fields = asked.Fields, language = turn.Language }),
        RecordSurvey survey => Record("survey", new { key = survey.Key, rating = survey.Rating, solved = survey.Solved, comment = survey.Comment }),
        _ => null,
    };

    private static RecordedEffect Record<T>(string kind, T data) => new(kind, JsonSerializer.Serialize(data, Json));

    private static StepResult Ok(params IEnumerable<(string Name, string Value)> fields) => new(true, fields.ToDictionary(f => f.Name, f => f.Value));

    /// <summary>When somebody answers, said exactly; the opening hours when the calendar knows no such time.</summary>
    private static string Promise(TurnContext turn, OpenCase opened) => AnswerBy(turn, opened) is { } due
        ? turn.Content.Hours.Words.Moment(due, turn.Language)
        : turn.Content.Words.Say("opening_hours", turn.Language);

    private static DateTimeOffset? AnswerBy(TurnContext turn, OpenCase opened) =>
        turn.Content.Hours.Calendar.TryAdd(turn.Now, turn.Content.Cases.TargetsOf(CaseFields.Kind(opened.Type, opened.Category)).Answer);
}
