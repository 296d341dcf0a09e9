using ChatDesk.Delivery;

namespace ChatDesk.Conversations;

/// <summary>Asks how it was after an officer closed, where that costs nothing.</summary>
internal sealed class SurveyOffer(DialogRunner dialogs, OutboxWorker outbox)
{
    private const string Survey = "satisfaction_survey";

    /// <summary>Adds the survey's first question to the closing words; leaves them as they are when it would cost quota or the agency has no survey.</summary>
    public async ValueTask<StageAnswer> AddAsync(TurnContext turn, StageAnswer closing, bool free, CancellationToken stopping)
    {
        if ((!free && outbox.PushesCost(turn.Activity.Conversation)) || turn.Content.Dialogs.Current.Find(Survey) is null) return closing;
        var asked = await dialogs.BeginAsync(turn with { State = closing.State ?? turn.State }, Survey, opening: null, stopping);
        return closing with
        {
            Replies = [.. closing.Replies.Select(r => r with { Choices = [] }), .. asked.Replies],
            State = asked.State,
            Timers = [.. closing.Timers, .. asked.Timers],
            Effects = [.. closing.Effects, .. asked.Effects],
        };
    }
}
