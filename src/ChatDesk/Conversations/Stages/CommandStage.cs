using ChatDesk.Activities;

namespace ChatDesk.Conversations.Stages;

/// <summary>The words that always work: menu, language, start over, talk to a person.</summary>
internal sealed class CommandStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        // Inside a dialog the dialog understands these words itself, and what is half filled in is not lost.
        if (turn.State.Dialog is not null) return default;
        var words = turn.Content.Words;
        var spoken = turn.Activity.Data ?? turn.Activity.Text;
        return new(spoken is null ? null : words.Command(spoken) switch
        {
            "menu" => Menu(turn),
            "thai" => Choose(turn, SpokenLanguage.Thai),
            "english" => Choose(turn, SpokenLanguage.English),
            "language" => AskLanguage(turn),
            "start_over" => StartOver(turn),
            "person" => WishForPerson(turn),
            _ => null,
        });
    }

    private static StageAnswer Menu(TurnContext turn) =>
        Say(turn, TurnOutcome.Menu, "menu_intro", turn.Language, turn.Content.Words.Menu(turn.Language));

    private static StageAnswer Choose(TurnContext turn, string language)
    {
        var answer = Say(turn, TurnOutcome.Language, "language_set", language, turn.Content.Words.Menu(language));
        // In a group nobody chooses for the others.
        return turn.Activity.InGroup ? answer : answer with { State = turn.State with { ChosenLanguage = language } };
    }

    private static StageAnswer AskLanguage(TurnContext turn) =>
        Say(turn, TurnOutcome.Language, "language_ask", turn.Language, turn.Content.Words.Offer(turn.Language, "thai", "english"));

    private static StageAnswer StartOver(TurnContext turn) =>
        Say(turn, TurnOutcome.StartOver, "started_over", turn.Language, turn.Content.Words.Menu(turn.Language)) with
        {
            State = SessionState.New with { ChosenLanguage = turn.State.ChosenLanguage },
        };

    private static StageAnswer WishForPerson(TurnContext turn)
    {
        if (turn.Activity.InGroup) return Say(turn, TurnOutcome.Handover, "person_group", turn.Language);
        var hours = turn.Content.Hours;
        var said = turn.Content.Words.Say(
            hours.Calendar.IsOpen(turn.Now) ? "person_wish" : "person_wish_closed", turn.Language,
            ("opens", turn.Say(hours.NextOpening(turn.Now))), ("promise", turn.Say(hours.PromiseFrom(turn.Now))));
        return new StageAnswer(TurnOutcome.Handover)
        {
            Replies = [OutboundActivity.Say(said, turn.Content.Words.Offer(turn.Language, "menu"))],
            Effects = [DialogEffects.Wish(turn)],
        };
    }

    private static StageAnswer Say(TurnContext turn, TurnOutcome outcome, string phrase, string language, IReadOnlyList<Choice>? choices = null) =>
        new(outcome) { Replies = [OutboundActivity.Say(turn.Content.Words.Say(phrase, language), choices ?? [])] };
}
