namespace ChatDesk.Conversations.Stages;

/// <summary>While an officer has the floor the bot is silent. Handover comes with the desk; until then it passes on.</summary>
internal sealed class OfficerStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => default;
}
