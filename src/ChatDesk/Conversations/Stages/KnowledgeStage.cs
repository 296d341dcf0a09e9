namespace ChatDesk.Conversations.Stages;

/// <summary>Answers from checked articles. They come with their room; until then it passes on.</summary>
internal sealed class KnowledgeStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => default;
}
