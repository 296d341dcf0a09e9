using ChatDesk.Activities;

namespace ChatDesk.Conversations.Stages;

/// <summary>Nothing fitted: says so, offers what can be chosen, and after two misses in a row offers a person first.</summary>
internal sealed class FallbackStage : ITurnStage
{
    /// <summary>Misses in a row after which a person is offered before anything else.</summary>
    private const int Patience = 2;

    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => new(Answer(turn));

    private static StageAnswer Answer(TurnContext turn)
    {
        // Pictures of one album arrive as one event each: the first of them is answered, for all.
        if (turn.Activity is { Kind: InboundKind.Image, File.AlbumIndex: > 1 }) return new StageAnswer(TurnOutcome.Silent);

        var words = turn.Content.Words;
        var misses = turn.State.Misses + 1;
        var phrase = turn.Activity.Kind switch
        {
            InboundKind.Sticker => "sticker",
            InboundKind.Image or InboundKind.Video or InboundKind.Audio or InboundKind.File => "file_received",
            InboundKind.Location => "location_received",
            InboundKind.Timer => null,
            _ => misses >= Patience ? "not_understood_again" : "not_understood",
        };
        if (phrase is null) return new StageAnswer(TurnOutcome.Silent);
        IReadOnlyList<Choice> choices = misses >= Patience
            ? [.. words.Offer(turn.Language, "person"), .. words.Menu(turn.Language)]
            : words.Menu(turn.Language);
        return new StageAnswer(phrase == "sticker" ? TurnOutcome.Smalltalk : TurnOutcome.Clarify)
        {
            State = turn.State with { Misses = misses },
            Replies = [OutboundActivity.Say(words.Say(phrase, turn.Language), Distinct(choices))],
        };
    }

    private static List<Choice> Distinct(IEnumerable<Choice> choices) => [.. choices.DistinctBy(c => c.Label)];
}
