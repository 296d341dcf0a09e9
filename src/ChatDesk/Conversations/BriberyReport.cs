using ChatDesk.Activities;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Model;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Knowledge;

namespace ChatDesk.Conversations;

/// <summary>A report of bribery in the middle of a dialog about something else.</summary>
internal static class BriberyReport
{
    /// <summary>Where it goes.</summary>
    public const string Dialog = "file_complaint";

    /// <returns>Null also where the dialog leads there already.</returns>
    public static KnowledgeAnswer? In(TurnContext turn, DialogState state) =>
        turn.Activity is not { Kind: InboundKind.Text, Text: { } text } || IsProtected(state) || turn.Content.Dialogs.Current.Find(Dialog) is null
            ? null : turn.Content.Knowledge.Report(text, turn.Language);

    public static bool IsProtected(DialogState? state) =>
        state?.Frames.Any(f => f.Dialog == Dialog || f.Slots.Values.Any(value => CaseFields.Kind(f.Dialog, value) == CaseKind.Conduct)) == true;
}
