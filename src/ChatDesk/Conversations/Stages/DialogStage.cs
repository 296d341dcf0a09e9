using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations.Stages;

/// <summary>Continues the dialog the conversation stands in, or begins the one that was asked for by a button or its words.</summary>
internal sealed class DialogStage(DialogRunner runner) : ITurnStage
{
    internal const string StartData = "dialog:start:";

    public async ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping)
    {
        // Dialogs ask personal things: not in front of a group.
        if (turn.Activity.InGroup) return null;
        var asked = Asked(turn);
        if (turn.State.Dialog is { } state) return asked is null ? await ContinueAsync(turn, state, stopping) : await runner.TurnAsync(turn, state, asked, stopping);
        return asked is null ? null : await runner.BeginAsync(turn, asked, opening: null, stopping);
    }

    /// <summary>
    /// Whoever reports bribery in the middle of something else is shown the protected way at once. Should the words also answer what was asked, that answer is not lost:
    /// the dialog goes on, and the way stands below it.
    /// </summary>
    private async ValueTask<StageAnswer> ContinueAsync(TurnContext turn, DialogState state, CancellationToken stopping)
    {
        var report = BriberyReport.In(turn, state);
        if (report is null) return EmergencyStage.WithCard(turn, await runner.ContinueAsync(turn, state, stopping));
        var mayBe = DialogRunner.MayBeAnswer(turn, state);
        if (!mayBe && !DialogRunner.IsAnswer(turn, state))
            return Reported(turn, report, new StageAnswer(TurnOutcome.Refuse) { Replies = [.. Masked(turn, report), Way(turn, report, [])] });
        var answer = EmergencyStage.WithCard(turn, await runner.ContinueAsync(turn, state, stopping));
        // Where nothing is said an officer is about to come in, and what can be answered for nothing is kept for him. And the answer itself may have led to the protected way.
        if (answer.Replies.Count == 0 || BriberyReport.IsProtected(answer.State?.Dialog)) return answer;
        // The protected way takes the place of the other dialog that the contact was asked about.
        var offered = answer.Replies[^1].Choices.Where(c => c.Data != Speech.OtherMatter);
        var shown = answer with { Replies = [.. answer.Replies, Way(turn, report, offered)] };
        return mayBe ? Reported(turn, report, shown) : shown;
    }

    private static StageAnswer Reported(TurnContext turn, KnowledgeAnswer report, StageAnswer answer) => answer with
    {
        Outcome = TurnOutcome.Article(turn.Content.Knowledge.Lists.BriberyArticle ?? report.Kind!),
        Evidence = KnowledgeEvidence.Write(report),
        Score = report.Score,
    };

    private static IEnumerable<OutboundActivity> Masked(TurnContext turn, KnowledgeAnswer report) =>
        report.Masked ? [new AnswerComposer(turn.Content.Knowledge).Masked(turn.Language)] : [];

    /// <summary>With the dialog's own choices, which are counted ("2"), in front: only what was said last can offer any.</summary>
    private static OutboundActivity Way(TurnContext turn, KnowledgeAnswer report, IEnumerable<Choice> offered)
    {
        var said = new AnswerComposer(turn.Content.Knowledge).Compose(report, turn.Today)[^1];
        return said with { Choices = [.. offered, .. said.Choices.Where(c => c.Data == AnswerComposer.ReportBribery)] };
    }

    /// <summary>The dialog that a button names; or, outside of any dialog, the one these words begin.</summary>
    private static string? Asked(TurnContext turn)
    {
        var book = turn.Content.Dialogs.Current;
        if (turn.Activity.Data is { } data && data.StartsWith(StartData, StringComparison.Ordinal))
            return book.Find(data[StartData.Length..])?.Name;
        if (turn.Activity.Data == AnswerComposer.ReportBribery) return turn.State.Dialog?.Frames.Any(f => f.Dialog == BriberyReport.Dialog) == true ? null : book.Find(BriberyReport.Dialog)?.Name;
        if (turn.State.Dialog is not null || turn.Activity is not { Kind: InboundKind.Text or InboundKind.Choice, Text: { } text }) return null;
        return book.Triggered(text);
    }
}
