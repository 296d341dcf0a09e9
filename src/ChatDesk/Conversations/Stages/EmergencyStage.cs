using ChatDesk.Activities;
using ChatDesk.Handover;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations.Stages;

/// <summary>
/// Danger to life first, whatever else is going on: the card with the numbers, and a dialog stays where it was. In hours officers are
/// called too. What only the alarm model hears in an answer to a dialog's question must not cost the contact that answer: the dialog
/// goes on, below the card (see <see cref="WithCard"/>).
/// </summary>
internal sealed class EmergencyStage(OfficerCalls calls) : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity is not { Kind: InboundKind.Text, Text: { } text }) return default;
        var knowledge = turn.Content.Knowledge;
        if (knowledge.Emergency(text, turn.Language) is not { } found) return default;
        var card = Card(turn, found);
        if (turn.Activity.InGroup) return new(card);
        return found.IsGuess && turn.State.Dialog is { } dialog && DialogRunner.IsAnswer(turn, dialog) ? default : CallAsync(turn, card);
    }

    /// <summary>The dialog's answer with the card before it, where the words sounded like danger and yet answered the dialog.</summary>
    public static StageAnswer WithCard(TurnContext turn, StageAnswer answer)
    {
        if (turn.Activity is not { Kind: InboundKind.Text, Text: { } text } || turn.Content.Knowledge.Emergency(text, turn.Language) is not { } found) return answer;
        var card = Card(turn, found);
        return answer with { Replies = [.. card.Replies, .. answer.Replies], Effects = [.. card.Effects, .. answer.Effects] };
    }

    private static StageAnswer Card(TurnContext turn, KnowledgeAnswer found) => new(TurnOutcome.Emergency)
    {
        Replies = new AnswerComposer(turn.Content.Knowledge).Compose(found, turn.Today),
        Score = found.Score,
        Effects = [new("emergency", KnowledgeEvidence.Write(found))],
    };

    private async ValueTask<StageAnswer?> CallAsync(TurnContext turn, StageAnswer card)
    {
        var wish = new HandoverAsked { Reason = HandoverReason.Danger, Priority = HandoverPriority.Urgent, PriorityReason = "danger", Language = turn.Language };
        var call = await calls.AskAsync(turn, wish);
        // Out of hours nobody of the desk can help in time: the numbers must stand alone.
        if (call.Status == "closed" || call.Part is null) return card;
        // The card spends the reply handle whatever happens, so nothing is held back.
        var known = turn.State.Handover is not null;
        return calls.Answer(turn, call with { MayWait = false }, card with
        {
            Replies = known ? card.Replies : [.. card.Replies, OutboundActivity.Say(turn.Content.Words.Say("handover_danger", turn.Language))],
        });
    }
}
