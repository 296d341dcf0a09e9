using ChatDesk.Activities;
using ChatDesk.Handover;

namespace ChatDesk.Conversations.Stages;

/// <summary>The words that always work: menu, language, start over, talk to a person.</summary>
internal sealed class CommandStage(OfficerCalls calls) : ITurnStage
{
    public async ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        // Inside a dialog the dialog understands these words itself, and what is half filled in is not lost.
        if (turn.State.Dialog is not null) return null;
        var words = turn.Content.Words;
        var spoken = turn.Activity.Data ?? turn.Activity.Text;
        return spoken is null ? null : words.Command(spoken) switch
        {
            "menu" => Menu(turn),
            "thai" => Choose(turn, SpokenLanguage.Thai),
            "english" => Choose(turn, SpokenLanguage.English),
            "language" => AskLanguage(turn),
            "start_over" => StartOver(turn),
            "person" => await WishForPersonAsync(turn),
            _ => null,
        };
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
            // Who waits for a person goes on waiting.
            State = SessionState.New with { ChosenLanguage = turn.State.ChosenLanguage, Handover = turn.State.Handover, BotOffTold = turn.State.BotOffTold, Returns = turn.State.Returns },
        };

    private async ValueTask<StageAnswer> WishForPersonAsync(TurnContext turn)
    {
        if (turn.Activity.InGroup) return Say(turn, TurnOutcome.Handover, "person_group", turn.Language);
        var call = await calls.AskAsync(turn, new HandoverAsked { Reason = HandoverReason.Asked, Language = turn.Language });
        return calls.Answer(turn, call, new StageAnswer(TurnOutcome.Handover)
        {
            Replies = call.Words is { } words ? [OfficerCalls.Say(turn, words)] : [],
            Effects = [DialogEffects.Wish(turn)],
        });
    }

    private static StageAnswer Say(TurnContext turn, TurnOutcome outcome, string phrase, string language, IReadOnlyList<Choice>? choices = null) =>
        new(outcome) { Replies = [OutboundActivity.Say(turn.Content.Words.Say(phrase, language), choices ?? [])] };
}
