using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Checks;

/// <summary>Plays one transcript against the engine, the state going through JSON after every turn as on the desk.</summary>
internal sealed class TranscriptPlayer(DialogBook book, string dialog, Transcript transcript, Findings findings, Func<DateOnly, bool>? isWorkingDay = null)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private DateTimeOffset _now = transcript.Now;
    private string _language = transcript.Language;
    private DialogState? _state;
    private IReadOnlyList<OutboundActivity> _shown = [];
    private int _count;

    /// <returns>The steps that were entered, as <c>dialog/step</c>.</returns>
    public IReadOnlySet<string> Play()
    {
        foreach (var turn in transcript.Turns)
        {
            if (turn.Act != "starts" && _state is null)
            {
                Fail(turn, "the dialog is already over", "Remove this turn, or correct the one before.");
                break;
            }
            _now += turn.After;
            var result = Take(turn);
            if (result is null)
                break;
            _visited.UnionWith(result.Trail);
            _state = result.State is null ? null : DialogState.FromJson(result.State.ToJson());
            _language = result.Effects.OfType<SwitchLanguage>().LastOrDefault()?.Language ?? _language;
            _shown = result.Replies;
            Compare(turn, result);
        }
        return _visited;
    }

    private DialogTurn? Take(TranscriptTurn turn)
    {
        var context = new DialogContext
        {
            Language = _language,
            Now = _now,
            TurnId = string.Create(CultureInfo.InvariantCulture, $"t{_count++}"),
            AskKnowledge = _ => turn.Knows is null ? null : [OutboundActivity.Say(turn.Knows)],
        };
        if (isWorkingDay is not null)
            context = context with { IsWorkingDay = isWorkingDay };
        return turn.Act switch
        {
            "starts" => DialogEngine.Begin(book, dialog, context, turn.What.Length == 0 ? null : turn.What),
            "result" => DialogEngine.Resume(book, _state!, new StepResult(true, turn.Result), context),
            "fails" => DialogEngine.Resume(book, _state!, StepResult.Failure, context),
            _ => Input(turn) is { } input ? DialogEngine.Continue(book, _state!, input, context) : null,
        };
    }

    private InboundActivity? Input(TranscriptTurn turn)
    {
        var input = Activity(InboundKind.Text);
        switch (turn.Act)
        {
            case "says":
                return input with { Text = turn.What };
            case "waits":
                return input with { Kind = InboundKind.Timer, Data = StartTimer.Silence };
            case "taps":
                return Tapped(turn, input);
            default:
                return turn.What switch
                {
                    "photo" => input with { Kind = InboundKind.Image, MessageId = $"photo{_count}" },
                    "file" => input with { Kind = InboundKind.File, MessageId = $"file{_count}" },
                    "location" => input with { Kind = InboundKind.Location, Location = new GeoPoint(13.7563, 100.5018) },
                    _ => input with { Kind = InboundKind.Sticker },
                };
        }
    }

    private InboundActivity? Tapped(TranscriptTurn turn, InboundActivity input)
    {
        var choices = _shown.SelectMany(r => r.Choices).ToList();
        if (choices.FirstOrDefault(c => c.Label == turn.What) is { } choice)
            return input with { Kind = InboundKind.Choice, Text = choice.Text ?? choice.Label, Data = choice.Data };
        Fail(turn, $"there is no button '{turn.What}' but: {string.Join(" | ", choices.Select(c => c.Label))}", "Correct the label, or the choices of the step.");
        return null;
    }

    private InboundActivity Activity(InboundKind kind) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"a{_count}"),
        Conversation = new ConversationKey("demo", "check", "editor"),
        Kind = kind,
        At = _now,
    };

    private void Compare(TranscriptTurn turn, DialogTurn result)
    {
        var said = string.Join('\n', result.Replies.Select(r => string.Join('\n', r.Choices.Select(c => c.Label).Prepend(r.PlainText))));
        foreach (var expected in turn.Expects.Where(e => !said.Contains(e, StringComparison.Ordinal)))
            Fail(turn, $"'{expected}' was not said. Said was: {OneLine(said)}", "Correct the dialog, or what the test expects.");
        foreach (var never in turn.Never.Where(n => said.Contains(n, StringComparison.Ordinal)))
            Fail(turn, $"'{never}' was said. Said was: {OneLine(said)}", "Correct the dialog.");
        var effects = result.Effects.Where(e => e is not (StartTimer or SwitchLanguage)).Select(Name).ToList();
        if (turn.Effect is { } effect && (effect == "none" ? effects.Count > 0 : !effects.Contains(effect)))
            Fail(turn, $"expected effect {effect}, got: {(effects.Count == 0 ? "none" : string.Join(", ", effects))}", "Correct the dialog, or what the test expects.");
        if (turn.Outcome is { } outcome && outcome != Name(result.Outcome))
            Fail(turn, $"expected outcome {outcome}, got {Name(result.Outcome)}", "Correct the dialog, or what the test expects.");
        foreach (var (slot, value) in turn.Slots)
        {
            if ((_state?.Top.Slots.GetValueOrDefault(slot) ?? "") != value)
                Fail(turn, $"slot {slot} is '{_state?.Top.Slots.GetValueOrDefault(slot)}', not '{value}'", "Correct the dialog, or what the test expects.");
        }
        if (result.Replies.Count == 0 && effects.Count == 0 && turn.Act is not "waits")
            Fail(turn, "nothing was said", "Let a step say something here.");
    }

    private static string Name(Effect effect) => effect switch
    {
        Engine.OpenCase => "open_case",
        Engine.HandOver => "hand_over",
        CallConnector => "call",
        RecordSurvey => "survey",
        _ => effect.GetType().Name,
    };

    private static string Name(DialogOutcome outcome) => outcome == DialogOutcome.HandedOver ? "handed_over" : outcome.ToString().ToLowerInvariant();

    private static string OneLine(string text) => text.Replace('\n', '/');

    private void Fail(TranscriptTurn turn, string problem, string remedy) => findings.Add(turn.Line, $"In test '{transcript.Name}': {problem}", remedy);
}
