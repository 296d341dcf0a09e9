using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Handover;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations.Stages;

/// <summary>Answers from checked articles, says honestly when none fits, and opens what a button under an answer names.</summary>
internal sealed class KnowledgeStage(DialogRunner dialogs, OfficerCalls calls) : ITurnStage
{
    public async ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity.Data is { } data && Tapped(turn, data) is { } tapped) return tapped;
        if (turn.Activity is not { Kind: InboundKind.Text or InboundKind.Choice, Text: { } text } || string.IsNullOrWhiteSpace(text)) return null;
        var found = Found(turn, text);
        var answer = Begins(turn, found, text) is { } dialog
            ? Told(turn, found, await dialogs.BeginAsync(turn, dialog, text, stopping))
            : Compose(turn, found, text);
        if (found.Outcome == KnowledgeOutcome.Handover && !turn.Activity.InGroup) answer = await HandOverAsync(turn, found, answer);
        return answer with
        {
            Evidence = KnowledgeEvidence.Write(found),
            Score = found.Score,
            KeptText = answer.KeptText ?? (found.Masked ? found.Query : null),
        };
    }

    private static KnowledgeAnswer Found(TurnContext turn, string text)
    {
        var knowledge = turn.Content.Knowledge;
        return (turn.State.LastArticle is { } slug ? knowledge.FollowUp(text, slug, turn.Language) : null) ?? knowledge.Ask(text, turn.Language);
    }

    /// <summary>The dialog that the question asks for; where no article is sure, also the one whose trigger stands in it.</summary>
    private static string? Begins(TurnContext turn, KnowledgeAnswer found, string text)
    {
        if (turn.Activity.InGroup) return null;
        var book = turn.Content.Dialogs.Current;
        return found.Outcome switch
        {
            KnowledgeOutcome.StartDialog => found.Dialog is { } named ? book.Find(named)?.Name : null,
            KnowledgeOutcome.DoNotKnow or KnowledgeOutcome.DidYouMean => book.TriggeredInside(text),
            _ => null,
        };
    }

    /// <summary>Where nothing is said, what can be answered for nothing is kept for an officer.</summary>
    private static StageAnswer Told(TurnContext turn, KnowledgeAnswer found, StageAnswer answer) =>
        found.Masked && answer.Replies.Count > 0 ? answer with { Replies = [new AnswerComposer(turn.Content.Knowledge).Masked(turn.Language), .. answer.Replies] } : answer;

    private static StageAnswer Compose(TurnContext turn, KnowledgeAnswer found, string asked)
    {
        var said = new AnswerComposer(turn.Content.Knowledge).Compose(found, turn.Today);
        var missed = found.Outcome is KnowledgeOutcome.DoNotKnow or KnowledgeOutcome.DidYouMean;
        return new StageAnswer(Outcome(found))
        {
            // What was asked comes before what is usual.
            Replies = CalendarWords.Of(turn, found, asked) is { } day ? [day, .. said] : said,
            State = turn.State with
            {
                Misses = missed ? turn.State.Misses + 1 : 0,
                LastArticle = found.Outcome switch
                {
                    KnowledgeOutcome.Answer => found.Slug,
                    KnowledgeOutcome.SmallTalk => turn.State.LastArticle,
                    _ => null,
                },
            },
            Effects = found.Outcome == KnowledgeOutcome.Handover ? [new RecordedEffect("handover-wish", JsonSerializer.Serialize(new { language = turn.Language }))] : [],
        };
    }

    private async ValueTask<StageAnswer> HandOverAsync(TurnContext turn, KnowledgeAnswer found, StageAnswer answer)
    {
        var call = await calls.AskAsync(turn, new HandoverAsked { Reason = HandoverReason.Asked, Language = turn.Language });
        return calls.Answer(turn, call, Told(turn, found, answer with { Replies = call.Words is { } words ? [OfficerCalls.Say(turn, words)] : [] }));
    }

    private static TurnOutcome Outcome(KnowledgeAnswer found) => found.Outcome switch
    {
        KnowledgeOutcome.Answer => TurnOutcome.Article(found.Slug!),
        KnowledgeOutcome.StartDialog => TurnOutcome.Dialog(found.Dialog!),
        KnowledgeOutcome.DidYouMean => TurnOutcome.Clarify,
        KnowledgeOutcome.SmallTalk => TurnOutcome.Smalltalk,
        KnowledgeOutcome.Handover => TurnOutcome.Handover,
        KnowledgeOutcome.Emergency => TurnOutcome.Emergency,
        KnowledgeOutcome.Bribery => TurnOutcome.Article("report-bribery"),
        // Not to know is to refuse to guess: it says so, and offers a person.
        _ => TurnOutcome.Refuse,
    };

    private static StageAnswer? Tapped(TurnContext turn, string data)
    {
        var knowledge = turn.Content.Knowledge;
        var composer = new AnswerComposer(knowledge);
        if (AnswerData.Read(data) is not { } named) return null;
        if (named.Verb == "open")
        {
            if (knowledge.Open(named.Slug, named.Detail, turn.Language) is not { } opened) return null;
            var answer = named.Detail == AnswerData.WholeArticle ? opened with { Section = AnswerData.WholeArticle } : opened;
            return new StageAnswer(TurnOutcome.Article(named.Slug)) { State = turn.State with { LastArticle = named.Slug }, Replies = composer.Compose(answer, turn.Today), Score = 1 };
        }
        return new StageAnswer(TurnOutcome.Smalltalk)
        {
            Replies = [composer.Helped(named.Detail == "yes", turn.Language)],
            Effects = [new RecordedEffect("article-verdict", JsonSerializer.Serialize(new { slug = named.Slug, helped = named.Detail == "yes" }))],
        };
    }
}
