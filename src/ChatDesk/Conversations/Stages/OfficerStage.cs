using ChatDesk.Activities;
using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Promises;
using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Handover;

namespace ChatDesk.Conversations.Stages;

/// <summary>
/// The floor. Officers' words leave here; while one has the floor everything of the contact is kept for them and the bot is
/// silent; while the contact waits, the bot goes on answering. What it says is what <see cref="HandoverTable"/> names.
/// </summary>
internal sealed class OfficerStage(IOfficerQueue queue, OfficerCalls calls, SurveyOffer survey, ContentLibrary library) : ITurnStage
{
    /// <summary>Misses in a row after which an officer is asked, when one is there.</summary>
    private const int Patience = 2;

    public ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping) => turn.Activity.Kind switch
    {
        InboundKind.OfficerClaimed => new(Claimed(turn)),
        InboundKind.OfficerSaid => new(Said(turn)),
        InboundKind.OfficerReleased => ReleasedAsync(turn, stopping),
        InboundKind.HandoverMoved => MovedAsync(turn),
        InboundKind.Timer when turn.Activity.Text == OfficerCalls.NoticeTimer => NoticeAsync(turn),
        _ when turn.State is { Floor: null, Handover: null } && !queue.Bot(turn.Activity.Conversation.Agency).Off => default,
        _ => ContactAsync(turn),
    };

    /// <summary>Whether the bot had no answer: then an officer may have one.</summary>
    public static bool WasMissed(TurnContext turn, StageAnswer answer) =>
        !turn.Activity.InGroup && (answer.State ?? turn.State).Misses > turn.State.Misses && (turn.State.Handover is not null || turn.State.Misses + 1 >= Patience);

    /// <summary>While the contact waits, what the bot cannot answer is added to their matter. Otherwise two misses in a row bring an officer, when one is on duty.</summary>
    public async ValueTask<StageAnswer> AfterMissAsync(TurnContext turn, StageAnswer answer)
    {
        if (turn.State.Handover is { } mark) return await queue.OpenInAsync(turn.Activity.Conversation) is { IsHeld: false } row ? Added(turn, mark, row) : answer;
        var call = await calls.AskAsync(turn, new HandoverAsked { Reason = HandoverReason.Misunderstood, Language = turn.Language });
        if (call.Status == "closed" || call.Words is not { } words) return answer;
        return calls.Answer(turn, call, answer with { Outcome = TurnOutcome.Handover, Replies = [OfficerCalls.Say(turn, words)] });
    }

    private StageAnswer Claimed(TurnContext turn)
    {
        var news = HandoverJson.Read<FloorNews>(turn.Activity.Data!);
        var name = news.OfficerName ?? "";
        // Where words cost a quota the officer's name stands over their first words; a message for it alone would be paid for.
        var says = news.Phrase is { } phrase && !calls.WordsCost(turn) ? turn.Content.Words.Say(phrase, turn.Language, ("officer", name)) : null;
        return new StageAnswer(TurnOutcome.Officer)
        {
            Replies = says is null ? [] : [OutboundActivity.Say(says) with { SpeakerName = name, SpeakerId = news.OfficerId }],
            State = turn.State with { Floor = new Floor(news.Handover, news.OfficerId ?? "", name), Dialog = null, Offered = null, Misses = 0, Handover = Quiet(turn) },
            Timers = [new(OfficerCalls.NoticeTimer, null), new(StartTimer.Silence, null)],
            Parts = [new HandoverKnown(turn.Language, DialogRunner.Known(turn))],
        };
    }

    private static StageAnswer Said(TurnContext turn)
    {
        var words = HandoverJson.Read<OfficerWords>(turn.Activity.Data!);
        return new StageAnswer(TurnOutcome.Officer)
        {
            Replies = OfficerSpeech.Of(turn.Activity.Text, words),
            Handle = Fresh(turn),
            State = turn.State with { Handle = null },
            // A person has spoken: whatever was promised here is kept, or it was broken before.
            Effects = turn.State.Handover is null ? [] : [new RecordedEffect(PromiseEffects.Answered)],
        };
    }

    private async ValueTask<StageAnswer?> ReleasedAsync(TurnContext turn, CancellationToken stopping)
    {
        var news = HandoverJson.Read<FloorNews>(turn.Activity.Data!);
        var state = turn.State with { Floor = null, Handle = null, Handover = news.Open ? new HandoverMark { AskedAt = turn.Now } : null };
        if (news.Referral is { } referral) return Referred(turn, referral, state);
        var says = await SayAsync(turn, news);
        var answer = new StageAnswer(TurnOutcome.Officer) { Replies = says is null ? [] : [says], Handle = Fresh(turn), State = state };
        if (!news.Survey || queue.Bot(turn.Activity.Conversation.Agency).Off) return answer;
        return await survey.AddAsync(turn, answer, free: answer.Handle is not null, stopping);
    }

    /// <summary>The other agency's case is opened with this turn, and the contact gets what finds it again: the chat itself stays with the account they wrote to.</summary>
    private StageAnswer Referred(TurnContext turn, Referral referral, SessionState state)
    {
        var there = library.For(referral.ToAgency);
        var key = CaseNumber.NewKey();
        var by = there.Hours.AnswerBy(turn.Now, ReferralCase.Type);
        var says = turn.Content.Words.Say(
            "handover_referred", turn.Language, ("agency", there.Words.Web(turn.Language)["title"]), ("number", CaseNumber.Of(key)), ("code", CaseNumber.CodeOf(key)),
            ("promise", there.Hours.Words.Moment(by, turn.Language)));
        return new StageAnswer(TurnOutcome.Officer)
        {
            Replies = [OutboundActivity.Say(says, turn.Content.Words.Menu(turn.Language))],
            Handle = Fresh(turn),
            State = state,
            Effects = [new RecordedEffect(CaseEffects.Open, CaseEffects.Write(ReferralCase.Of(referral, key, by, there.Hours.Calendar.Version)))],
        };
    }

    private async ValueTask<StageAnswer?> MovedAsync(TurnContext turn)
    {
        var news = HandoverJson.Read<FloorNews>(turn.Activity.Data!);
        // An officer may have taken it since the queue moved.
        if (await queue.OpenInAsync(turn.Activity.Conversation) is not { IsHeld: false } || await SayAsync(turn, news) is not { } says) return new StageAnswer(TurnOutcome.Officer) { State = turn.State };
        return new StageAnswer(TurnOutcome.Officer) { Replies = [says], Handle = Fresh(turn), State = turn.State with { Handover = Quiet(turn), Handle = null } };
    }

    /// <summary>An officer was free when the contact asked, yet nobody has spoken: now the contact hears how it stands.</summary>
    private async ValueTask<StageAnswer?> NoticeAsync(TurnContext turn)
    {
        var silent = new StageAnswer(TurnOutcome.Officer) { State = turn.State with { Handover = Quiet(turn) } };
        if (turn.State.Handover is not { NoticeDue: true } || await queue.OpenInAsync(turn.Activity.Conversation) is not { State: HandoverState.Waiting }) return silent;
        if (await calls.StandingAsync(turn, "handover_still_waiting") is not { } words) return silent;
        return silent with { Replies = [OfficerCalls.Say(turn, words)], Handle = Fresh(turn), State = silent.State! with { Handle = null } };
    }

    private async ValueTask<StageAnswer?> ContactAsync(TurnContext turn)
    {
        var row = await queue.OpenInAsync(turn.Activity.Conversation);
        if (row is { IsHeld: true }) return Silent(turn, row);
        if (turn.Activity.InGroup) return null;
        if (queue.Bot(turn.Activity.Conversation.Agency) is { Off: true } off && Danger(turn) is null) return await BotOffAsync(turn, off, row);
        if (row is null || turn.State.Dialog is not null || turn.Activity.Kind is not (InboundKind.Text or InboundKind.Choice)) return null;
        return turn.Content.Words.Command(turn.Activity.Data ?? turn.Activity.Text ?? "") == "cancel_wait" ? Cancelled(turn) : null;
    }

    /// <summary>Kept for the officer; danger makes it urgent, and no card is shown: a person is there.</summary>
    private static StageAnswer Silent(TurnContext turn, HandoverRow row) => new(TurnOutcome.Officer)
    {
        State = turn.State with { Handle = turn.OwnHandle ?? turn.State.Handle },
        Parts = row.Priority < HandoverPriority.Urgent && Danger(turn) is not null ? [new HandoverRaised(HandoverPriority.Urgent, "danger")] : [],
    };

    private static Knowledge.KnowledgeAnswer? Danger(TurnContext turn) =>
        turn.Activity is { Kind: InboundKind.Text, Text: { } text } ? turn.Content.Knowledge.Emergency(text, turn.Language) : null;

    private static StageAnswer Added(TurnContext turn, HandoverMark mark, HandoverRow row)
    {
        // In hours an officer is about to come, or the contact knows already: the reply handle is worth more than the words.
        // Out of hours nobody can use the handle, and silence would read as a message that got lost.
        if (row.State == HandoverState.Waiting && (mark.NoticeDue || mark.AddedTold)) return new StageAnswer(TurnOutcome.Officer) { State = turn.State with { Handle = turn.OwnHandle ?? turn.State.Handle } };
        return new StageAnswer(TurnOutcome.Officer)
        {
            Replies = [OfficerCalls.Say(turn, turn.Content.Words.Say(mark.AddedTold ? "handover_added_again" : "handover_added", turn.Language))],
            State = turn.State with { Handover = mark with { AddedTold = true } },
        };
    }

    private static StageAnswer Cancelled(TurnContext turn) => new(TurnOutcome.Handover)
    {
        Replies = [OutboundActivity.Say(turn.Content.Words.Say("handover_cancelled", turn.Language), turn.Content.Words.Menu(turn.Language))],
        Parts = [new HandoverDropped("cancelled")],
        Timers = [new(OfficerCalls.NoticeTimer, null)],
        State = turn.State with { Handover = null, Handle = null },
    };

    /// <summary>The supervisor switched the bot off: one notice with what happens next, then everything is kept for officers.</summary>
    private async ValueTask<StageAnswer?> BotOffAsync(TurnContext turn, BotSwitch off, HandoverRow? row)
    {
        var silent = new StageAnswer(TurnOutcome.Officer) { State = turn.State with { Handle = turn.OwnHandle ?? turn.State.Handle } };
        if (turn.Activity.Kind == InboundKind.Timer || !turn.Activity.MayAnswer || (row is not null && turn.State.BotOffTold == off.At)) return silent;
        var call = await calls.AskAsync(turn, new HandoverAsked { Reason = HandoverReason.BotOff, Language = turn.Language });
        var told = turn.State.BotOffTold == off.At;
        var words = $"{turn.Content.Words.Say("bot_off", turn.Language)}\n{call.Words}";
        return silent with
        {
            Parts = call.Part is null ? [] : [call.Part],
            Replies = told ? [] : [OutboundActivity.Say(words)],
            State = turn.State with { BotOffTold = off.At, Dialog = null, Handover = turn.State.Handover ?? new HandoverMark { AskedAt = turn.Now } },
        };
    }

    private async ValueTask<OutboundActivity?> SayAsync(TurnContext turn, FloorNews news)
    {
        if (news.Phrase is not { } phrase) return null;
        if (!news.Open) return OutboundActivity.Say(turn.Content.Words.Say(phrase, turn.Language), turn.Content.Words.Menu(turn.Language));
        return await calls.StandingAsync(turn, phrase) is { } words ? OfficerCalls.Say(turn, words) : null;
    }

    private static HandoverMark? Quiet(TurnContext turn) => turn.State.Handover is { } mark ? mark with { NoticeDue = false } : null;

    /// <summary>The unused handle while it can still be counted on.</summary>
    private static ReplyHandle? Fresh(TurnContext turn) =>
        turn.State.Handle is { } handle && turn.Now - handle.At < HandoverRules.HandleLife ? handle : null;
}
