using ChatDesk.Activities;

namespace ChatDesk.Conversations;

/// <summary>A turn that has just been committed.</summary>
internal sealed record FinishedTurn(ConversationKey Conversation, string? ActivityId, long Turn, StageAnswer Answer);

/// <summary>Tells whoever looks on in this process (the terminal, later the desk) that a turn was committed. Nothing depends on it being heard.</summary>
internal sealed class TurnFeed
{
    public event Action<FinishedTurn>? Finished;

    public void Publish(FinishedTurn turn) => Finished?.Invoke(turn);
}
