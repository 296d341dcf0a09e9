namespace ChatDesk.Conversations.Stages;

/// <summary>Danger to life first, whatever else is going on. Its words come with the knowledge room; until then it passes on.</summary>
internal sealed class EmergencyStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => default;
}
