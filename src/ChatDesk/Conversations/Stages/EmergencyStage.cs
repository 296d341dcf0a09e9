using ChatDesk.Activities;
using ChatDesk.Handover;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations.Stages;

/// <summary>Danger to life first, whatever else is going on: the card with the numbers, and a dialog stays where it was. In hours officers are called too.</summary>
internal sealed class EmergencyStage(OfficerCalls calls) : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity is not { Kind: InboundKind.Text, Text: { } text }) return default;
        var knowledge = turn.Content.Knowledge;
        if (knowledge.Emergency(text, turn.Language) is not { } found) return default;
        var card = new StageAnswer(TurnOutcome.Emergency)
        {
            Replies = new AnswerComposer(knowledge).Compose(found, turn.Today),
            Score = found.Score,
            Effects = [new("emergency", KnowledgeEvidence.Write(found))],
        };
        return turn.Activity.InGroup ? new(card) : CallAsync(turn, card);
    }

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
