using ChatDesk.Activities;
using ChatDesk.Conversations.Stages;
using ChatDesk.Knowledge.Reflexes;

namespace ChatDesk.Conversations;

/// <summary>THE LIST: what is asked, in this order, for an answer to an activity. The first stage that answers ends the turn.</summary>
internal sealed class TurnPipeline(
    NoticeStage notice, ReturnStage returns, CaseStage cases, OfficerStage officer, EmergencyStage emergency, CommandStage command,
    DialogStage dialog, KnowledgeStage knowledge, FallbackStage fallback)
{
    private readonly ITurnStage[] _stages = [notice, returns, cases, officer, emergency, command, dialog, knowledge, fallback];

    /// <returns>The answer of the first stage that has one, with the state that the conversation has after it.</returns>
    public async ValueTask<StageAnswer> RunAsync(TurnContext turn, CancellationToken stopping)
    {
        // Inside a dialog "2" may be an answer; the dialog knows its own choices.
        if (turn.State.Dialog is null) turn = turn with { Activity = OfferedChoices.Resolve(turn.Activity, turn.State, turn.Content.Words) };
        foreach (var stage in _stages)
        {
            if (await stage.AnswerAsync(turn, stopping) is not { } answer) continue;
            if (OfficerStage.WasMissed(turn, answer)) answer = await officer.AfterMissAsync(turn, answer);
            answer = ReturnStage.Marked(turn, answer);
            return answer with { State = After(turn, answer), KeptText = Kept(turn.Activity, answer) };
        }
        return new StageAnswer(TurnOutcome.Silent) { State = turn.State };
    }

    /// <summary>Hides identity and phone numbers from everything that is kept, whichever stage answered.</summary>
    private static string? Kept(InboundActivity activity, StageAnswer answer)
    {
        if (activity.Text is not { } text) return null;
        var (masked, any) = PiiMask.Mask(answer.KeptText ?? text);
        return any ? masked : answer.KeptText;
    }

    /// <summary>Remembers the language spoken and what was offered to tap; a turn that understood something ends the row of misses.</summary>
    private static SessionState After(TurnContext turn, StageAnswer answer)
    {
        var state = answer.State ?? turn.State;
        if (answer.Outcome == TurnOutcome.Silent || answer.Outcome == TurnOutcome.Officer) return state;
        return state with
        {
            LastLanguage = SpokenLanguage.IsContacts(turn.Activity.Kind) ? state.ChosenLanguage ?? turn.Language : state.LastLanguage,
            Offered = answer.Replies.Count > 0 && answer.Replies[^1].Choices is { Count: > 0 } offered ? offered : null,
            Misses = state.Misses > turn.State.Misses ? state.Misses : 0,
        };
    }
}
