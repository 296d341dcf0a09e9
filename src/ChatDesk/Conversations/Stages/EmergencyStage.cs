using ChatDesk.Activities;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations.Stages;

/// <summary>Danger to life first, whatever else is going on: the card with the numbers, and a dialog stays where it was.</summary>
internal sealed class EmergencyStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity is not { Kind: InboundKind.Text, Text: { } text }) return default;
        var knowledge = turn.Content.Knowledge;
        if (knowledge.Emergency(text, turn.Language) is not { } found) return default;
        return new(new StageAnswer(TurnOutcome.Emergency)
        {
            Replies = new AnswerComposer(knowledge).Compose(found, turn.Today),
            Score = found.Score,
            Effects = [new("emergency", KnowledgeEvidence.Write(found))],
        });
    }
}
