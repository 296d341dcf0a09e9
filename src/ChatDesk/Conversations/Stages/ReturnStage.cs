using ChatDesk.Activities;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Promises;
using ChatDesk.Delivery;
using ChatDesk.Returns;

namespace ChatDesk.Conversations.Stages;

/// <summary>
/// The way back. Hears the code that binds another conversation's answers to this one, says here what was said there, and marks
/// what later turns say unasked so that it is carried on.
/// </summary>
internal sealed class ReturnStage(ReturnBook book) : ITurnStage
{
    private const string StopData = "return:stop";

    /// <summary>Begins the data of what may be tapped under a case's news: it works from wherever the case's answers go.</summary>
    private const string CaseData = "case:";

    /// <summary>How long carried words wait before they look again whether an officer still has the floor.</summary>
    private static readonly TimeSpan FloorPatience = TimeSpan.FromMinutes(2);

    public async ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity is { Kind: InboundKind.Timer, Data: { } timer })
            return ReturnNews.Read(timer) is not { } news ? null : turn.State.Floor is null || news.Kind != ReturnNewsKind.Carried ? Tell(turn, news) : Later(turn);
        // In a group nothing personal is said, so nothing can be bound to one.
        if (turn.Activity.InGroup) return null;
        if (turn.Activity.Data == StopData) return await StopAsync(turn, stopping);
        return turn.Activity is { Kind: InboundKind.Text, Text: { } text } && ReturnCode.Find(text) is { } code ? await RedeemAsync(turn, code, stopping) : null;
    }

    /// <summary>Adds to a turn's answer what the way back needs: a mark on words that promise an answer, and an effect on words that are one.</summary>
    public static StageAnswer Marked(TurnContext turn, StageAnswer answer)
    {
        if (answer.Replies.Count == 0) return answer;
        if (answer.Effects.Any(e => e.Kind is CaseEffects.Open or PromiseEffects.Made))
            answer = answer with { Replies = [.. answer.Replies.SkipLast(1), answer.Replies[^1] with { AnswerFollows = true }] };
        if (!(answer.State ?? turn.State).Returns || !IsUnasked(turn, answer)) return answer;
        var carry = new ReturnEffect { Activity = turn.Activity.Id, Language = Language(turn, null) };
        return answer with { Effects = [.. answer.Effects, new RecordedEffect(ReturnEffect.Carry, carry.Write())] };
    }

    /// <summary>An officer's words, and news of a case; not what a dialog asks again or the queue reports.</summary>
    private static bool IsUnasked(TurnContext turn, StageAnswer answer) =>
        turn.Activity.Kind == InboundKind.OfficerSaid || (turn.Activity.Kind == InboundKind.Timer && answer.Outcome.IsCase);

    private async ValueTask<StageAnswer> RedeemAsync(TurnContext turn, string code, CancellationToken stopping)
    {
        var redeemed = await book.RedeemAsync(turn.Activity.Conversation, code, turn.Activity.Id, stopping);
        var phrase = redeemed.Standing switch { ReturnStanding.Bound => "return_bound_here", ReturnStanding.TooOften => "return_too_often", _ => "return_unknown" };
        var words = turn.Content.Words;
        var answer = new StageAnswer(TurnOutcome.Return) { KeptText = "•••" };
        // While an officer has the floor nobody else speaks; the page says that it worked.
        if (turn.State.Floor is null)
            answer = answer with { Replies = [OutboundActivity.Say(words.Say(phrase, turn.Language), redeemed.Standing == ReturnStanding.Bound ? [Stop(turn, turn.Language)] : [])] };
        if (redeemed.Standing != ReturnStanding.Bound) return answer;
        var effect = new ReturnEffect { Channel = redeemed.From.Channel, Address = redeemed.From.Address, Where = redeemed.Label };
        return answer with { Effects = [new RecordedEffect(ReturnEffect.Bound, effect.Write())] };
    }

    private async ValueTask<StageAnswer> StopAsync(TurnContext turn, CancellationToken stopping)
    {
        await book.StopAllAsync(turn.Activity.Conversation, stopping);
        var answer = new StageAnswer(TurnOutcome.Return);
        return turn.State.Floor is null ? answer with { Replies = [OutboundActivity.Say(turn.Content.Words.Say("return_stopped", turn.Language))] } : answer;
    }

    private static StageAnswer Tell(TurnContext turn, ReturnNews news)
    {
        var language = Language(turn, news.Language);
        var words = turn.Content.Words;
        return news.Kind switch
        {
            ReturnNewsKind.Bound => new StageAnswer(TurnOutcome.Return)
            {
                State = turn.State with { Returns = true },
                Replies = turn.State.Floor is null ? [OutboundActivity.Say(words.Say("return_bound", language, ("where", news.Where ?? "")))] : [],
            },
            ReturnNewsKind.Code => new StageAnswer(TurnOutcome.Return)
            {
                Replies = [OutboundActivity.Say(words.Say("return_code", language, ("code", news.Code ?? ""))) with { Letter = new(words.Say("return_code_subject", language)) }],
            },
            _ => new StageAnswer(TurnOutcome.Return) { Replies = Carried(turn, news, language) },
        };
    }

    private static List<OutboundActivity> Carried(TurnContext turn, ReturnNews news, string language)
    {
        var words = turn.Content.Words;
        var foot = words.Say("return_letter_foot", language, ("page", news.PageUrl ?? ""), ("stop", news.StopUrl ?? ""));
        var head = OutboundActivity.Say(words.Say("return_carried", language)) with { Letter = new(words.Say("return_letter_subject", language), foot, news.StopUrl) };
        List<OutboundActivity> said = [head, .. news.Said.Select(one => one with { Choices = [], AnswerFollows = false, Quotes = null, Letter = null, Trace = null })];
        said[^1] = said[^1] with { Choices = [.. news.Said.SelectMany(one => one.Choices).Where(c => c.Data?.StartsWith(CaseData, StringComparison.Ordinal) == true), Stop(turn, language)] };
        return said;
    }

    /// <summary>An officer has the floor: the words wait in the ledger and ask again.</summary>
    private static StageAnswer Later(TurnContext turn) => new(TurnOutcome.Silent)
    {
        Timers = [new TimerChange(turn.Activity.Text ?? $"return-news:{turn.Activity.Id}", turn.Now + FloorPatience, turn.Activity.Data)],
    };

    private static Choice Stop(TurnContext turn, string language) => new(turn.Content.Words.Say("return_stop", language), Data: StopData);

    private static string Language(TurnContext turn, string? otherwise) => turn.State.ChosenLanguage ?? turn.State.LastLanguage ?? otherwise ?? turn.Language;
}
