namespace ChatDesk.Conversations.Stages;

/// <summary>Continues or begins a dialog. The dialogs come with their room; until then it passes on.</summary>
internal sealed class DialogStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => default;
}
