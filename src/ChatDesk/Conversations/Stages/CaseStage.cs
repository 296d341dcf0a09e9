using ChatDesk.Activities;
using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Telling;
using ChatDesk.Delivery;

namespace ChatDesk.Conversations.Stages;

/// <summary>
/// Says what officers did to the contact's cases, and takes what the contact taps under it: contest, content, answer. What
/// the contact decides is recorded with the turn and carried out by the cases' room.
/// </summary>
internal sealed class CaseStage(CaseContact cases) : ITurnStage
{
    private const string ContestData = "case:contest:";
    private const string ContentData = "case:content:";
    private const string ReplyData = "case:reply:";
    /// <summary>How long a notice waits before it looks again whether an officer still has the floor.</summary>
    private static readonly TimeSpan FloorPatience = TimeSpan.FromMinutes(2);

    private const string SurveyDialog = "satisfaction_survey";

    public async ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        if (turn.Activity is { Kind: InboundKind.Timer, Data: { } timer })
            return CaseNotice.Read(timer) is not { } notice ? null : turn.State.Floor is null ? Tell(turn, notice) : Later(turn);
        if (turn.Activity.InGroup) return null;
        if (turn.Activity.Data is { } data && await TappedAsync(turn, data, stopping) is { } tapped)
            // What was tapped counts; but while an officer has the floor nobody else speaks.
            return turn.State.Floor is null ? tapped : tapped with { Replies = [] };
        return turn.State is { CaseReply: { } number, Floor: null, Dialog: null } ? await ReplyAsync(turn, number, stopping) : null;
    }

    /// <summary>An officer has the floor: the notice waits in the ledger and asks again.</summary>
    private static StageAnswer Later(TurnContext turn) => new(TurnOutcome.Silent)
    {
        Timers = [new TimerChange(turn.Activity.Text ?? $"case-notice:{turn.Activity.Id}", turn.Now + FloorPatience, turn.Activity.Data)],
    };

    private static StageAnswer Tell(TurnContext turn, CaseNotice notice)
    {
        var language = turn.State.ChosenLanguage ?? turn.State.LastLanguage ?? notice.Language;
        var words = turn.Content.Cases.Words;
        var hours = turn.Content.Hours;
        var until = notice.Until is { } end ? hours.Words.Moment(hours.Calendar.Local(end), language) : null;
        var text = words.Say(Phrase(notice.Deed), language, ("number", notice.Number), ("until", until), ("other", notice.Other), ("text", notice.Text));
        return new StageAnswer(TurnOutcome.Case(notice.Number)) { Replies = [OutboundActivity.Say(text, Choices(turn, notice, language))] };
    }

    private static string Phrase(CaseDeed deed) => deed switch
    {
        CaseDeed.Ask => "notice_question",
        CaseDeed.Answer => "notice_answered",
        CaseDeed.Fix => "notice_fixed",
        CaseDeed.Reject => "notice_rejected",
        CaseDeed.Reopen => "notice_reopened",
        CaseDeed.Merge => "notice_merged",
        CaseDeed.Close => "notice_closed",
        _ => "notice_progress",
    };

    private static List<Choice> Choices(TurnContext turn, CaseNotice notice, string language)
    {
        var words = turn.Content.Cases.Words;
        if (notice.Deed == CaseDeed.Ask) return [new(words.Say("button_reply", language), Data: ReplyData + notice.Number)];
        if (notice.Until is null) return [];
        List<Choice> choices =
        [
            new(words.Say("button_contest", language), Data: ContestData + notice.Number),
            new(words.Say("button_content", language), Data: ContentData + notice.Number),
        ];
        // Offered in the same message: a survey of its own would cost a push.
        if (notice.Rate && turn.Content.Dialogs.Current.Find(SurveyDialog) is not null) choices.Add(new(words.Say("button_rate", language), Data: DialogStage.StartData + SurveyDialog));
        return choices;
    }

    private async ValueTask<StageAnswer?> TappedAsync(TurnContext turn, string data, CancellationToken stopping)
    {
        if (After(data, ContestData) is { } contested) return await ContestAsync(turn, contested, stopping);
        if (After(data, ContentData) is { } content) return await ContentAsync(turn, content, stopping);
        return After(data, ReplyData) is { } asked ? await AskAsync(turn, asked, stopping) : null;
    }

    private async ValueTask<StageAnswer> ContestAsync(TurnContext turn, string number, CancellationToken stopping) =>
        await cases.FindAsync(turn.Activity.Conversation, number, stopping) is { } standing && standing.MayContest(turn.Now)
            ? Say(turn, "contested", number, Word(turn, number, CaseDeed.Contest)) with { State = turn.State with { CaseReply = number } }
            : Say(turn, "contest_too_late", number);

    private async ValueTask<StageAnswer> ContentAsync(TurnContext turn, string number, CancellationToken stopping) =>
        await cases.FindAsync(turn.Activity.Conversation, number, stopping) is { MayAccept: true }
            ? Say(turn, "content", number, Word(turn, number, CaseDeed.Accept))
            : Say(turn, "contest_too_late", number);

    private async ValueTask<StageAnswer> AskAsync(TurnContext turn, string number, CancellationToken stopping) =>
        await cases.FindAsync(turn.Activity.Conversation, number, stopping) is { MayReply: true }
            ? Say(turn, "reply_ask", number) with { State = turn.State with { CaseReply = number } }
            : Say(turn, "reply_not_needed", number);

    /// <summary>The next words or file after "answer" go to the case; a word that always works ends the wish.</summary>
    private async ValueTask<StageAnswer?> ReplyAsync(TurnContext turn, string number, CancellationToken stopping)
    {
        var activity = turn.Activity;
        var isFile = activity is { Kind: InboundKind.Image or InboundKind.Video or InboundKind.Audio or InboundKind.File, MessageId: not null };
        if (!isFile && (activity is not { Kind: InboundKind.Text, Text: { } text } || string.IsNullOrWhiteSpace(text) || turn.Content.Words.Command(text) is not null)) return null;
        // A cry for help is nobody's answer.
        if (!isFile && turn.Content.Knowledge.Emergency(activity.Text!, turn.Language) is not null) return null;
        if (await cases.FindAsync(activity.Conversation, number, stopping) is not { } standing) return null;
        var word = isFile ? Word(turn, number, standing.MayReply ? CaseDeed.Reply : CaseDeed.Add, files: [activity.MessageId!])
            : Word(turn, number, standing.MayReply ? CaseDeed.Reply : CaseDeed.Add, Knowledge.Reflexes.PiiMask.Mask(activity.Text!).Text);
        return Say(turn, "reply_taken", number, word) with { State = turn.State with { CaseReply = null } };
    }

    private static RecordedEffect Word(TurnContext turn, string number, CaseDeed deed, string? text = null, IReadOnlyList<string>? files = null) =>
        new(CaseEffects.Word, CaseEffects.Write(new CaseWord($"word:{turn.Activity.Id}", number, deed, text, files)));

    private static StageAnswer Say(TurnContext turn, string phrase, string number, params IReadOnlyList<RecordedEffect> effects) => new(TurnOutcome.Case(number))
    {
        Replies = [OutboundActivity.Say(turn.Content.Cases.Words.Say(phrase, turn.Language, ("number", number)))],
        Effects = effects,
    };

    /// <summary>The number behind a prefix, only in the form in which numbers are made.</summary>
    private static string? After(string data, string prefix) => data.StartsWith(prefix, StringComparison.Ordinal) ? CaseNumber.Read(data[prefix.Length..]) : null;
}
