using ChatDesk.Activities;

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
        if (turn.State.Dialog is { } state) return asked is null ? EmergencyStage.WithCard(turn, await runner.ContinueAsync(turn, state, stopping)) : await runner.TurnAsync(turn, state, asked, stopping);
        return asked is null ? null : await runner.BeginAsync(turn, asked, opening: null, stopping);
    }

    /// <summary>The dialog that a button names; or, outside of any dialog, the one these words begin.</summary>
    private static string? Asked(TurnContext turn)
    {
        var book = turn.Content.Dialogs.Current;
        if (turn.Activity.Data is { } data && data.StartsWith(StartData, StringComparison.Ordinal))
            return book.Find(data[StartData.Length..])?.Name;
        if (turn.State.Dialog is not null || turn.Activity is not { Kind: InboundKind.Text or InboundKind.Choice, Text: { } text }) return null;
        return book.Triggered(text);
    }
}
