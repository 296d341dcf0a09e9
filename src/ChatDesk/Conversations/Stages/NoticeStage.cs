using ChatDesk.Activities;

namespace ChatDesk.Conversations.Stages;

/// <summary>Things that happened rather than were said: coming and going, messages taken back, receipts. Also everything that must not be answered.</summary>
internal sealed class NoticeStage : ITurnStage
{
    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => new(Answer(turn));

    private static StageAnswer? Answer(TurnContext turn) => turn.Activity.Kind switch
    {
        InboundKind.Departed => new StageAnswer(TurnOutcome.Silent) { Reachable = false },
        InboundKind.Removed => new StageAnswer(TurnOutcome.Silent) { Reachable = false },
        InboundKind.Arrived when turn.State.Floor is not null => new StageAnswer(TurnOutcome.Officer) { Reachable = true, State = turn.State },
        InboundKind.Withdrawn => new StageAnswer(TurnOutcome.Silent) { WithdrawnMessageId = turn.Activity.MessageId },
        InboundKind.Arrived => Greet(turn, "greeting"),
        InboundKind.Joined => Greet(turn, "greeting_group"),
        InboundKind.Suspended or InboundKind.Resumed or InboundKind.Notice or InboundKind.Edited or InboundKind.Unknown => new StageAnswer(TurnOutcome.Silent),
        _ when !turn.Activity.MayAnswer && turn.State.Floor is null => new StageAnswer(TurnOutcome.Silent),
        _ => null,
    };

    private static StageAnswer Greet(TurnContext turn, string phrase)
    {
        if (!turn.Activity.MayAnswer) return new StageAnswer(TurnOutcome.Silent) { Reachable = true };
        var words = turn.Content.Words;
        return new StageAnswer(TurnOutcome.Greeting)
        {
            Reachable = true,
            Replies = [OutboundActivity.Say(words.Say(phrase, turn.Language), turn.Activity.InGroup ? [] : words.Menu(turn.Language))],
        };
    }
}
